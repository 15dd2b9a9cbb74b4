#!/usr/bin/env bash
# The digest of every script is the same on every instruction set and number of threads, and
# with every way of sampling.
set -u
moat=$1
failures=0

digest() { # options of `moat run`
    "$moat" run "$@" --samples 1500 --json 2>/dev/null | grep '"digest"' | head -n 1
}

has() { # an instruction set, or none in particular
    MOAT_ISA=$1 "$moat" --version | grep -q "instruction set ${1:-[a-z]}"
}

if has abacus || ! has baseline; then
    echo "the instruction sets of this program cannot be told"
    exit 1
fi

for script in scripts/*.lua scripts/*/*.lua; do
    for sampling in random lhs sobol; do
        expected=$(MOAT_ISA=baseline digest "$script" --threads 1 --sampling $sampling)
        if [ -z "$expected" ]; then
            echo "$script: no digest"
            failures=$((failures + 1))
        fi
        for isa in avx2 avx512 ''; do
            for threads in 1 2 3; do
                # Nothing to compare where this processor lacks the instruction set.
                has "$isa" || continue
                actual=$(MOAT_ISA=$isa digest "$script" --threads $threads --sampling $sampling)
                if [ "$actual" != "$expected" ]; then
                    echo "$script $sampling: ${isa:-widest}, $threads threads: $actual, not $expected"
                    failures=$((failures + 1))
                fi
            done
        done
    done
done
exit $((failures > 0))

#!/usr/bin/env bash
# The digest of every script is the same on every instruction set and number of threads, and
# with every way of sampling.
set -u
moat=$1
failures=0

digest() { # options of `moat run`
    "$moat" run "$@" --samples 1500 --json 2>/dev/null | grep '"digest"' | head -n 1
}

for script in scripts/*.lua scripts/*/*.lua; do
    for sampling in random lhs sobol; do
        expected=$(MOAT_ISA=baseline digest "$script" --threads 1 --sampling $sampling)
        if [ -z "$expected" ]; then
            echo "$script: no digest"
            failures=$((failures + 1))
        fi
        for isa in avx2 avx512 ''; do
            for threads in 1 2 3; do
                # An instruction set that this processor lacks is refused: nothing to compare.
                MOAT_ISA=$isa "$moat" --version >/dev/null 2>&1 || continue
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

#!/usr/bin/env bash
# The digest of every scenario is the same on every instruction set and number of threads, with
# every way of sampling, and in many processes at the same time. tests/core/test_program.c does
# the same for block sizes, tests/bits/matrix.sh for compilers.
set -u
moat=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

has() { # an instruction set, or none in particular
    MOAT_ISA=$1 "$moat" --version | grep -q "instruction set ${1:-[a-z]}"
}

digests() { # instruction set, threads
    MOAT_ISA=$1 tests/bits/digests.sh "$moat" --samples 1500 --time-limit 0 --threads "$2"
}

expect() { # what, file: the digests that were expected are in the file
    if ! diff "$work/expected" "$2"; then
        echo "$1: other bits than baseline on one thread"
        failures=$((failures + 1))
    fi
}

if has abacus || ! has baseline; then
    echo "the instruction sets of this program cannot be told"
    exit 1
fi

digests baseline 1 >"$work/expected" || failures=1
for isa in baseline avx2 avx512 ''; do
    # Nothing to compare where this processor lacks the instruction set.
    has "$isa" || continue
    for threads in 1 2 3 7; do
        digests "$isa" $threads >"$work/actual"
        expect "${isa:-widest}, $threads threads" "$work/actual"
    done
done

# Twenty at the same time, each on another number of threads than its neighbour.
everything() {
    "$moat" run tests/bits/everything.lua --quiet --json --threads "$1" 2>&1
}
everything 1 >"$work/expected"
for i in {1..20}; do
    everything $((i % 3 + 1)) >"$work/process$i" &
done
wait
for i in {1..20}; do
    expect "process $i of 20" "$work/process$i"
done
exit $((failures > 0))

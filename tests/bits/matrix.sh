#!/usr/bin/env bash
# Every compiler and optimisation gives the bits that MOAT gives, on every instruction set of this
# processor. A build in which the compiler may contract x y + z into one rounding does not:
# were its bits the same, this test could not tell.
#
#   tests/bits/matrix.sh MOAT
#
# Builds in build/bits.
set -euo pipefail
moat=$(realpath "$1")
cd "$(dirname "$0")/../.."
work=build/bits
mkdir -p "$work"

# compile NAME COMPILER FLAGS [LAST_FLAGS]
compile() {
    cmake -S . -B "$work/$1" -G Ninja -DMOAT_TESTS=OFF -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_C_COMPILER="$2" -DCMAKE_C_FLAGS_RELEASE="$3" -DMOAT_LAST_FLAGS="${4-}"
    cmake --build "$work/$1" --target moat
}

has() { # an instruction set
    MOAT_ISA=$1 "$moat" --version | grep -q "instruction set $1"
}

# digests NAME MOAT
digests() {
    for isa in baseline avx2 avx512; do
        has $isa || continue
        MOAT_ISA=$isa tests/bits/digests.sh "$2" --samples 600 --time-limit 0 | sed "s/^/$isa /"
    done >"$work/$1.digests"
}

# build NAME ...: compiles and computes; what the tools say is shown where they fail.
build() {
    compile "$@" >"$work/$1.log" 2>&1 || {
        cat "$work/$1.log"
        exit 1
    }
    digests "$1" "$work/$1/moat"
}

# What lets a compiler use fused multiply-add: processors of other kinds have it anyway.
fused=
if [ "$(uname -m)" = x86_64 ]; then
    fused=-march=haswell
fi

digests expected "$moat"
build gcc-O0 gcc "-O0"
build gcc-O3 gcc "-O3 $fused"
build clang-O0 clang "-O0"
build clang-O3 clang "-O3 $fused"
build contracted gcc "-O3 $fused" -ffp-contract=fast

failures=0
for name in gcc-O0 gcc-O3 clang-O0 clang-O3; do
    if ! diff "$work/expected.digests" "$work/$name.digests"; then
        echo "$name: other bits than $moat gives"
        failures=$((failures + 1))
    fi
done
# Without the checksum of what is shown: the values themselves must tell.
values() {
    cut -d ' ' -f 1-4 "$work/$1.digests"
}
if same=$(values contracted | grep -F -x -f <(values expected)); then
    printf 'a build that contracts gives the same bits:\n%s\n' "$same"
    failures=$((failures + 1))
fi
exit $((failures > 0))

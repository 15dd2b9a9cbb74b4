#!/usr/bin/env bash
# All benchmarks: the parts (moat_bench), start-up, the reference model by number of samples,
# threads, instruction set and way of sampling and against the same model written for other
# tools, and the laws of scaling.
#
#   scripts/bench/run.sh [BUILD [REPEATS]]
#
# BUILD is a build folder, build/release by default. Tables are printed; BUILD/bench has the
# figures as JSON. Other tools: NumPy where a Python has it; and from the folder MOAT_RIVALS, where
# they are, fused.c (one loop, by hand) and reference_scalar.lua (LuaJIT).
set -euo pipefail
cd "$(dirname "$0")/../.."
source scripts/bench/measure.sh

build=${1:-build/release} repeats=${2:-9}
moat=$build/moat
model=scripts/bench/reference_lab.lua
months=120
results=$build/bench
rivals=${MOAT_RIVALS:-../shared/bench}

if [ $# = 0 ]; then
    ./bootstrap.sh >/dev/null
    cmake --build "$build" --target moat_bench >/dev/null
fi
mkdir -p "$results"

title() {
    printf '\n== %s\n\n' "$*"
}

# row LABEL NAME...: the least figure of each.
row() {
    printf '%-26s' "$1"
    shift
    for name in "$@"; do
        printf ' %12.2f' "$(least "$name")"
    done
    printf '\n'
}

head_row() {
    printf '%-26s' ''
    printf ' %12s' "$@"
    printf '\n'
}

# --- Start-up, in milliseconds of a process.

start_up() {
    record start.version "$(wall "$moat" --version)"
    record start.line "$(wall "$moat" run "$work/line.lua")"
}

# --- The reference model, by what may change its time.

by_samples() {
    for n in 10000 100000 1000000; do
        stages samples.$n $model --samples $n --threads 1
    done
}
by_threads() {
    for n in 1 2; do
        stages threads.$n $model --samples 100000 --threads $n
    done
}
by_sampling() {
    for kind in random lhs sobol; do
        stages sampling.$kind $model --samples 20000 --threads 1 --sampling $kind
    done
}
by_isa() {
    for isa in baseline avx2 avx512; do
        MOAT_ISA=$isa "$moat" --version | grep -q "instruction set $isa" || continue
        MOAT_ISA=$isa stages isa.$isa $model --samples 20000 --threads 1
    done
}

# staged PREFIX: a row for each of its figures.
staged() {
    head_row trace compile evaluate summarise
    for name in $(cd "$work" && printf '%s\n' "$1".*.work); do
        name=${name%.work}
        row "${name#*.}" "$name.trace" "$name.compile" "$name.evaluate" "$name.summarise"
    done
}

# --- Against other tools: evaluation alone, in nanoseconds per sample and month, on one thread.

nanoseconds() { # reads what a rival prints
    sed -n 's/.* \([0-9.]*\) ns\/sample-period.*/\1/p' | head -n 1
}
alone_moat() {
    stages alone $model --samples 100000 --threads 1
    record ns.moat "$(awk -v ms="$(tail -n 1 "$work/alone.evaluate")" -v months=$months \
        'BEGIN { print ms * 1e6 / 100000 / months }')"
}
alone_numpy() { record ns.numpy "$("$python" scripts/bench/reference_lab.py 100000 | nanoseconds)"; }
alone_fused() { record ns.fused "$("$work/fused" 100000 1 | nanoseconds)"; }
alone_luajit() { record ns.luajit "$(luajit "$rivals/reference_scalar.lua" 100000 | nanoseconds)"; }

tools=(moat)
has_numpy=
python=$(for p in python3 /usr/bin/python3; do "$p" -c 'import numpy' 2>/dev/null && echo "$p" && break; done) || python=
if [ -n "$python" ]; then
    has_numpy=yes
    tools+=(numpy)
fi
if [ -f "$rivals/fused.c" ] && cc -O3 -march=native -ffast-math "$rivals/fused.c" \
    -o "$work/fused" -lm -lmvec -lpthread 2>/dev/null; then
    tools+=(fused)
fi
if [ -f "$rivals/reference_scalar.lua" ] && command -v luajit >/dev/null; then
    tools+=(luajit)
fi

# The whole process, from the start to the last summary, in milliseconds.
whole() {
    for n in 10000 100000 1000000; do
        record whole.$n.moat "$(wall "$moat" run $model --samples $n --threads 1 --time-limit 0)"
        [ -z "$has_numpy" ] ||
            record whole.$n.numpy "$(wall "$python" scripts/bench/reference_lab.py $n)"
    done
}

# --- All of it.

echo 'output("x", q "1 to 2 $")' >"$work/line.lua"
in_turns 20 start_up
in_turns "$repeats" by_threads by_sampling by_isa "${tools[@]/#/alone_}"
in_turns $(((repeats + 2) / 3)) by_samples whole

title "parts"
"$build/scripts/bench/moat_bench"
title "start-up, least ms of a process"
row "moat --version" start.version
row "a script of one line" start.line
for what in samples threads sampling isa; do
    title "the reference model by $what, least ms"
    staged $what
done
title "evaluation alone, ns per sample and month, 100,000 samples, one thread"
head_row median least 'of Moat'
for tool in "${tools[@]}"; do
    printf '%-26s %12.1f %12.1f %12s\n' "$tool" "$(median "ns.$tool")" "$(least "ns.$tool")" \
        "$(ratio "$(least "ns.$tool")" "$(least ns.moat)")"
done
title "the whole process, one thread, least ms"
head_row Moat ${has_numpy:+NumPy}
for n in 10000 100000 1000000; do
    row $n whole.$n.moat ${has_numpy:+whole.$n.numpy}
done
title "laws of scaling"
scripts/bench/scaling.sh "$moat" $((2 * repeats))

"$build/scripts/bench/moat_bench" --json >"$results/parts.json"
figures_json >"$results/figures.json"

#!/usr/bin/env bash
# Times the reference model in Moat against the same model written by hand for other tools,
# where those are at hand: fused C, NumPy, LuaJIT. Programs take turns, so that a slow spell of
# the machine strikes all of them; figures are medians.
#
#   scripts/bench/run.sh [SAMPLES [REPEATS [THREADS]]]
#
# Prints a table, and writes build/bench.json. MOAT_RIVALS names the folder of the other
# programs.
set -euo pipefail
cd "$(dirname "$0")/../.."

samples=${1:-100000} repeats=${2:-5} threads=${3:-1}
rivals=${MOAT_RIVALS:-../shared/bench}
periods=120
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

moat=$(./bootstrap.sh)

# Each prints nanoseconds per sample and period, of evaluation alone.
run_moat() {
    "$moat" run scripts/bench/reference_lab.lua --samples "$samples" --threads "$threads" \
        --json --timing --time-limit 0 |
        sed -n 's/.*"evaluate_ms": *\([0-9.]*\).*/\1/p' |
        awk -v n="$samples" -v p=$periods '{ printf "%.2f\n", $1 * 1e6 / n / p }'
}
run_fused() { "$work/fused" "$samples" "$threads" | each; }
run_numpy() { python3 "$rivals/reference_numpy.py" "$samples" | each; }
run_luajit() { luajit "$rivals/reference_scalar.lua" "$samples" | each; }
each() { sed -n 's/.* \([0-9.]*\) ns\/sample-period.*/\1/p' | head -n 1; }

programs=(moat)
if [ -f "$rivals/fused.c" ] &&
    cc -O3 -march=native -ffast-math "$rivals/fused.c" -o "$work/fused" -lm -lmvec -lpthread 2>/dev/null; then
    programs+=(fused)
fi
# One thread each: with more, they are not the same contest.
if [ "$threads" = 1 ] && [ -f "$rivals/reference_numpy.py" ] && python3 -c 'import numpy' 2>/dev/null; then
    programs+=(numpy)
fi
if [ "$threads" = 1 ] && [ -f "$rivals/reference_scalar.lua" ] && command -v luajit >/dev/null; then
    programs+=(luajit)
fi

for ((turn = 0; turn < repeats; turn++)); do
    for program in "${programs[@]}"; do
        "run_$program" >>"$work/$program.txt"
    done
done

median() { sort -n "$work/$1.txt" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

base=$(median moat)
printf '%-8s %12s %12s %12s %14s\n' '' 'median ns' 'least' 'most' 'Moat is'
{
    printf '{ "samples": %s, "threads": %s, "repeats": %s, "unit": "ns per sample and period"' \
        "$samples" "$threads" "$repeats"
    for program in "${programs[@]}"; do
        middle=$(median "$program")
        least=$(sort -n "$work/$program.txt" | head -n 1)
        most=$(sort -n "$work/$program.txt" | tail -n 1)
        printf '%-8s %12s %12s %12s %14s\n' "$program" "$middle" "$least" "$most" \
            "$(awk -v a="$base" -v b="$middle" 'BEGIN { printf "%.2f times", a / b }')" >&2
        printf ', "%s": { "median": %s, "min": %s, "max": %s }' "$program" "$middle" "$least" "$most"
    done
    printf ' }\n'
} 2>&1 >build/bench.json

#!/usr/bin/env bash
# How time grows: with samples, periods and outputs it should double where they double, so that
# its power of them is 1; with threads it should be divided by them.
#
#   scripts/bench/scaling.sh MOAT [REPEATS]
#
# Prints a table for each law, of evaluating and summarising, with the least of the repeats: on a
# machine that does other work too, many short ones.
set -euo pipefail
moat=$(realpath "$1")
repeats=${2:-20}
cd "$(dirname "$0")"
source ./measure.sh

model=reference_lab.lua

# Many outputs of as much work each.
outputs_script() { # how many
    cat <<END
local x = assume("x", "1 to 2")
local y = assume("y", "1 to 2")
for i = 1, $1 do
  local z = x * i + y
  for _ = 1, 10 do z = z * 0.9 + x end
  output("z" .. i, z)
end
END
}

measure_samples() {
    for n in 2000 4000 8000 16000; do
        stages "samples.$n" $model --samples "$n" --threads 1
    done
}
# Larger runs are streamed, and have a law of their own.
measure_streamed() {
    for n in 200000 400000 800000; do
        stages "streamed.$n" $model --samples "$n" --threads 1
    done
}
measure_periods() {
    for n in 30 60 120 240; do
        sed "s/periods = 120/periods = $n/" $model >"$work/periods.lua"
        stages "periods.$n" "$work/periods.lua" --samples 4000 --threads 1
    done
}
measure_outputs() {
    for n in 50 100 200 400; do
        outputs_script "$n" >"$work/outputs.lua"
        stages "outputs.$n" "$work/outputs.lua" --samples 4000 --threads 1
    done
}
measure_threads() {
    local n
    for ((n = 1; n <= $(nproc); n *= 2)); do
        stages "threads.$n" $model --samples 16000 --threads "$n"
    done
}

# law WHAT POWER: its rows, each against what the first one and the law foretell, and the power
# that fits them best, by least squares of the logarithms.
law() {
    printf '\n%-10s %10s %16s\n' "$1" ms 'of what the law says'
    (cd "$work" && printf '%s\n' "$1".*.work) | sort -t . -k 2 -n | while IFS= read -r name; do
        echo "$(cut -d . -f 2 <<<"$name") $(least "$name")"
    done | awk -v power="$2" '
        {
            if (n == 0) { n0 = $1; ms0 = $2 }
            printf "%-10s %10.2f %16.2f\n", $1, $2, $2 / (ms0 * ($1 / n0) ^ power)
            x = log($1); y = log($2); n++; sx += x; sy += y; sxx += x * x; sxy += x * y
        }
        END { if (n > 1) printf "power %.2f\n", (n * sxy - sx * sy) / (n * sxx - sx * sx) }'
}

in_turns $(((repeats + 4) / 5)) measure_streamed
in_turns "$repeats" measure_samples measure_periods measure_outputs measure_threads
law samples 1
law streamed 1
law periods 1
law outputs 1
law threads -1

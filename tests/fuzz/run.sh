#!/usr/bin/env bash
# Fuzzes targets, one after the other, in a build with MOAT_FUZZ.
#
#   run.sh BUILD [TARGET]...               for $HOURS hours in all, 1 by default
#   run.sh --seconds N BUILD [TARGET]...   each target for N seconds
#
# What is new is kept in BUILD/fuzz/TARGET, beside the corpus of the repository; an input that
# crashes is in BUILD/fuzz/crashes, to become a file of the corpus when it is mended.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
seconds=
if [ "$1" = --seconds ]; then
    seconds=$2
    shift 2
fi
build=$1
shift
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for file in "$here"/fuzz_*.c; do
        target=$(basename "$file" .c)
        targets+=("${target#fuzz_}")
    done
fi
seconds=${seconds:-$((${HOURS:-1} * 3600 / ${#targets[@]}))}

seeds=$build/fuzz/seeds
python3 "$here/seeds.py" "$seeds" "$build/tests/fuzz/fuzz_record"
for target in "${targets[@]}"; do
    found=$build/fuzz/$target
    mkdir -p "$found" "$seeds/$target" "$build/fuzz/crashes"
    options=(-max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=4096
        -print_final_stats=1 -artifact_prefix="$build/fuzz/crashes/$target-")
    if [ -e "$here/$target.dict" ]; then
        options+=(-dict="$here/$target.dict")
    fi
    folders=("$found" "$seeds/$target")
    if [ -e "$here/corpus/$target" ]; then
        folders+=("$here/corpus/$target")
    fi
    "$build/tests/fuzz/fuzz_$target" "${options[@]}" "${folders[@]}" 2>"$found.log" || {
        tail -n 60 "$found.log" >&2
        exit 1
    }
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$found.log") inputs in $seconds s"
done

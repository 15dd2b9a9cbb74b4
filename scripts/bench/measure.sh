# Shared by the benchmarks, which source it: figures are recorded under names, in turns, so that
# a slow spell of the machine strikes everything that is compared. The least of many short repeats is
# what the work takes; the median shows how busy the machine was.
# shellcheck shell=bash
export LC_ALL=C # EPOCHREALTIME has a point
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# record NAME FIGURE
record() {
    echo "$2" >>"$work/$1"
}

# least NAME, median NAME
least() {
    sort -g "$work/$1" | head -n 1
}
median() {
    sort -g "$work/$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

# in_turns REPEATS FUNCTION...: each function records what it measures.
in_turns() {
    local repeats=$1 turn function
    shift
    for ((turn = 0; turn < repeats; turn++)); do
        for function in "$@"; do
            $function
        done
    done
}

# wall COMMAND...: milliseconds that a process takes.
wall() {
    local start=$EPOCHREALTIME
    "$@" >/dev/null
    local end=$EPOCHREALTIME
    awk -v us=$((${end/./} - ${start/./})) 'BEGIN { print us / 1e3 }'
}

# stages NAME OPTION...: runs a script and records NAME.trace, .compile, .evaluate, .summarise
# and .work, all that grows with the samples.
stages() {
    local name=$1 stage figure sum=0
    shift
    "${moat:?}" run --quiet --json --timing --time-limit 0 "$@" >"$work/timing"
    for stage in trace compile evaluate summarise; do
        figure=$(sed -n "s/.*\"${stage}_ms\": *\([-+.e0-9]*\).*/\1/p" "$work/timing" | tail -n 1)
        record "$name.$stage" "$figure"
        case $stage in evaluate | summarise) sum="$sum + $figure" ;; esac
    done
    record "$name.work" "$(awk "BEGIN { print $sum }")"
}

# ratio A B
ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

# Everything recorded, as one JSON object.
figures_json() {
    local name separator='{'
    for name in $(cd "$work" && grep -l -E '^[-+.e0-9]+$' -- *.* | grep -v -E '\.(lua|c)$'); do
        printf '%s\n  "%s": { "median": %s, "least": %s }' "$separator" "$name" \
            "$(median "$name")" "$(least "$name")"
        separator=,
    done
    printf '\n}\n'
}

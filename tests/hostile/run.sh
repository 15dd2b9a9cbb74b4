#!/usr/bin/env bash
# Runs the hostile scripts, each of which says in its first line how it is to end:
#
#   -- ends: time             at the limit of time, within 250 ms of processor time past it
#   -- ends: memory           at the limit of memory
#   -- ends: limit, "TEXT"    at another limit, with a message that has this text in it
#   -- ends: error, "TEXT"    with an error of the script
#   -- refused: "TEXT"        the same, for what the sandbox has not
#   -- fine                   of itself
#
#   run.sh MOAT [SCRIPT...]
set -u
here=$(cd "$(dirname "$0")" && pwd)
seconds=0.5
slack=0.25
others=10
memory="memory limit"
if [ -n "${MOAT_SANITIZE-}" ]; then # which is slower and takes more memory
    slack=3
    others=100
    memory=memory # the watch may see it first
fi

# complain SCRIPT TEXT: with what it wrote.
complain() {
    echo "$(basename "$1"): $2: $(head -c 300 "$out/err" | head -n 2)" >&2
    return 1
}

# expect SCRIPT STATUS [TEXT]
expect() {
    [ "$status" -eq "$2" ] || complain "$1" "exit status $status, not $2" || return
    [ -z "${3-}" ] || grep -qF -- "$3" "$out/err" || complain "$1" "does not say '$3'"
}

# past_limit: whether the processor time in the file `used` is too long.
past_limit() {
    awk -v limit=$seconds -v slack=$slack '{ exit !($1 + $2 > limit + slack) }' "$out/used"
}

check() {
    local script=$1 status limit=$others expected text
    out=$(mktemp -d)
    expected=$(head -n 1 "$script")
    text=$(sed -n '1s/^[^"]*"\(.*\)"$/\1/p' "$script")
    [ "$expected" != "-- ends: time" ] || limit=$seconds
    TIMEFORMAT='%U %S'
    { time timeout -k 1 200 "$moat" run "$script" --quiet --threads 1 \
        --time-limit "$limit" --memory-limit 200M >"$out/out" 2>"$out/err"; } 2>"$out/used"
    status=$?
    case $expected in
    "-- ends: time") expect "$script" 4 "of processor time" ;;
    "-- ends: memory") expect "$script" 4 "$memory" ;;
    "-- ends: limit, "*) expect "$script" 4 "$text" ;;
    "-- ends: error, "* | "-- refused: "*) expect "$script" 1 "$text" ;;
    "-- fine") expect "$script" 0 ;;
    *) complain "$script" "there is no such ending: $expected" ;;
    esac
    local outcome=$?
    if [ "$expected" = "-- ends: time" ] && past_limit; then
        complain "$script" "took $(cat "$out/used") s of a limit of $seconds s"
        outcome=1
    fi
    if grep -qE 'Sanitizer|runtime error:' "$out/err"; then
        complain "$script" "$(grep -m 1 -E 'Sanitizer|runtime error:' "$out/err")"
        outcome=1
    fi
    if [ -s "$out/out" ] && [ "$(tail -c 1 "$out/out" | od -An -c | tr -d ' ')" != '\n' ]; then
        complain "$script" "what it prints ends within a line"
        outcome=1
    fi
    rm -rf "$out"
    return $outcome
}

moat=$(realpath "$1")
shift
if [ "${1-}" = --one ]; then
    check "$2"
    exit
fi
scripts=("$@")
[ $# -gt 0 ] || scripts=("$here"/*.lua)
printf '%s\0' "${scripts[@]}" | xargs -0 -n 1 -P 3 bash "$here/run.sh" "$moat" --one || exit 1
[ ${#scripts[@]} -ge 1 ]

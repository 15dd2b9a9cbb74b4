#!/usr/bin/env bash
# Scripts from strangers: the same results from a process that may do nothing, and its limits.
set -euo pipefail
moat=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
. "$(dirname "$0")/shared/processes.sh"

fail() {
    echo "untrusted.sh: $*" >&2
    exit 1
}

# expect STATUS WORDS SCRIPT [OPTION...]: what a script ends with, and says on standard error.
expect() {
    local status=$1 words=$2 text=$3 got=0
    shift 3
    printf '%s\n' "$text" >"$folder/script.lua"
    timeout 60 "$moat" run "$folder/script.lua" --untrusted "$@" >"$folder/out" 2>"$folder/err" || got=$?
    [ "$got" = "$status" ] || fail "status $got instead of $status: $text: $(cat "$folder/err")"
    [ -z "$words" ] || grep -q -F -- "$words" "$folder/err" || fail "no '$words' for: $text: $(cat "$folder/err")"
    [ "$status" = 0 ] || [ ! -s "$folder/out" ] || fail "results were printed: $text"
}

for script in scripts/frontier_lab.lua scripts/examples/*.lua; do
    "$moat" run "$script" --samples 300 --json >"$folder/here" 2>"$folder/here.err"
    "$moat" run "$script" --samples 300 --json --untrusted >"$folder/there" 2>"$folder/there.err"
    cmp "$folder/here" "$folder/there" || fail "$script gives other results"
    cmp "$folder/here.err" "$folder/there.err" || fail "$script says something else"
done
"$moat" run scripts/frontier_lab.lua --samples 300 --variant bear --set money.rounds=2 --json >"$folder/here" 2>/dev/null
"$moat" run scripts/frontier_lab.lua --samples 300 --variant bear --set money.rounds=2 --json --untrusted \
    >"$folder/there" 2>/dev/null
cmp "$folder/here" "$folder/there" || fail "a variant gives other results"

expect 1 'script.lua:1: cannot add' 'local a = q "3 $bn" + 2'
expect 1 'script.lua:2: my own' $'\nerror "my own"'
expect 1 'is not a module' 'require "../x"'
expect 1 'there is no module' 'require "other"'
expect 4 'script.lua:1: stopped after 0.5 s' 'while true do end' --time-limit 0.5
# Sanitizers reserve more addresses than any limit allows.
[ -n "${MOAT_SANITIZE-}" ] || expect 4 'memory' 'local t = {} while true do t = { t, ("x"):rep(1000) } end' --memory-limit 100M
expect 2 'no assumption named' 'assume("price", "3 $")' --set prise=4

# What cannot be confined is refused.
printf '```lua\n```\n' >"$folder/memo.md"
for words in "report $folder/memo.md" "run $folder/script.lua --no-sandbox"; do
    got=0
    # shellcheck disable=SC2086 # words of a command line
    "$moat" $words --untrusted >"$folder/out" 2>"$folder/err" || got=$?
    [ "$got" = 2 ] || fail "status $got: moat $words --untrusted"
    grep -q -e '--untrusted' "$folder/err" || fail "moat $words --untrusted: $(cat "$folder/err")"
done

printf 'return 7\n' >"$folder/part.lua"
mkdir "$folder/deep"
ln -s /etc/hostname "$folder/outside.lua"
expect 1 'outside of the script' 'require "outside"'
expect 0 '' 'output("seven", require "part")'

# A process that is interrupted or killed takes the script's with it.
printf 'while true do end\n' >"$folder/endless.lua"
for signal in INT KILL; do
    "$moat" run "$folder/endless.lua" --untrusted 2>"$folder/err" &
    parent=$!
    child=$(await_child "$parent") || fail "the script has no process of its own"
    await_watch "$parent" || fail "nobody watches the script"
    kill -"$signal" "$parent"
    wait "$parent" 2>/dev/null && fail "a run that was stopped with $signal says that it is done"
    await_end "$child" || fail "the script's process outlives its parent ($signal)"
done

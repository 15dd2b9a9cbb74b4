#!/usr/bin/env bash
# Refuses the command what it asks the system for, call by call: see campaign.c.
#   run.sh CAMPAIGN [long]
# Long: all calls of frontier_lab cut to four periods, which takes half an hour under a sanitizer.
set -euo pipefail
cd "$(dirname "$0")/../.."
campaign=$1
stride=$([ "${2-}" = long ] && echo 1 || echo 401)
jobs=2
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# fail STRIDE KIND COMMAND-LINE...
fail() {
    local stride=$1 kind=$2 own
    shift 2
    own=$(mktemp -d "$folder/XXXXXX")
    "$campaign" "$stride" "$jobs" "$kind" "$own" "$@" || {
        echo "^ $kind: moat $*" >&2
        exit 1
    }
}

cp -r scripts/parts "$folder/"
sed 's/^horizon .*/horizon { from = "2026-Q3", periods = 4, step = "quarter" }/' \
    scripts/frontier_lab.lua >"$folder/frontier_lab.lua"
small=$root/tests/faults/small.lua
memo=$root/tests/faults/memo.md

{
    fail 1 allocation run "$small" --samples 300 --threads 1 --json
    fail 7 allocation run "$small" --samples 300 --threads 2 --output table.txt
    fail 7 allocation run "$small" --samples 300 --threads 1 --csv --variant dear --sampling lhs
    fail 7 allocation run "$small" --samples 300 --threads 1 --set 'gw=3 GW' --sampling sobol
    fail 41 allocation check "$small"
    fail 41 allocation check "$small" --json
    fail 3 allocation compare "$small" "$small:dear" --samples 300 --threads 1
    fail 7 allocation compare "$small" "$small:dear" --samples 300 --threads 2 --json
    fail 41 allocation compare "$small" "$small:dear" --samples 300 --threads 1 --to markdown
    fail 41 allocation compare "$small" "$small:dear" --samples 300 --threads 1 --to html
    for kind in write sync rename; do
        fail 1 "$kind" run "$small" --samples 300 --output table.txt
    done
    fail 19 allocation report "$small" --samples 300 --threads 1 --output page.md
    fail 61 allocation report "$small" --samples 300 --threads 1 --to html --output page.html
    fail 31 allocation report "$memo" --samples 300 --threads 1 --output page.md
    for kind in write sync rename; do
        fail 1 "$kind" report "$small" --samples 300 --output page.md
        fail 1 "$kind" report "$small" --samples 300 --to html --output page.html
    done
    fail 3 allocation repl "$small" --samples 300 --threads 1 --eval 'double = a.price * 2' \
        --eval double --eval ':set gw 2.5' --eval ':set price 20 $bn/GW/yr' \
        --eval ':vary price 10..20 double' --eval ':why npv' --eval ':undo' --eval ':save saved.lua'
    fail 1 thread run "$small" --samples 3000 --threads 3 --output table.txt
    fail "$stride" allocation run "$folder/frontier_lab.lua" --samples 128 --threads 1 --json
} 2>"$folder/log" || {
    cat "$folder/log" >&2
    exit 1
}
[ -z "${MOAT_FAULTS_VERBOSE-}" ] || cat "$folder/log"

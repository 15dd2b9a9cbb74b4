#!/usr/bin/env bash
# data.csv reads files below the script's folder and no others, and says what is wrong with one by
# its line and column.
set -u
unset COLUMNS
moat=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

mkdir -p "$work/lab/data" "$work/other"
cd "$work" || exit 1
printf '\xef\xbb\xbfquarter,price ($/Mtok)\r\n2026-Q3,15\r\n2026-Q4,"1,200"\r\n' >lab/data/prices.csv
printf 'x\n1\n' >other/secret.csv
ln -s data/prices.csv lab/inside.csv
ln -s ../other/secret.csv lab/outside.csv
ln -s ../other lab/elsewhere
mkfifo lab/pipe.csv
truncate -s 64M lab/large.csv
echo >>lab/large.csv
printf 'x (GW)\n1\n"2\nn/a"\n' >lab/broken.csv

# expect STATUS TEXT SCRIPT: the script ends so and what it writes contains the text.
expect() {
    printf '%s\n' "$3" >lab/script.lua
    output=$("$moat" run --quiet lab/script.lua 2>&1)
    status=$?
    if [ $status -ne "$1" ] || [[ $output != *"$2"* ]]; then
        echo "$3: status $status, not $1, or no '$2' in: $output"
        failures=$((failures + 1))
    fi
}

expect 0 '1200 $/Mtok' 'print(data.csv("data/prices.csv").price[2])'
expect 0 '1200 $/Mtok' 'print(data.csv("inside.csv").price[2])'
expect 1 'outside of the script'"'"'s folder' 'data.csv "outside.csv"'
expect 1 'outside of the script'"'"'s folder' 'data.csv "elsewhere/secret.csv"'
expect 1 'is not below the script'"'"'s folder' 'data.csv "../other/secret.csv"'
expect 1 'is not below the script'"'"'s folder' "data.csv \"$work/other/secret.csv\""
expect 1 'there is no file lab/none.csv' 'data.csv "none.csv"'
expect 1 'it is a folder' 'data.csv "data"'
expect 1 'it is not a regular file' 'data.csv "pipe.csv"'
expect 4 'is longer than 67108864 bytes' 'data.csv "large.csv"'
expect 1 'broken.csv:3:1: "2?n/a" is no number' 'data.csv "broken.csv"'
expect 1 'script.lua:1: data.csv: ' 'data.csv "broken.csv"'

# A script that is no file has no folder.
if "$moat" run - <<<'data.csv "lab/inside.csv"' >/dev/null 2>&1; then
    echo "a script from standard input reads files"
    failures=$((failures + 1))
fi
exit $((failures > 0))

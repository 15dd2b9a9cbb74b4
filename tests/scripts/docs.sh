#!/usr/bin/env bash
# The examples in the documentation are true: every ```lua block is run as a script and must
# succeed, or, where its first line is "-- error", fail. A ```text block that follows directly
# is what it prints: on standard output, or, for an error, on standard error. A ````markdown block is
# a memo, which must succeed.
set -u
unset COLUMNS
moat=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

for page in README.md docs/*.md docs/modules/*.md; do
    [ -e "$page" ] || continue
    # The reference prints what the tests of vm/host run.
    [ "$page" = docs/reference.md ] && continue
    rm -rf "${work:?}"/*
    awk -v out="$work/" '
        /^````markdown$/ { m++; memo = sprintf("%s%03d.md", out, m); next }
        /^````$/    { close(memo); memo = ""; next }
        memo        { print > memo; next }
        /^```lua$/  { n++; file = sprintf("%s%03d.lua", out, n); fresh = 0; next }
        /^```text$/ { if (fresh) file = sprintf("%s%03d.txt", out, n); next }
        /^```/      { if (file) { fresh = file ~ /lua$/; close(file) } file = ""; next }
        file        { print > file; next }
        /[^ ]/      { fresh = 0 }
    ' "$page"
    for script in "$work"/*.lua; do
        [ -e "$script" ] || continue
        example="$page, example $(basename "$script" .lua)"
        cp "$script" "$work/lab.lua"
        (cd "$work" && "$moat" run lab.lua >out 2>err)
        status=$?
        expected=0 printed=$work/out
        if [ "$(head -n 1 "$script")" = "-- error" ]; then
            expected=1 printed=$work/err
        fi
        if [ $status -ne $expected ]; then
            echo "$example: status $status, not $expected"
            cat "$work/err"
            failures=$((failures + 1))
        elif [ -e "${script%.lua}.txt" ] && ! diff -u "${script%.lua}.txt" "$printed"; then
            echo "$example: prints something else"
            failures=$((failures + 1))
        fi
        rm -f "$work/lab.lua" "$work/out" "$work/err"
    done
    for memo in "$work"/*.md; do
        [ -e "$memo" ] || continue
        if ! "$moat" report "$memo" --quiet 2>"$work/err"; then
            echo "$page, memo $(basename "$memo" .md):"
            cat "$work/err"
            failures=$((failures + 1))
        fi
        rm -rf "${memo%.md}".*
    done
done
exit $((failures > 0))

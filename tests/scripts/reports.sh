#!/usr/bin/env bash
# Every report that is kept beside its script or memo is what would be written today. $1 is the moat
# binary; with --update after it the reports are written anew.
set -u
moat=$(realpath "$1")
how=--check
[ "${2-}" = --update ] && how=--quiet
failures=0

check() {
    "$moat" report "$1" "$how" >"$folder/out" 2>"$folder/err" && return
    failures=$((failures + 1))
    echo "reports.sh: moat report $1 $how:"
    head -c 4000 "$folder/out" "$folder/err"
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for report in scripts/*.report.md scripts/examples/*.report.md; do
    [ -e "$report" ] || continue
    for source in "${report%.report.md}".lua "${report%.report.md}".md; do
        [ -e "$source" ] && check "$source"
    done
done
# A memo without its report would not be checked.
for memo in scripts/*.md scripts/examples/*.md; do
    case $memo in
    *.report.md | */README.md) continue ;;
    esac
    [ -e "$memo" ] && [ ! -e "${memo%.md}.report.md" ] && check "$memo"
done
[ "$failures" -eq 0 ] || echo "reports.sh: to write them anew: bash tests/scripts/reports.sh $1 --update"
exit $((failures > 0))

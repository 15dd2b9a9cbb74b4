#!/usr/bin/env bash
# Every script in scripts/, but those in parts/, which others require, runs and prints what it
# printed when its golden file was made: results are the same to the bit, so the files are compared
# as they are.
#
#   golden.sh MOAT             compare
#   golden.sh MOAT --update    make the files anew, after a change that is meant
set -u
unset COLUMNS
moat=$1
golden=$(dirname "$0")/golden
failures=0

for script in $(cd scripts && find . -name '*.lua' -not -path './parts/*' | LC_ALL=C sort); do
    script=scripts/${script#./}
    name=$(echo "${script#scripts/}" | sed 's|/|-|g; s|\.lua$|.txt|')
    if ! actual=$("$moat" run "$script" --samples 2000 --seed 7 2>&1); then
        echo "$script failed:" "$actual"
        failures=$((failures + 1))
    elif [ "${2-}" = --update ]; then
        printf '%s\n' "$actual" >"$golden/$name"
    elif ! printf '%s\n' "$actual" | diff -u "$golden/$name" - >&2; then
        echo "$script: differs from tests/scripts/golden/$name"
        failures=$((failures + 1))
    fi
done
exit $((failures > 0))

#!/usr/bin/env bash
# Feeds draws to the batteries of dieharder, in each of the orders in which models use them.
#
#   dieharder.sh BUILD [TEST]...    the tests of these numbers (`dieharder -l` lists them), else all,
#                                   which takes an hour or two for each order
#
# Fails where a test says FAILED. WEAK is expected once in a hundred results or two; run that test
# again by its number.
set -u
build=$1
shift
command -v dieharder >/dev/null || {
    echo "dieharder is not installed: apt-get install dieharder" >&2
    exit 2
}
failures=0
for order in samples periods names seeds; do
    for test in "${@:-all}"; do
        which=(-d "$test")
        if [ "$test" = all ]; then
            which=(-a)
        fi
        results=$("$build/tests/raw_draws" "$order" | dieharder -g 200 "${which[@]}" 2>&1)
        printf '%s\n' "$results" | grep -E 'PASSED|WEAK|FAILED' | sed "s/^/$order: /"
        if printf '%s\n' "$results" | grep -q FAILED ||
            ! printf '%s\n' "$results" | grep -q -E 'PASSED|WEAK'; then
            failures=$((failures + 1))
        fi
    done
done
exit $((failures > 0))

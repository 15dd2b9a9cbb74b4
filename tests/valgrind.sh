#!/usr/bin/env bash
# Runs the tests of C code, the fuzz corpora and the examples under Valgrind's memcheck.
#
#   valgrind.sh BUILD [REGEX]    those whose names match
#
# Valgrind knows no AVX-512, so that MOAT_ISA=avx2 is forced, and no way of rounding but to nearest,
# so that the tests of environments are left out. It is slow, so are those that draw millions.
set -eu
build=$1
only=${2:-^(core|host|report|cli|stdlib|fuzz)/}
left_out='(core|host)/environment|core/(rng|samplers|dist_dense|nist|summary|stream|quantile|bracket|copula)|host/(streaming|sandbox)|stdlib/funding'
command -v valgrind >/dev/null || {
    echo "valgrind is not installed: ./bootstrap.sh install coverage" >&2
    exit 2
}
export MOAT_ISA=avx2
failures=0
memcheck=(valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite
    --trace-children=yes --child-silent-after-fork=no)

# "NAME COMMAND..." of each test, from CTest's own list.
ctest --test-dir "$build" --show-only=json-v1 -R "$only" -E "$left_out" |
    python3 -c '
import json, shlex, sys
for test in json.load(sys.stdin)["tests"]:
    print(test["name"], shlex.join(test["command"]))' |
    while read -r name command; do
        case $command in
        *--color=never*) command="$command -j1 --timeout 600" ;; # Criterion
        esac
        if ! eval "${memcheck[*]} $command" >"$build/valgrind.log" 2>&1 ||
            grep -q '^==[0-9]*== .*\(Invalid\|uninitialised\|definitely lost\)' "$build/valgrind.log"; then
            echo "$name:"
            tail -n 40 "$build/valgrind.log"
            exit 1
        fi
        echo "$name: fine"
    done
exit $?

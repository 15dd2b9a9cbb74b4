#!/usr/bin/env bash
# Which branches of vm/ and stdlib/ the tests take: a table of all files, the worst at its end. Needs
# gcovr; builds in build/coverage.
#
#   coverage.sh                 the table
#   coverage.sh --least N       and fails where less than N % of all branches are taken
#   coverage.sh --missed FILE   the lines of a file with branches that are not
set -eu
cd "$(dirname "$0")/.."
build=build/coverage
command -v gcovr >/dev/null || {
    echo "gcovr is not installed: ./bootstrap.sh install coverage" >&2
    exit 2
}

if [ "${1-}" != --missed ]; then
    cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS_DEBUG=-O1 -DMOAT_COVERAGE=ON >/dev/null
    ninja -C $build >/dev/null
    find $build -name '*.gcda' -delete
    # Counting takes time, of which some tests allow little: that they fail is told, and no more.
    ctest --test-dir $build -j2 --timeout 1800 >$build/ctest.log ||
        sed -n '/tests FAILED/,/Errors/p' $build/ctest.log >&2
fi

options=(--root . --object-directory $build --branches --exclude-unreachable-branches)
layers=(--filter vm/ --filter stdlib/)
case ${1-} in
--missed)
    gcovr "${options[@]}" --filter "$2"
    ;;
--least)
    gcovr "${options[@]}" "${layers[@]}" --sort-percentage --fail-under-branch "$2"
    ;;
*)
    gcovr "${options[@]}" "${layers[@]}" --sort-percentage
    ;;
esac

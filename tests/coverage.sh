#!/usr/bin/env bash
# Which branches of vm/ and stdlib/ the tests take: a table of all files, the worst at the bottom of
# each column of figures. Needs gcovr; builds in build/coverage.
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
    ctest --test-dir $build -j2 --output-on-failure >$build/ctest.log || {
        tail -n 40 $build/ctest.log >&2
        exit 1
    }
fi

# The tests of instruction sets run the kernels of all of them; each is a copy of one file.
options=(--root . --object-directory $build --branches --exclude-unreachable-branches
    --filter vm/ --filter stdlib/ --merge-mode-functions=merge-use-line-0)
gcovr --help | grep -q merge-mode-functions || unset 'options[-1]'
case ${1-} in
--missed)
    gcovr "${options[@]}" --filter "$2" | grep -F "$(basename "$2")"
    ;;
--least)
    gcovr "${options[@]}" --sort-percentage --fail-under-branch "$2"
    ;;
*)
    gcovr "${options[@]}" --sort-percentage
    ;;
esac

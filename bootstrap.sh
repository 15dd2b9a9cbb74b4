#!/bin/sh
# From a fresh clone to a running Moat. Everything that it says itself goes to standard
# error, so that standard output is the program's.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
preset=${MOAT_PRESET:-release}
build=$root/build/$preset
log=$root/build/$preset.log

usage() {
    cat <<END
usage: ./bootstrap.sh                      build Moat and print where the command is
       ./bootstrap.sh run FILE [OPTION]... build it and run a script
       ./bootstrap.sh COMMAND ...          the same with any other command of Moat
       ./bootstrap.sh test                 build everything and run the tests
       ./bootstrap.sh packages [GROUP]...  print the Debian packages of build, test, check
       ./bootstrap.sh install [GROUP]...   install those that are missing

What is missing is installed with apt-get; nothing is asked. MOAT_PRESET chooses another
preset of CMakePresets.json than release. For the options of Moat: ./bootstrap.sh run --help
END
}

say() {
    echo "bootstrap: $*" >&2
}

fail() {
    say "$*"
    exit 1
}

# The one list of packages, in groups: to build and run, to test, to check a change.
group() {
    case $1 in
    build) echo build-essential cmake ninja-build pkg-config liblua5.4-dev libsleef-dev \
        libjansson-dev libutf8proc-dev libedit-dev libmd4c-dev ;;
    test) echo libcriterion-dev libgsl-dev r-mathlib librandom123-dev python3 ;;
    check) echo clang clang-format groff-base zsh fish ;;
    *) fail "there is no group of packages '$1': build, test or check" ;;
    esac
}

packages() {
    for name in "$@"; do
        names=$(group "$name")
        echo "$names" | tr ' ' '\n'
    done
}

# Those of the packages that are not installed.
missing() {
    wanted=$(packages "$@")
    # shellcheck disable=SC2086 # a list of words
    installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' $wanted 2>/dev/null |
        sed -n 's/^ii *//p')
    for package in $wanted; do
        case "
$installed
" in
        *"
$package
"*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

apt() {
    set -- env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq -y "$@"
    if [ "$(id -u)" != 0 ]; then
        set -- sudo -n "$@"
    fi
    "$@" >>"$log" 2>&1 </dev/null
}

# Leaves a system without apt-get alone: CMake says what it does not find there.
install() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 0
    absent=$(missing "$@")
    [ -n "$absent" ] || return 0
    say "installing $absent"
    mkdir -p "$root/build"
    : >"$log"
    # shellcheck disable=SC2086 # a list of words
    for attempt in first second; do
        apt update || true # one source of several may be out of reach
        apt install --no-install-recommends $absent && return 0
        [ "$attempt" = second ] || sleep 5
    done
    tail -n 20 "$log" >&2
    say "these packages could not be installed; trying to build without them"
}

# Runs a command with its output in the log, and shows the log where it fails.
quietly() {
    "$@" >"$log" 2>&1 </dev/null && return 0
    cat "$log" >&2
    fail "failed: $*"
}

cached() {
    grep -q -s -F -x "$1" "$build/CMakeCache.txt"
}

configure() {
    if [ -f "$build/build.ninja" ] && cached "CMAKE_HOME_DIRECTORY:INTERNAL=$root" &&
        { [ "$1" = OFF ] || cached "MOAT_TESTS:BOOL=ON"; }; then
        return 0
    fi
    say "building Moat in build/$preset; the first time takes up to a minute"
    rm -f "$build/build.ninja" # what a failure leaves would look like a success
    (cd "$root" && quietly cmake --fresh --preset "$preset" -DMOAT_TESTS="$1")
}

# compile TESTS TARGET: one at a time, as two builds in one folder would disturb each other.
compile() {
    mkdir -p "$root/build"
    (
        if command -v flock >/dev/null; then
            flock 9
        fi
        configure "$1"
        quietly cmake --build "$build" --target "$2"
    ) 9>"$root/build/$preset.lock"
}

program() {
    install build
    compile OFF moat
}

run_tests() {
    install build test
    compile ON all
    cd "$root"
    exec ctest --preset "$preset"
}

case ${1-} in
'')
    program
    echo "$build/moat"
    ;;
help | -h | --help)
    usage
    ;;
packages)
    shift
    packages "${@:-build}"
    ;;
install)
    shift
    install "${@:-build}"
    ;;
test)
    [ $# = 1 ] || fail "test takes no arguments; for some of the tests: ctest --preset $preset -R NAME"
    run_tests
    ;;
*)
    program
    exec "$build/moat" "$@"
    ;;
esac

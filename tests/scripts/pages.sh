#!/usr/bin/env bash
# What is installed beside the command: help, completion and manual pages tell of the same commands
# and options, and those who read them accept them. Shells that are not installed are not asked.
set -u
moat=$(realpath "$1")
share=$(dirname "$moat")/share
failures=0

complain() {
    failures=$((failures + 1))
    echo "pages.sh: $*" >&2
}

# Runs the rest where the program is installed; what it says is a failure.
quietly() {
    if ! command -v "$1" >/dev/null; then
        echo "pages.sh: skipped, as $1 is not installed: $*" >&2
        return
    fi
    local said
    said=$("$@" 2>&1 >/dev/null) || complain "$* fails: $said"
    [ -z "$said" ] || complain "$* says: $said"
}

bash_page=$share/bash-completion/completions/moat
zsh_page=$share/zsh/site-functions/_moat
fish_page=$share/fish/vendor_completions.d/moat.fish
quietly bash -n "$bash_page"
quietly zsh -n "$zsh_page"
quietly fish -n "$fish_page"
quietly luac5.4 -p "$share/moat/lls/moat.lua"
for page in "$share"/man/man1/*.1; do
    quietly groff -man -Tutf8 -ww -z "$page"
done

# --- Every command and option is in all of them.
commands=$("$moat" help | sed -n 's/^  moat \([a-z]\{1,\}\) .*/\1/p')
[ "$(echo "$commands" | wc -w)" -ge 5 ] || complain "moat help lists only: $commands"
for command in $commands; do
    manual=$share/man/man1/moat-$command.1
    [ -e "$manual" ] || complain "there is no manual page of moat $command"
    grep -q "moat $command" "$share/man/man1/moat.1" || complain "moat.1 lacks $command"
    "$moat" help "$command" >/dev/null || complain "moat help $command fails"
    options=$("$moat" help "$command" | sed -n 's/^  --\([a-z-]*\).*/\1/p')
    [ -n "$options" ] || complain "moat help $command has no option"
    for option in $options; do
        grep -qF "\\-\\-${option//-/\\-}\\fR" "$manual" || complain "$manual lacks --$option"
        sed -n "/^    $command)/,/;;/p" "$bash_page" | grep -q -- "--$option " ||
            complain "bash has no moat $command --$option"
        sed -n "/^    $command)/,/;;/p" "$zsh_page" | grep -q -- "--$option[=[]" ||
            complain "zsh has no moat $command --$option"
        grep -q "from.* $command\( .*\|\)' -l $option " "$fish_page" ||
            complain "fish has no moat $command --$option"
    done
done

# --- Completion completes: WORDS as typed, then what is expected to be offered.
offers() {
    local wanted=$1
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    _moat
    local found
    found=$(printf '%s\n' "${COMPREPLY[@]}" | sort | tr '\n' ' ')
    [ "${found% }" = "$wanted" ] || complain "bash completes $* to: $found"
}
# shellcheck disable=SC1090 # generated
. "$bash_page"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
touch a.lua b.md c.txt
mkdir folder
offers "repl report run" moat r
offers "--samples --sampling" moat run --sampl
offers "sobol" moat run --sampling s
offers "a.lua b.md" moat check ""
offers "folder" moat init f
offers "--strict" moat check a.lua --st
offers "check compare" moat help c
offers "" moat run --seed ""
if command -v fish >/dev/null; then
    found=$(HOME=$work fish -c "source '$fish_page'; complete -C 'moat run --sampl'" | cut -f 1)
    [ "$found" = $'--samples\n--sampling' ] || complain "fish completes moat run --sampl to: $found"
fi
exit $((failures > 0))

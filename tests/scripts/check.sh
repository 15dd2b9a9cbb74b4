#!/usr/bin/env bash
# moat check from outside: the examples of docs/check.md, formats, exit statuses. Under each code the
# page has an example in which the check finds something, and one in which nothing is found.
set -u
moat=$(realpath "$1")
root=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export LC_ALL=C.UTF-8
failures=0

complain() {
    failures=$((failures + 1))
    echo "check.sh: $*" >&2
}

# expect STATUS ARGUMENT...: standard output and error are in out and err.
expect() {
    local wanted=$1
    shift
    "$moat" check "$@" >out 2>err </dev/null
    local status=$?
    [ $status -eq "$wanted" ] ||
        complain "moat check $*: exit status $status, not $wanted: $(cat out err)"
}

says() {
    grep -qF -- "$2" "$1" || complain "$1 does not say '$2': $(cat "$1")"
}

# --- The examples.
awk '
    /^### `/   { split($0, parts, "`"); code = parts[2]; n = 0; next }
    /^```lua$/ { if (code) { n++; file = code "." n ".lua"; print code > "codes" } next }
    /^```/     { if (file) close(file); file = ""; next }
    file       { print > file }
' "$root/docs/check.md"
[ "$(wc -l <codes)" -ge 40 ] || complain "docs/check.md has only $(wc -l <codes) examples"
age="--max-age 12mo --today 2026-11"
for code in $(sort -u codes); do
    # shellcheck disable=SC2086 # two options
    "$moat" check $age "$code.1.lua" >out 2>err
    grep -qF "[$code]" out || complain "the wrong example of $code gives: $(cat out err)"
    # shellcheck disable=SC2086
    expect 0 --strict $age "$code.2.lua"
    [ ! -s out ] || complain "the right example of $code gives: $(cat out)"
done

# --- Formats and statuses.
cat >two.lua <<'END'
require "part"
local a = assume { x = { "1 to 2 $", source = "s" }, y = "3 to 4 $" }
output("o", a.x)
END
echo 'local never = 5' >part.lua
expect 0 two.lua
diff - out <<'END' || complain "two.lua gives something else"
./part.lua:1:7: warning: the variable never is never read; remove it, or begin its name with _ where it must stand there [unused-variable]
two.lua:2:54: warning: the assumption "y" has no source; add source = "...", or say in its note that it is a judgement or a definition [no-source]
two.lua:2:54: warning: no output depends on the assumption "y"; use it or remove it [unused-assumption]
END
says err "1 file checked: 0 errors, 3 warnings"
expect 1 --strict --quiet two.lua
says out "two.lua:2:54: error: "
[ ! -s err ] || complain "--quiet says: $(cat err)"

cp two.lua three.lua
expect 0 --json two.lua three.lua
python3 - out <<'END' || complain "--json is not as documented: $(cat out)"
import json, sys
found = json.load(open(sys.argv[1], encoding="utf-8"))
assert len(found) == 5, found  # part.lua once
assert list(found[0]) == ["file", "line", "column", "severity", "code", "message", "hint"], found[0]
assert found[0]["file"] == "./part.lua" and found[0]["code"] == "unused-variable"
assert found == sorted(found, key=lambda f: (f["file"], f["line"], f["column"], f["code"]))
END
echo 'output("o", q "1 to 2 $"' >broken.lua
expect 1 broken.lua two.lua
says out "broken.lua:2:1: error: ')' expected (to close '(' at line 1) near <eof> [error]"
says err "2 files checked: 1 error, 3 warnings"
echo 'print "heard" local x' | "$moat" check - >out 2>err
says out "standard input:1:21: warning: the variable x is never read"
! grep -q heard out err || complain "what a script prints is shown"

# --- Nothing is evaluated: a billion samples of a hundred outputs take no time.
cat >large.lua <<'END'
settings { samples = 1000000000 }
local a = assume { x = { "1 to 2 $", source = "s" } }
for i = 1, 100 do output("o" .. i, a.x * i) end
print(summary(a.x).mean)
END
expect 0 --time-limit 5 --memory-limit 200M large.lua
echo 'while true do end' >endless.lua
expect 4 --time-limit 0.2 two.lua endless.lua
[ ! -s out ] || complain "a check that was stopped says: $(cat out)"

# --- The command line.
expect 2
expect 2 missing.lua
echo "# A memo" >memo.md
expect 2 memo.md
says err "memo.md is a memo and no script"
expect 2 --max-age old two.lua
says err "--max-age needs an age such as 12mo or 2yr"
expect 2 --today now two.lua
says err "--today needs a date such as 2026-11"
expect 2 --samples 5 two.lua
"$moat" run --strict two.lua >out 2>err
[ $? -eq 2 ] || complain "moat run takes --strict"
says err "moat run has no option --strict; moat check has"
exit $((failures > 0))

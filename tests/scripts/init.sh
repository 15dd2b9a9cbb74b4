#!/usr/bin/env bash
# moat init: the project that it writes is right, it overwrites nothing, and what editors are told is
# the vocabulary that scripts have.
set -u
moat=$(realpath "$1")
root=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

complain() {
    failures=$((failures + 1))
    echo "init.sh: $*" >&2
}

# expect STATUS ARGUMENT...: standard output and error are in out and err.
expect() {
    local wanted=$1
    shift
    "$moat" "$@" >out 2>err </dev/null
    local status=$?
    [ $status -eq "$wanted" ] ||
        complain "moat $*: exit status $status, not $wanted: $(cat out err)"
}

expect 0 init lab
diff - out <<'END' || complain "moat init lists something else"
lab/scenario.lua
lab/memo.md
lab/.luarc.json
lab/.gitattributes
lab/.github/workflows/moat.yml
lab/.moat/moat.lua
END
[ "$(find lab -type f | wc -l)" -eq 6 ] || complain "other files: $(find lab -type f)"

# --- What was written holds.
expect 0 check --strict lab/scenario.lua
expect 0 run lab/scenario.lua
expect 0 run lab/scenario.lua --variant "price war"
python3 -m json.tool lab/.luarc.json >/dev/null || complain ".luarc.json is no JSON"
# The memo's Lua is a script of its own.
sed -n '/^```lua/,/^```$/{/^```/!p}' lab/memo.md >memo.lua
expect 0 check --strict memo.lua
expect 0 run memo.lua
grep -q '{{ left }}' lab/memo.md || complain "the memo computes no value"
if "$moat" help | grep -q "moat report"; then
    expect 0 report --quiet lab/memo.md
    expect 0 report --check lab/memo.md
fi

# Reports are there to be reviewed, their charts are not.
git init -q lab
for row in "scenario.report.md unspecified" "scenario.report/cash.svg true" "scenario.report.html true"; do
    read -r path value <<<"$row"
    [ "$(git -C lab check-attr linguist-generated -- "$path")" = "$path: linguist-generated: $value" ] ||
        complain "$path is folded, or is not: $(git -C lab check-attr -a -- "$path")"
    [ "$(git -C lab check-attr eol -- "$path")" = "$path: eol: lf" ] ||
        complain "the lines of $path end otherwise"
done

# --- Nothing is overwritten, and nothing is written where one file is there.
echo mine >lab/memo.md
rm lab/scenario.lua
expect 1 init lab
[ "$(cat lab/memo.md)" = mine ] || complain "memo.md was overwritten"
[ ! -e lab/scenario.lua ] || complain "scenario.lua was written beside files that were there"
grep -q "lab/memo.md is there already" err || complain "init does not list memo.md: $(cat err)"
! grep -q "scenario.lua is there" err || complain "init lists scenario.lua: $(cat err)"
mkdir -p deep/here
ln -s nowhere deep/here/.luarc.json
expect 1 init deep/here
expect 0 init ./other/
expect 1 init missing/folder
expect 1 init memo.lua
expect 2 init
expect 2 init a b
expect 2 init --samples 5 a

# --- The annotations are Lua, and have a name for each global of the language and of the library.
annotations=other/.moat/moat.lua
cmp -s "$annotations" "$(dirname "$moat")/share/moat/lls/moat.lua" ||
    complain "the annotations that are installed differ"
if command -v luac5.4 >/dev/null; then
    luac5.4 -p "$annotations" || complain "the annotations are no Lua"
fi
names=$(sed -n 's/^### `\([a-z_]*\)[ (.].*/\1/p' "$root/docs/reference.md" | sort -u)
for name in $names; do
    case $name in # these are Lua's own, or operators on quantities
    a | x | t | for | math | print | warn | next | tostring | ipairs | setmetatable | rawset | load | \
        collectgarbage | require) continue ;;
    esac
    grep -q "^function $name[(.]\|^$name = " "$annotations" || complain "no annotation of $name"
done
methods=$(sed -n 's/^### `x:\([a-z_]*\).*/\1/p' "$root/docs/reference.md" | sort -u)
for name in $methods; do
    grep -q "^function quantity:$name(" "$annotations" || complain "no annotation of x:$name"
done
described=$(sed -n 's/^### `\([a-z_]*[.:][a-z_0-9]*\)[ (].*/\1/p' "$root/docs/reference.md" |
    grep -v '^\(x:\|math\.\)' | sort -u)
[ "$(echo "$described" | wc -l)" -gt 200 ] || complain "the reference has few functions"
for name in $described; do
    grep -q "^function $name(" "$annotations" || complain "no annotation of $name"
done
exit $((failures > 0))

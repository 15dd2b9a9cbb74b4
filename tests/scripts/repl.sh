#!/usr/bin/env bash
# moat repl without a keyboard: docs/repl.md is true, and what it does not say.
set -u
unset NO_COLOR
export COLUMNS=80 LC_ALL=C.UTF-8
moat=$(realpath "$1")
page=$(realpath docs/repl.md)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/shared/processes.sh"
cd "$work" || exit 1
failures=0

complain() {
    echo "$*"
    failures=$((failures + 1))
}

# The transcript of a page: its ```text blocks that begin with a prompt are one session.
awk '
    /^```lua$/  { if (!script) { script = 1; inside = "scenario.lua" } ; next }
    /^```text$/ { inside = "expected"; next }
    /^```/      { inside = ""; next }
    inside      { print > inside }
' "$page"
sed -n '/^\$ /d; s/^>>* \{0,1\}//p' expected >input
{
    echo '$ moat repl scenario.lua'
    "$moat" repl --echo scenario.lua <input 2>&1
} >found
diff -u expected found || complain "docs/repl.md: the transcript is not what moat repl prints"

# session NAME LINE... : runs lines; what they print is in out, the complaints in err.
session() {
    printf '%s\n' "$@" | "$moat" repl scenario.lua >out 2>err
    status=$?
}

expect() {
    [ "$status" = "$1" ] || complain "status $status, not $1, of: $2"
}

says() {
    grep -qF -- "$2" "$1" || { complain "$1 does not say \"$2\" but:"; cat "$1"; }
}

lacks() {
    ! grep -qF -- "$2" "$1" || { complain "$1 says \"$2\":"; cat "$1"; }
}

# Mistakes end nothing and lose nothing.
session 'x = 41' 'x = = 2' 'error "no"' ':set nothing 3' ':nothing' '?nothing' ':load nothing.lua' 'x + 1'
expect 0 "mistakes"
says out "42"
for place in "input:1: unexpected symbol" "input:1: no" "no assumption named" "no command :nothing" \
    'nothing named "nothing"' "cannot read nothing.lua"; do
    says err "$place"
done

session '?a.capacity'
says err 'did you mean "capacity"?'
session ':set capacity'
says err ":set capacity needs a value; now it is 2 to 3 GW"

# Empty lines belong to the entries of a file; of two an entry that is not complete is given up.
session 'function twice(n)' '' '  return n * 2' 'end' 'twice(21)' 'x = (' '' '' 'twice(4)'
says out "42"
says out "8"
says err "it has been dropped"

# A script that fails leaves the session; at the start it is an error.
echo 'error "broken"' >broken.lua
session ':load broken.lua' ':reload' 'profit:above("0 $bn/yr") | true'
says err "broken.lua:1: broken"
says out "true"
"$moat" repl broken.lua </dev/null >out 2>err
status=$?
expect 1 "a broken script"
for line in '--nothing' '--json' '--set x=3' '- extra more' 'scenario.lua --set nothing=3'; do
    # shellcheck disable=SC2086 # words
    "$moat" repl $line </dev/null >out 2>err
    status=$?
    case $line in
    scenario*) expect 1 "$line" ;;
    *) expect 2 "$line" ;;
    esac
    [ -s err ] || complain "moat repl $line says nothing"
done

# Options, lines as arguments.
"$moat" repl scenario.lua --variant bear --set 'capacity=2 GW' --samples 500 --seed 3 --eval ':samples' \
    --eval ':seed' --eval ':variants' --eval 'a.gw_price' --eval 'a.capacity' >out 2>err
for text in "500 samples" "seed 3" "* bear" "18 \$bn/GW/yr" "2 GW"; do says out "$text"; done

# What was set goes with a script that is loaded again, and so do definitions.
session ':set gw_price 16' 'local twice = 2 * a.gw_price' ':reload' 'twice:as "$bn/GW/yr"' ':unset gw_price' \
    'twice:as "$bn/GW/yr"'
says out "32 \$bn/GW/yr"
says out "gw_price is 12 to 15 \$bn/GW/yr again"

# What could be undone before a script is loaded again can be undone after it.
session ':set gw_price 16' ':set capacity 2' ':reload' ':undo' ':undo' 'a.gw_price * 0' 'a.capacity:as "GW"'
expect 0 "undo after reload"
grep -q '^0 \$bn/GW/yr' out && lacks out "nothing to undo"
grep -q '2.47' out || { complain "reload loses what can be undone:"; cat out; }

# A byte order mark is no part of a line.
printf '\xEF\xBB\xBF1 + 1\n' | "$moat" repl >out 2>err
says out "2"

# What a mistake takes back, it takes back from what is saved too.
session 'output("kept", 1)' 'output("lost", 2); error "no"' ':save whole.lua' ':outputs'
says out "kept"
lacks out "lost"
lacks whole.lua "lost"

# A saved script gives what the session gave.
session ':set gw_price 14 to 20' 'extra = a.growth * 2' 'output("extra", extra)' ':save saved.lua' ':outputs'
"$moat" run --quiet saved.lua >again 2>err || complain "the saved script fails"
while read -r line; do says out "$line"; done <again
says saved.lua '"14 to 20 $bn/GW/yr"'
says saved.lua 'output("extra", extra)'

# A literal that stands in the script twice, or is computed, goes into a variant.
cat >computed.lua <<'END'
local start = "1 to 2 $bn"
local a = assume { x = start }
output("x", a.x)
END
printf '%s\n' ':set x 5' ':save kept.lua' | "$moat" repl computed.lua >out 2>err
says out "run it with --variant session"
"$moat" run --quiet kept.lua --variant session | grep -q '^x *5  *\$bn' || complain "the variant is not kept"

# A file that changes is loaded again where it is watched.
mkfifo lines
"$moat" repl computed.lua <lines >out 2>err &
exec 3>lines
printf '%s\n' ':watch on' 'a.x * 0' >&3
for _ in {1..100}; do grep -q '^0' out && break; sleep 0.1; done
sed 's/1 to 2/3 to 4/; $a output("another", a.x)' computed.lua >new.lua
mv new.lua computed.lua
printf '%s\n' ':outputs' >&3
exec 3>&-
wait
says out 'x    1.44 → 3.47'
says out "another"

# Interrupted, it ends with 130 where nobody is there to go on.
printf '%s\n' 'while true do end' 'print "later"' >endless
"$moat" repl <endless >out 2>err &
process=$!
await_watch $process || complain "nobody watches the session"
kill -INT $process
wait $process
status=$?
expect 130 "an interruption"
lacks out "later"

# A line of --eval that fails is told by the status, one of a pipe is not.
for line in 'error "no"' ':set nothing 3' ':variant nothing' ':load nothing.lua' 'x = ('; do
    "$moat" repl scenario.lua --eval "$line" --eval '1' >out 2>err
    status=$?
    expect 1 "--eval $line"
done
"$moat" repl scenario.lua --eval '1' >out 2>err
status=$?
expect 0 "--eval 1"

# A reader that has seen enough ends a session whose lines have no end.
yes 1 | timeout 20 "$moat" repl 2>err | head -n 1 >out
[ "${PIPESTATUS[1]}" != 124 ] || complain "a session without a reader goes on"
[ -s err ] && complain "a session without a reader complains: $(cat err)"

# A NUL is no character of a line; a carriage return inside one cuts nothing off.
printf 'print "a\0b"\nprint "c" \r print "d"\r\n' | "$moat" repl >out 2>err
says err "NUL"
says out "d"

# What is saved gives the same, or says what does not.
# A variant's name may have blanks; a value says its own unit, or takes the assumption's, not both.
cat >blanks.lua <<'END'
local a = assume { growth = "20 %/yr" }
output("growth", a.growth * 1)
variant("two words", { growth = "50 %/yr" })
END
printf '%s\n' ':variant two words' 'a.growth' ':variant none' ':set growth 30' 'a.growth' |
    "$moat" repl blanks.lua >out 2>err
grep -q '^50 %/yr' out || complain "a variant of two words: $(cat out err)"
grep -q '^30 %/yr' out || complain "a number takes the unit: $(cat out err)"
printf '%s\n' ':set growth 30 %' 'a.growth' | "$moat" repl blanks.lua >out 2>err
grep -q '^20 %/yr' out && grep -q 'is in %' err || complain "30 % of %/yr: $(cat out err)"

cat >variants.lua <<'END'
local a = assume { x = "1 to 2 $bn", y = "3 $bn", z = "4 $bn" }
local copy = { "1 to 2 $bn" }
output("x", a.x + a.y + a.z)
variant("bear", { x = "5 $bn", y = "5 $bn" })
END
printf '%s\n' ':variant bear' ':set x 7' 'a.x * 2' 'twice = _ + out[1]' 'output("twice", twice)' '(function() end)()' \
    ':seed 3' ':samples 500' ':save merged.lua' ':outputs' | "$moat" repl variants.lua --sampling lhs >out 2>err
says out "run it with --variant session --samples 500 --seed 3 --sampling lhs"
[ -s err ] && complain "saving complains: $(cat err)"
"$moat" run --quiet merged.lua --variant session --samples 500 --seed 3 --sampling lhs >again 2>err || complain "the merged script fails"
while read -r line; do says out "$line"; done <again
printf '%s\n' 'f = dist.normal(0, 1) + 1; error "lost"' 'g = dist.normal(0, 1) + 1' 'output("g", g)' ':save drawn.lua' |
    "$moat" repl variants.lua >out 2>err
lacks err "drawn.lua"
printf '%s\n' 'y = 3; y * 2' 'z = _ + 1' 'output("z", z)' ':save values.lua' | "$moat" repl variants.lua >out 2>err
lacks err "values.lua"
"$moat" run --quiet values.lua | grep -q '^z *7' || complain "values at the end of entries are not saved"
printf '%s\n' 'output("before", summary(a.x).mean)' ':set x 7' 'output("m", summary(a.x).mean)' ':save measured.lua' |
    "$moat" repl variants.lua >out 2>err
says err "measured.lua does not give what the session gives: output m has other values"
printf 'return 1' >ended.lua
printf '%s\n' 'x = 1' ':save more.lua' | "$moat" repl ended.lua >out 2>err
says err "ends with return"

# No file is lost to :save.
cp variants.lua kept_copy.lua
ln -s variants.lua link.lua
echo mine >mine.lua
printf '%s\n' ':save ./variants.lua' ':save link.lua' ':save! link.lua' ':save mine.lua' ':save fresh.lua' ':save fresh.lua' |
    "$moat" repl variants.lua >out 2>err
cmp -s variants.lua kept_copy.lua || complain ":save has changed the script that was loaded"
[ "$(cat mine.lua)" = mine ] || complain ":save has overwritten a file"
says err ":save! mine.lua overwrites it"
lacks err "fresh.lua"
echo ':save! mine.lua' | "$moat" repl variants.lua >out 2>err
grep -q assume mine.lua || complain ":save! does not overwrite"

# What was set and is not there any more is forgotten.
printf '%s\n' 'local b = assume { gone = "1 to 2" }' 'output("b", b.gone)' >going.lua
{
    echo ':set gone 5'
    for _ in {1..100}; do grep -q '^gone:' out && break; sleep 0.05; done
    echo 'output("b", 1)' >going.lua
    printf '%s\n' ':reload' 'c = assume { gone = "1 to 2" }' 'c.gone * 0 + 3' 'c.gone:above "4"'
} | "$moat" repl going.lua >out 2>err
says err "gone cannot be set any more"
says out "false"

# Plain characters where there is no UTF-8.
LC_ALL=C "$moat" repl scenario.lua --eval cash --eval ':set gw_price 20' --eval ':vary capacity 1..2' >out
! LC_ALL=C grep -q '[^ -~]' out || complain "LC_ALL=C: there are other characters than ASCII's"
says out "13.7 -> -2.49"
# Nothing is wider than the screen.
for columns in 40 80 150; do
    COLUMNS=$columns "$moat" repl scenario.lua --eval cash --eval a --eval ':set gw_price 20' --eval profit \
        --eval ':why profit' --eval ':vary capacity 1..2' --eval ':table cash' --eval ':help' >out
    [ "$(sed 1d out | grep -v '→ 20' | wc -L)" -le "$columns" ] || complain "wider than $columns columns"
done

exit $((failures > 0))

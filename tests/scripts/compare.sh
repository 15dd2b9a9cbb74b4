#!/bin/bash
# moat compare from outside: subjects, differences, explanations, revisions. $1 is the moat binary.
set -u
moat=$(realpath "$1")
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_CEILING_DIRECTORIES=$folder
unset NO_COLOR COLUMNS GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
mkdir tmp && export TMPDIR=$folder/tmp
failures=0

complain() {
    failures=$((failures + 1))
    echo "compare.sh: $*" >&2
}

# expect STATUS ARGUMENT...: runs moat compare; standard output and error are in out and err.
expect() {
    local wanted=$1
    shift
    "$moat" compare "$@" >out 2>err </dev/null
    local status=$?
    [ $status -eq "$wanted" ] ||
        complain "moat compare $*: exit status $status, not $wanted: $(cat err)"
}

says() {
    grep -qF -- "$2" "$1" || complain "$1 does not say '$2': $(cat "$1")"
}

lacks() {
    ! grep -qF -- "$2" "$1" || complain "$1 says '$2': $(cat "$1")"
}

# json EXPRESSION: it holds of the parsed object d; near compares numbers.
json() {
    python3 -c '
import json, sys
d = json.load(open("out", encoding="utf-8"))
outputs = {o["name"]: o["subjects"] for o in d["outputs"]}
why = {e["output"]: e for e in d["against"][0]["explanations"]}
alone = lambda output: {a["name"]: a["mean"] for a in why[output]["alone"]}
near = lambda x, y: abs(x - y) < 1e-9 * (1 + abs(y))
sys.exit(0 if eval(sys.argv[1]) else 1)' "$1" || complain "not $1: $(head -c 1500 out)"
}

cat >lab.lua <<'END'
horizon { from = "2026", periods = 5 }
local a = assume {
  price = "10 $bn/GW/yr",
  power = "2 GW",
  margin = "normal(20, 4) %",
  growth = "10 to 20 %/yr",
}
print("never shown")
local cost = a.price * a.power
local course = grow(cost, a.growth)
output("cost", cost, { label = "Cost of compute" })
output("margin", a.margin, { unit = "%" })
output("dear", course:last():above("35 $bn/yr"), { label = "Dear in the end" })
output("doubled", course:first_when(course:above("36 $bn/yr")))
output("course", course)
variant("bear", { price = "15 $bn/GW/yr", power = "3 GW", margin = "normal(15, 4) %" })
variant("cheap", { price = "8 $bn/GW/yr" })
variant("same", { price = "10000 $M/GW/yr" })
END

# --- A script and its variant: a product has a joint effect, a shift no error.
expect 0 lab.lua lab.lua:bear
for text in "A  lab.lua" "B  lab.lua, variant bear" "10,000 samples · seed 1" "Cost of compute" "+25.0" \
    "B larger" "joint effect" "normal(20, 4) %" "largest difference" "what makes B - A" "±" "2030"; do
    says out "$text"
done
lacks out "never shown"
[ ! -s err ] || complain "standard error: $(cat err)"
! grep -qE ' +$' out || complain "a line ends with blanks"
expect 0 lab.lua lab.lua:bear --json
json 'near(outputs["cost"][1]["difference"]["mean"], 25) and outputs["cost"][1]["difference"]["larger"] == 1'
json 'near(alone("cost")["price"], 10) and near(alone("cost")["power"], 10)'
json 'near(why["cost"]["joint"]["mean"], 5) and why["cost"]["rest"]["mean"] == 0'
json 'near(outputs["margin"][1]["difference"]["mean"], -5) and outputs["margin"][1]["difference"]["sd"] < 1e-9'
json 'near(sum(alone("course").values()) + why["course"]["joint"]["mean"] + why["course"]["rest"]["mean"],
           why["course"]["whole"]["mean"])'
json 'why["course"]["period"] == "2030" and len(outputs["course"][1]["entries"]) == 5'
json '[a["name"] for a in d["against"][0]["assumptions"]] == ["margin", "power", "price"]'
json '[s["variant"] for s in d["subjects"]] == [None, "bear"]'

# Dates that may never come are explained as chances.
json 'why["doubled"]["of"] == "whether it comes" and outputs["doubled"][0]["never"] > 0'

# --- Three subjects; the same in other words; threads; files; quiet.
expect 0 lab.lua lab.lua:bear lab.lua:cheap --seed 7 --samples 2000
says out "C  lab.lua, variant cheap"
says out "  C cheap"
says out "what makes C - A"
says out "2,000 samples · seed 7"
expect 0 lab.lua: lab.lua:same
says out "A and B assume the same"
says out "the same: Cost of compute · margin · Dear in the end · doubled · course"
lacks out "B - A"
for threads in 1 2 3 7; do
    expect 0 lab.lua lab.lua:bear --json --threads $threads
    cp out threads.$threads
    cmp -s threads.1 threads.$threads || complain "$threads threads give other bytes"
done
expect 0 lab.lua lab.lua:bear --output file --quiet
[ ! -s out ] || complain "--output writes to standard output"
says file "Cost of compute"
lacks file "seed 1"
for width in 40 60 80 160; do
    COLUMNS=$width expect 0 lab.lua lab.lua:bear
    [ "$(wc -L <out)" -le $width ] || complain "wider than $width: $(cat out)"
    COLUMNS=$width expect 0 lab.lua lab.lua:bear lab.lua:cheap
    [ "$(wc -L <out)" -le $width ] || complain "wider than $width: $(cat out)"
done
LC_ALL=C expect 0 lab.lua lab.lua:bear
! LC_ALL=C grep -q '[^ -~]' out || complain "the C locale gets ASCII: $(cat out)"
expect 0 lab.lua lab.lua:bear --set 'price=1 $bn/GW/yr'
says out "set price = 1 \$bn/GW/yr"
lacks out "15 \$bn/GW/yr"

# --- Reports: the same bytes each time, on any number of threads, in any folder.
expect 0 lab.lua lab.lua:bear --to html --output page.html
[ ! -s out ] || complain "a page goes to standard output too"
for text in "<svg" "What makes B - A" "joint effect" "Over time" "Distributions"; do
    says page.html "$text"
done
expect 0 "$folder/lab.lua" "$folder/lab.lua:bear" --to html --output again.html --threads 3
cmp -s page.html again.html || complain "a page depends on the folder or the threads"
expect 0 lab.lua lab.lua:bear lab.lua:cheap --to markdown --output page.md
says page.md "(page.report/course.svg)"
says page.md "lab.lua, variant cheap"
[ "$(grep -c 'svg)' page.md)" -eq "$(ls page.report | wc -l)" ] || complain "a chart is missing: $(ls page.report)"
expect 0 lab.lua lab.lua:bear --to markdown
says out "| Cost of compute"
lacks out "svg"
grep -Eq '^\| doubled: never +\| +[0-9.]+ % \| +[0-9.]+ % \| +[+-][0-9.]+ \|( +\|){4} points' out ||
    complain "a document does not say how often a date never comes: $(grep doubled out)"
expect 0 lab.lua lab.lua:same --to markdown
says out "A and B assume the same."
expect 2 lab.lua lab.lua:bear --to pdf
says err "--to needs"

# --- Scripts that differ: units, shapes, what only one has, what is computed.
cat >other.lua <<'END'
horizon { from = "2028", periods = 5 }
local a = assume { price = "12 $bn/GW/yr", power = "2 kW", fee = "1 $bn", half = "1" }
local course = grow("20 $bn/yr", "10 %/yr")
output("cost", a.power)
output("margin", course)
output("doubled", course:first_when(course:above("36 $bn/yr")))
output("course", course)
output("fee", a.fee)
END
expect 0 lab.lua other.lua
says out "Cost of compute: in \$/yr in A, in W in B"
says out "margin: a number in A, a series in B"
says out "Dear in the end: not in B"
says out "doubled: the horizons of A and B begin at other times"
says out "fee: in B, not in A"
says out "(none)"
expect 0 lab.lua other.lua --json
json '[e["period"] for e in outputs["course"][1]["entries"]] == ["2028", "2029", "2030"]'
json 'd["not_in_first"][0]["name"] == "fee"'

# --- What is wrong.
expect 2 lab.lua
says err "needs two or more scripts"
expect 2 lab.lua lab.lua:beer
says err 'no variant named "beer"; did you mean "bear"?'
expect 2 lab.lua lob.lua:bear
says err 'there is no file lob.lua, of which "bear" would be a variant'
expect 2 lab.lua lob.lua
says err "lob.lua"
expect 2 lab.lua HEAD:lab.lua
says err "there is no file HEAD:lab.lua, and as a file in a revision: git says: not a git repository"
expect 2 - -
says err "standard input can be one subject only"
PATH=/nowhere expect 2 lab.lua HEAD:lab.lua
says err "there is no git"
expect 4 lab.lua lab.lua:bear --samples 1e8 --memory-limit 100M
says err "samples would fit"
echo 'output("x", q "1 $" / 0 - q "1 $" / 0)' >nan.lua
expect 0 nan.lua nan.lua
says err 'output "x" is not a number'
echo 'while true do end' >endless.lua
expect 4 lab.lua endless.lua --time-limit 1
echo 'assume("x", 1) error("no")' >broken.lua
expect 1 lab.lua broken.lua
says err "broken.lua:1: no"
cp lab.lua "odd:name.lua"
expect 0 lab.lua "odd:name.lua"
says out "B  odd:name.lua"
expect 0 lab.lua "odd:name.lua:bear"
says out "B  odd:name.lua, variant bear"

# --- Revisions.
git init -q repository && cd repository || exit 1
printf 'out\nerr\n' >.gitignore
commit() {
    git add -A && git -c user.name=a -c user.email=a@b.c commit -q -m "$1"
}
mkdir -p lab/parts other
cat >lab/parts/costs.lua <<'END'
return { factor = 1 }
END
cat >lab/scenario.lua <<'END'
local costs = require "parts/costs"
local a = assume { price = "10 $bn/yr", power = "2" }
output("cost", a.price * a.power * costs.factor)
variant("bear", { price = "12 $bn/yr" })
END
ln -s costs.lua lab/parts/link.lua
commit first
git tag v1.0
sed -i 's/factor = 1/factor = 3/' lab/parts/costs.lua
sed -i 's/price = "10/price = "11/' lab/scenario.lua
commit second
first=$(git rev-parse v1.0)
expect 0 v1.0:lab/scenario.lua lab/scenario.lua --json
json "d['subjects'][0]['commit'] == '$first' and d['subjects'][1]['commit'] is None"
json 'near(outputs["cost"][1]["difference"]["mean"], 46) and near(alone("cost")["price"], 2)'
json 'near(why["cost"]["rest"]["mean"], 44)'
expect 0 v1.0:lab/scenario.lua:bear HEAD:lab/scenario.lua:bear HEAD~1:lab/scenario.lua: --json
json '[s["variant"] for s in d["subjects"]] == ["bear", "bear", None]'
json 'near(outputs["cost"][1]["difference"]["mean"], 48) and near(outputs["cost"][2]["difference"]["mean"], -4)'
expect 0 v1.0:lab/scenario.lua lab/scenario.lua
says out "A  v1.0:lab/scenario.lua (${first:0:10})"
says out "the script itself"
expect 2 HEAD:lab/scenaro.lua lab/scenario.lua
says err 'revision "HEAD" has no file "lab/scenaro.lua"; did you mean HEAD:lab/scenario.lua?'
expect 2 nowhere:lab/scenario.lua lab/scenario.lua
says err 'the repository has no revision "nowhere"'
expect 2 --quiet -- lab/scenario.lua "--all:lab/scenario.lua"
says err 'the repository has no revision "--all"'
cd lab && expect 0 HEAD:./scenario.lua scenario.lua && says out "A  HEAD:lab/scenario.lua" && says out "the same: cost"
expect 0 HEAD:scenario.lua ../lab/scenario.lua
expect 0 HEAD:../lab/scenario.lua scenario.lua
expect 2 HEAD:../../lab/scenario.lua scenario.lua
cd ..
sed -i 's/factor = 3/factor = nil + 3/' lab/parts/costs.lua
commit broken
sed -i 's/factor = nil + 3/factor = 3/' lab/parts/costs.lua
expect 1 lab/scenario.lua HEAD:lab/scenario.lua
says err "HEAD:lab/parts/costs.lua:1: "
says err "1 | return { factor = nil + 3 }"
sed -i 's|parts/costs|parts/cost|' lab/scenario.lua
commit missing
expect 1 HEAD~1:lab/scenario.lua HEAD:lab/scenario.lua
sed -i 's|parts/cost|parts/link|' lab/scenario.lua
commit linked
expect 1 HEAD:lab/scenario.lua v1.0:lab/scenario.lua
says err "HEAD:lab/parts/link.lua is a symbolic link"
cp lab/scenario.lua top.lua
sed -i 's|parts/link|lab/parts/costs|' top.lua
commit top
expect 0 HEAD:top.lua top.lua
says out "the same: cost"
[ -z "$(git status --porcelain)" ] || complain "the repository has changed: $(git status --porcelain)"
[ -z "$(ls "$TMPDIR")" ] || complain "something is left in $TMPDIR"

# --- The examples of docs/compare.md: a command, then what it prints. Its script is lab.lua.
cd "$root" || exit 1
docs=$folder/docs
mkdir "$docs"
ln -s "$root/scripts" "$docs/scripts"
awk -v out="$docs/" '
    /^```lua$/                       { file = out "lab.lua"; next }
    /^    moat compare .*scripts\// || /^    moat compare --quiet/ { command = substr($0, 10); next }
    /^```text$/ && command != ""     { n++; print command > (out n ".command"); file = out n ".txt"; command = ""; next }
    /^```/                           { file = ""; next }
    file != ""                       { print > file }
' docs/compare.md
cd "$docs" || exit 1
for number in 1 2; do
    sh -c "'$moat' $(cat $number.command)" >out 2>&1 </dev/null
    diff -u $number.txt out >&2 || complain "docs/compare.md, example $number: moat $(cat $number.command)"
done

exit $((failures > 0))

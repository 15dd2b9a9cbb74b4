#!/bin/bash
# The command from outside: results, messages, exit statuses. $1 is the moat binary.
set -u
moat=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export LC_ALL=C.UTF-8
unset NO_COLOR COLUMNS
failures=0

complain() {
    failures=$((failures + 1))
    echo "cli.sh: $*" >&2
}

# expect STATUS ARGUMENT...: runs moat; standard output and error are in out and err.
expect() {
    local wanted=$1
    shift
    "$moat" "$@" >out 2>err </dev/null
    local status=$?
    [ $status -eq "$wanted" ] ||
        complain "moat $*: exit status $status, not $wanted: $(cat err)"
}

# says FILE TEXT: the text stands in the file.
says() {
    grep -qF -- "$2" "$1" || complain "$1 does not say '$2': $(cat "$1")"
}

lacks() {
    ! grep -qF -- "$2" "$1" || complain "$1 says '$2': $(cat "$1")"
}

silent() {
    [ ! -s "$1" ] || complain "$1 should be empty: $(cat "$1")"
}

# json FILE EXPRESSION: the expression of the parsed object d holds.
json() {
    python3 -c '
import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
series = {s["name"]: s for s in d.get("series", [])}
outputs = {o["name"]: o for o in d.get("outputs", [])}
assumptions = {a["name"]: a for a in d.get("assumptions", [])}
sys.exit(0 if eval(sys.argv[2]) else 1)' "$1" "$2" 2>/dev/null || complain "$1: not $2: $(head -c 300 "$1")"
}

cat >scenario.lua <<'END'
horizon { from = "2026-Q3", periods = 14, step = "quarter" }
local a = assume {
  price = { "12 to 15 $bn/GW/yr", source = "a footnote", note = "all-in", label = "Rent" },
  power = "2 GW",
  growth = "20 to 60 %/yr",
}
variant("bear", { price = "20 $bn/GW/yr" })
local cost = a.price * a.power
local revenue = series("$bn/yr", { [0] = "20 $bn/yr" })
for t in periods() do
  revenue[t] = revenue[t - 1] * (1 + a.growth * dt)
end
print("tracing")
output("cost", cost, { label = "Cost of compute" })
output("power", a.power)
output("margin", 1 - cost / revenue:last(), { unit = "%", label = "Margin, \"last\"" })
output("dear", cost:above("28 $bn/yr"))
output("pays", revenue:first_when(revenue:above(cost)))
output("revenue", revenue)
output("annual", revenue:annual("mean"))
END

# --- The table.
expect 0 run scenario.lua --samples 2000
silent err
for text in "tracing" "scenario.lua · 2,000 samples · seed 1 · random sampling · digest " \
    "mean" "5 %" "median" "95 %" "unit" "Cost of compute" '$bn/yr' "±" "2026-Q3" "2029-Q4" "2029" \
    "▁" "█"; do
    says out "$text"
done
lacks out $'\033'
grep -qE '^power +2 +GW$' out || complain "a constant stands once: $(grep power out)"
grep -qE '^dear +[0-9.]+ % ± [0-9.]+ %$' out || complain "a condition is a chance: $(grep dear out)"
grep -qE '^Margin, "last" +-?[0-9.]+ % ± ' out || complain "a margin is in per cent"
grep -qE '^pays .*20[0-9]{2}-Q[1-4]' out || complain "a date is a period: $(grep pays out)"
! grep -qE ' +$' out || complain "a line ends with blanks"
[ "$(wc -L <out)" -le 90 ] || complain "a line is too wide"
expect 0 run scenario.lua --samples 2000 --quiet --timing
lacks out "seed 1"
says out "trace "
LC_ALL=C expect 0 run scenario.lua --samples 2000
says out "scenario.lua, 2,000 samples"
says out "+-"
! LC_ALL=C grep -q '[^ -~]' out || complain "the C locale gets ASCII: $(cat out)"
expect 0 run scenario.lua --variant bear --seed 9 --sampling lhs
says out "seed 9 · lhs sampling · variant bear"

# --- JSON.
expect 0 run scenario.lua --json --samples 2000
says err "tracing"
lacks out "tracing"
json out 'list(d) == ["moat", "script", "script_sha256", "variant", "seed", "samples", "sampling",
    "digest", "assumptions", "outputs", "series"]'
json out 'd["script"] == "scenario.lua" and d["variant"] is None and d["seed"] == 1'
json out 'd["samples"] == 2000 and d["sampling"] == "random" and len(d["digest"]) == 32'
json out "d['script_sha256'] == '$(sha256sum <scenario.lua | cut -c1-64)'"
json out '[a["name"] for a in d["assumptions"]] == ["growth", "power", "price"]'
json out 'list(assumptions["power"]) == ["name", "unit", "text", "source", "mean", "p5", "p50", "p95"]'
json out 'assumptions["price"]["source"] == "a footnote" and assumptions["price"]["label"] == "Rent"'
json out 'assumptions["power"]["source"] is None and assumptions["power"]["mean"] == 2'
json out 'assumptions["price"]["unit"] == "$bn/GW/yr" and 12.5 < assumptions["price"]["mean"] < 14.5'
json out 'list(outputs["cost"])[:13] == ["name", "label", "unit", "mean", "sd", "mcse", "p5", "p25",
    "p50", "p75", "p95", "min", "max"]'
json out 'outputs["cost"]["min"] < outputs["cost"]["p5"] < outputs["cost"]["mean"] < 32'
json out 'outputs["margin"]["unit"] == "%" and outputs["margin"]["label"] == "Margin, \"last\""'
json out '0 <= outputs["dear"]["mean"] <= 1 and outputs["dear"]["unit"] == "1"'
json out 'list(series["revenue"]) [:10] == ["name", "label", "unit", "periods", "mean", "p5", "p25",
    "p50", "p75", "p95"]'
json out 'series["revenue"]["periods"][0] == "2026-Q3" and len(series["revenue"]["mean"]) == 14'
json out 'series["annual"]["periods"] == ["2026", "2027", "2028", "2029"]'
cp out first
expect 0 run scenario.lua --json --samples 2000 --threads 3
cmp -s first out || complain "the number of threads changes the results"
expect 0 run scenario.lua --json --samples 2000 --seed 2
json out "d['digest'] != '$(python3 -c 'import json; print(json.load(open("first"))["digest"])')'"
expect 0 run scenario.lua --json --timing
json out 'list(d["timing"]) == ["trace_ms", "compile_ms", "evaluate_ms", "summarise_ms", "allocate_ms"]'
expect 0 run scenario.lua --json --variant bear --set "power = 3 GW"
json out 'd["variant"] == "bear" and outputs["cost"]["mean"] == 60 and outputs["cost"]["sd"] == 0'
json out 'assumptions["power"]["text"].strip() == "3 GW" and assumptions["price"]["text"] == "20 $bn/GW/yr"'

cat >odd.lua <<'END'
local zero = assume("zero", "0 to 1")
output("undefined", (zero - zero) / (zero - zero))
output("infinite", 1 / (zero - zero))
END
expect 0 run odd.lua --json --samples 100
json out 'all(outputs["undefined"][k] is None for k in ["mean", "sd", "p5", "max"])'
json out 'outputs["infinite"]["p50"] is None'
says err 'output "undefined" is not a number in 100 samples'
expect 0 run odd.lua --csv --samples 100
says out "undefined,,1,,,,,,,,,,"
says out "infinite,,1,"

# --- CSV.
expect 0 run scenario.lua --csv --samples 2000
python3 - out first <<'END' || complain "the values of CSV and JSON differ"
import csv, json, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
d = json.load(open(sys.argv[2], encoding="utf-8"))
assert list(rows[0]) == "name period unit mean sd mcse p5 p25 p50 p75 p95 min max".split()
for o in d["outputs"]:
    [row] = [r for r in rows if r["name"] == o["name"]]
    assert row["period"] == "" and row["unit"] == o["unit"]
    assert o["p50"] is None or abs(float(row["p50"]) - o["p50"]) <= 1e-14 * abs(o["p50"])
for s in d["series"]:
    mine = [r for r in rows if r["name"] == s["name"]]
    assert [r["period"] for r in mine] == s["periods"]
    assert all(abs(float(r["mean"]) - m) <= 1e-14 * abs(m) for r, m in zip(mine, s["mean"]))
END

# --- Where results go.
expect 0 run scenario.lua --json --samples 2000 --output result.json
silent out
cmp -s first result.json || complain "a file holds something else than standard output"
expect 1 run scenario.lua --output missing/result.json
says err "missing/result.json"
ln -s result.json link.json
expect 0 run scenario.lua --csv --output link.json
[ -L link.json ] && head -1 result.json | grep -q '^name,period' || complain "a link is replaced"
cp result.json before.json
echo 'error("stop")' >stop.lua
expect 1 run stop.lua --output result.json
cmp -s before.json result.json || complain "a failed run changed the old results"
[ "$(find . -name '.result*')" = "" ] || complain "a temporary file is left"
"$moat" run scenario.lua >/dev/full 2>err
[ $? -eq 1 ] || complain "a full disk should give 1"
says err "No space"
"$moat" run scenario.lua --json 2>err | true
[ "${PIPESTATUS[0]}" -le 1 ] || complain "a closed pipe gives ${PIPESTATUS[0]}"
lacks err "Broken pipe"
"$moat" run - --json --quiet <scenario.lua >out 2>err || complain "standard input: $(cat err)"
json out 'd["script"] == "-" and outputs["power"]["mean"] == 2'
echo 'print("only this")' >print.lua
expect 0 run print.lua
says out "only this"
says err "declares no output"
expect 0 run print.lua --quiet
silent err

# --- Mistakes of the script.
printf 'local gw = q "1 GW"\nlocal revenue = q "2 $bn/yr"\n  local x = gw + revenue\n' >wrong.lua
expect 1 run wrong.lua
silent out
says err "moat: wrong.lua:3: "
says err 'GW'
says err '$bn/yr'
says err "     3 |   local x = gw + revenue"
echo 'local = 3' >syntax.lua
expect 1 run syntax.lua
says err "moat: syntax.lua:1: "

# --- Mistakes of the command line.
expect 2
says err "moat run FILE"
expect 2 run
expect 2 run nothing.lua
says err "nothing.lua"
expect 2 run . 
expect 2 run scenario.lua --smaples 3
says err "did you mean --samples?"
expect 2 run scenario.lua --samples 0
expect 2 run scenario.lua --set prize=3
says err 'no assumption named "prize"; did you mean "price"?'
expect 2 run scenario.lua --set elephant=3
says err 'no assumption named "elephant"'
expect 2 run scenario.lua --variant baer
says err 'no variant named "baer"; did you mean "bear"?'
expect 2 run scenario.lua --set "price=3 GW"
says err '--set: assumption "price" is in $bn/GW/yr'
lacks err "scenario.lua:2"
expect 2 run scenario.lua --set 'price=3 $bn/'
says err '"price"'
for command in report repl compare check; do
    expect 2 "$command" scenario.lua
    says err "no \"moat $command\" yet"
done
expect 2 rnu scenario.lua
says err "did you mean run?"
expect 2 --verson
says err "did you mean --version?"
MOAT_ISA=abacus expect 2 run scenario.lua
says err "abacus"

# --- Help.
for words in "--help" "help"; do
    expect 0 $words
    says out "moat run FILE"
    lacks out "report"
done
for words in "run --help" "help run"; do
    expect 0 $words
    says out "--memory-limit"
    says out "Examples"
done
expect 0 --version
says out "moat 0."
says out "Lua 5.4."
says out "SLEEF 3."
says out "instruction set "

# --- Limits and Ctrl-C.
echo 'while true do end' >endless.lua
expect 4 run endless.lua --time-limit 0.3
says err "0.3 s of processor time"
cat >large.lua <<'END'
local x = assume("x", "1 to 2")
for i = 1, 40 do output("y" .. i, x * i) end
END
expect 4 run large.lua --samples 4_000_000 --memory-limit 200M
says err "memory"
cat >heavy.lua <<'END'
local x = assume("x", "0.1 to 0.9")
local y = x
for i = 1, 3000 do y = y * x + 1 end
output("y", y)
END
for script in endless.lua heavy.lua; do
    # Shells start background jobs with SIGINT ignored; env brings the default back.
    env --default-signal=INT "$moat" run "$script" --samples 2e7 --time-limit 20 \
        >out 2>err &
    sleep 0.4
    kill -INT $!
    wait $!
    status=$?
    [ $status -eq 130 ] || complain "Ctrl-C in $script gives $status: $(cat err)"
    says err "interrupted"
done

[ $failures -eq 0 ]

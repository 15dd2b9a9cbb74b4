#!/bin/bash
# The command from outside: results, messages, exit statuses. $1 is the moat binary.
set -u
moat=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
. "$(dirname "$0")/shared/processes.sh"
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
expect 0 run scenario.lua --variant bear --set 'power=3 GW' --set 'growth = 50 %/yr' --samples 1
says out "1 sample · seed 1 · random sampling · variant bear · set power = 3 GW · set growth = 50 %/yr · digest "

# --- Constants, dates, shares, narrow screens.
cat >plain.lua <<'END'
horizon { from = "2026-Q3", periods = 14, step = "quarter" }
local growth = assume("growth", "20 to 60 %/yr")
local revenue = grow("20 $bn/yr", growth)
output("market", q "61.7283945 $/W" * q "2 GW")
output("spread", growth * q "1 yr", { unit = "bp" })
output("share", growth * q "1 yr", { unit = "%" })
output("at once", revenue:first_when(revenue:above("1 $bn/yr")))
output("perhaps", revenue:first_when(revenue:above("60 $bn/yr")))
output("flat", walk("still", { start = "5 $bn", drift = "0 $bn/yr", volatility = "0 $bn/yr^0.5" }))
output("revenue of the whole firm, all lines of business", revenue)
END
expect 0 run plain.lua --samples 2000
grep -qE '^market +123\.457 +\$bn$' out || complain "a constant has six figures: $(grep market out)"
grep -qE '^spread +[0-9,]+ bp ± [0-9]+ bp +[0-9,]+ bp ' out || complain "bp is not like %"
grep -qE '^share +[0-9.]+ % ± [0-9.]+ % +[0-9.]+ % ' out || complain "% is not beside the number"
grep -qE '^flat +\$bn +value( +5)+$' out || complain "what does not vary has one row: $(cat out)"
python3 - out <<'END' || complain "a date that is the same in all samples is no median: $(cat out)"
import sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
heading = next(line for line in lines if "median" in line)
end = heading.index("median") + len("median")
once = next(line for line in lines if line.startswith("at once"))
perhaps = next(line for line in lines if line.startswith("perhaps"))
assert once.split() == ["at", "once", "2026-Q3"] and len(once) == end
assert len(perhaps[:end].split()) == 3 and "never in " in perhaps
END
for columns in 45 60 72 100; do
    COLUMNS=$columns expect 0 run plain.lua --samples 2000 --set 'growth=20 to 60 %/yr'
    [ "$(wc -L <out)" -le $columns ] || complain "a line is wider than $columns columns: $(cat out)"
    says out "never in "
    says out "median"
    [ $columns -ge 60 ] || lacks out "±"
done
says out "±"
expect 0 run plain.lua --samples 2000 --json
json out 'list(outputs["perhaps"])[-3:] == ["digest", "dates", "never"]'
json out 'outputs["perhaps"]["dates"]["p5"].startswith("20") and outputs["perhaps"]["p95"] is None'
json out 'list(outputs["perhaps"]["dates"]) == ["p5", "p25", "p50", "p75", "p95"]'
json out 'outputs["perhaps"]["dates"]["p95"] is None and 0.2 < outputs["perhaps"]["never"] < 0.8'
json out 'outputs["at once"]["dates"]["p95"] == "2026-Q3" and outputs["at once"]["never"] == 0'
json out '"dates" not in outputs["share"] and "never" not in outputs["share"]'

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
json out 'd["seed"] == 2'
expect 0 run scenario.lua --json --samples 20 --seed 18446744073709551615
json out 'd["seed"] == "18446744073709551615"'
expect 0 run scenario.lua --json --samples 2000 --seed 2
json out "d['digest'] != '$(python3 -c 'import json; print(json.load(open("first"))["digest"])')'"
expect 0 run scenario.lua --json --timing
json out 'list(d["timing"]) == ["trace_ms", "compile_ms", "evaluate_ms", "summarise_ms", "allocate_ms"]'
expect 0 run scenario.lua --json --variant bear --set "power = 3 GW"
json out 'd["variant"] == "bear" and outputs["cost"]["mean"] == 60 and outputs["cost"]["sd"] == 0'
json out 'list(d)[-1] == "set" and d["set"] == [{"name": "power", "text": "3 GW"}]'
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
silent err
echo 'local nothing = 1' >empty.lua
expect 0 run empty.lua
says err "declares no output"
expect 0 run empty.lua --quiet
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
lacks err "single quotes"
expect 2 run scenario.lua --set 'price=3 $bn'
lacks err "single quotes"
expect 2 run scenario.lua --set "price=9 to 11 /GW/yr"
says err "single quotes, as in --set 'NAME=5 \$bn/GW/yr'"
expect 2 run scenario.lua --set "power=3 MWh"
lacks err "single quotes"
expect 2 run scenario.lua --variant own
says err 'named "own"; it has "bear"'
cat >shares.lua <<'END'
local margin = assume("margin", "60 to 70 %")
local spread = assume("spread", "100 bp")
variant("bear", { margin = "50 %" })
variant("bull", { margin = "80 %" })
variant("own_it", { margin = "70 %" })
output("rest", 1 - margin - spread)
END
expect 2 run shares.lua --variant own
says err 'no variant named "own"; it has "bear", "bull" and "own_it"'
expect 0 run shares.lua --set margin=60
says err "warning: --set margin=60 has no unit, while the script writes margin in %: 60 is 6000 %"
expect 0 run shares.lua --set 'margin=0.5 to 0.7' --set spread=0
says err "margin in %: 1 is 100 %"
lacks err "spread"
expect 0 run shares.lua --set margin=60 --set 'margin=60 %' --set 'spread = 0.5 %'
silent err
expect 2 run shares.lua --variant bear --variant bull
says err '"bear" and "bull"'
expect 2 run shares.lua --sampl 5
says err "did you mean --samples or --sampling?"
expect 2 run scenario.lua --set 'price=3 $bn/'
says err '"price"'
expect 2 rnu scenario.lua
says err "did you mean run?"
expect 2 shares.lua
says err "moat run shares.lua"
expect 2 elsewhere.lua
says err "moat run elsewhere.lua"
expect 2 run shares
says err "there is no shares; did you mean shares.lua?"
expect 2 --verson
says err "did you mean --version?"
MOAT_ISA=abacus expect 2 run scenario.lua
says err "abacus"

# --- Help.
for words in "--help" "-h" "help"; do
    expect 0 $words
    says out "moat run FILE"
    says out "moat report FILE"
    lacks out '"$'
done
for words in "run --help" "run -h" "help run"; do
    expect 0 $words
    says out "--memory-limit"
    says out "Examples"
    says out "--set 'gw_price=18 \$bn/GW/yr'"
done
for words in "--version" "-V"; do
    expect 0 $words
    says out "moat 0."
    says out "Lua 5.4."
    says out "SLEEF 3."
    says out "instruction set "
done

for words in "--help" "--version" "run --help"; do
    "$moat" $words >/dev/full 2>err
    [ $? -eq 1 ] || complain "moat $words to a full disk should give 1"
    says err "moat: cannot write to standard output: No space left on device"
    exec 3> >(true)
    wait $! # until nobody reads
    "$moat" $words >&3 2>err
    status=$?
    exec 3>&-
    [ $status -eq 1 ] || complain "moat $words to a closed pipe gives $status"
    silent err
done

# --- Files that are none, and files that a script names.
mkfifo pipe.lua
mkdir kind.lua
for file in pipe.lua kind.lua /dev/zero; do
    timeout 5 "$moat" run $file >out 2>err </dev/null
    [ $? -eq 2 ] || complain "moat run $file: $(cat err)"
    says err "cannot read $file: it is "
done
echo 'require "pipe"' >wants.lua
timeout 5 "$moat" run wants.lua >out 2>err </dev/null
[ $? -eq 1 ] || complain "require of a FIFO: $(cat err)"
says err "wants.lua:1: ./pipe.lua cannot be read: it is not a regular file"
printf '\n\nlocal x = q "1 $" + q "1 GW" -- here\n' >bad.lua
echo 'require "bad"' >wants.lua
expect 1 run wants.lua
says err "moat: ./bad.lua:3: cannot add"
says err '     3 | local x = q "1 $" + q "1 GW" -- here'
echo 'load("\n\nlocal x = q[[1 $]] + q[[1 GW]]", "@/etc/passwd")()' >curious.lua
expect 1 run curious.lua
says err 'moat: [string "/etc/passwd"]:3: cannot add'
[ "$(wc -l <err)" -eq 1 ] || complain "a script shows a file: $(cat err)"
echo 'load("\n\nerror(0)", "=bad.lua")()' >curious.lua
expect 1 run curious.lua
lacks err "here"

# --- What differs from process to process elsewhere.
cat >order.lua <<'END'
local t = {}
for i = 1, 300 do t["k" .. i * 7919 % 1000] = i end
local keys = {}
for k in next, t do keys[#keys + 1] = k end
table.sort(keys, function(a, b) return #a < #b end)
print(table.concat(keys, " "))
END
expect 0 run order.lua
cp out first
for _ in 1 2 3 4 5; do
    expect 0 run order.lua
    cmp -s first out || complain "the order of keys differs from run to run"
done

# --- Limits and Ctrl-C.
echo 'while true do end' >endless.lua
expect 4 run endless.lua --time-limit 0.3
says err "moat: endless.lua:1: stopped after 0.3 s of processor time; --time-limit SECONDS"
printf '\nlocal function f() while true do end end\nwhile true do pcall(f) end\n' >caught.lua
printf '\nlocal function f() while true do end end\nwhile true do xpcall(f, f) end\n' >handled.lua
cat >threads.lua <<'END'
local resume, create = coroutine.resume, coroutine.create
local function f() while true do end end
while true do resume(create(f)) pcall(coroutine.wrap(f)) end
END
for script in endless caught handled threads; do
    started=$(date +%s%N)
    expect 4 run $script.lua --time-limit 1
    [ $(($(date +%s%N) - started)) -lt 20000000000 ] || complain "$script.lua ends late"
    line=2
    [ $script = endless ] && line=1
    says err "moat: $script.lua:$line: stopped after 1 s of processor time"
done
cat >large.lua <<'END'
local x = assume("x", "1 to 2")
for i = 1, 4000 do output("y" .. i, x * i) end
END
expect 4 run large.lua --samples 4_000_000_000 --memory-limit 200M
says err "4000000000 samples of 4001 results take"
fitting=$(grep -oE '[0-9]+ samples would fit' err | grep -oE '^[0-9]+')
# A sanitizer's own memory counts too, and is not foreseen.
if [ -z "${MOAT_SANITIZE-}" ]; then
    expect 0 run large.lua --samples "${fitting:-0}" --memory-limit 200M --csv
fi
cat >looks.lua <<'END'
horizon { periods = 4000, step = "month" }
print(pcall(summary, noise "x"))
END
expect 4 run looks.lua --samples 4e9
says err "looks.lua:2: 4000000000 samples of 4000 results take"
cat >greedy.lua <<'END'
local kept = {}
for i = 1, 1e9 do kept[i] = { i } end
END
expect 4 run greedy.lua --memory-limit 200M
# Some sanitizers keep so much more than what is asked for that the watch is first to notice.
words="the script needs more than the memory limit of 200 MiB; --memory-limit"
[ -z "${MOAT_SANITIZE-}" ] || words="--memory-limit SIZE allows more"
says err "$words"
says err "moat: greedy.lua:2: "
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
    await_watch $! || complain "nobody watches $script"
    sleep 0.2
    kill -INT $!
    wait $!
    status=$?
    [ $status -eq 130 ] || complain "Ctrl-C in $script gives $status: $(cat err)"
    says err "interrupted"
    [ $script != endless.lua ] || says err "moat: endless.lua:1: interrupted"
done

[ $failures -eq 0 ]

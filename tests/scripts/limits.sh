#!/usr/bin/env bash
# The limit of time holds in every part of a run, and Ctrl-C too; what takes the output away ends
# it; nothing hangs when it has ended. Times are those of the processor: other programs may be busy.
set -u
moat=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/shared/processes.sh"
cd "$work" || exit 1
failures=0
slack=0.25
[ -z "${MOAT_SANITIZE-}" ] || slack=4

complain() {
    failures=$((failures + 1))
    echo "limits.sh: $*" >&2
}

# timed NAME LIMIT STATUS ARGUMENT...: ends with the status, not later than the limit allows.
timed() {
    local name=$1 limit=$2 wanted=$3 status
    shift 3
    TIMEFORMAT='%U %S'
    { time "$moat" "$@" --threads 1 --time-limit "$limit" >out 2>err; } 2>used
    status=$?
    [ $status -eq "$wanted" ] || complain "$name: exit status $status: $(head -c 300 err)"
    awk -v most="$limit" -v slack=$slack '{ exit !($1 + $2 > most + slack) }' used &&
        complain "$name: $(cat used) s at a limit of $limit s"
}

# says NAME TEXT
says() {
    grep -qF -- "$2" err || complain "$1 does not say '$2': $(head -c 300 err)"
}

echo 'while true do end' >tracing.lua
echo 'string.find(("a"):rep(1e5), (".-"):rep(8) .. "b")' >matching.lua
echo 'local text = ("x = 1 "):rep(1e6) while true do load(text) end' >parsing.lua
cat >graph.lua <<'END'
horizon { periods = 50000, step = "month" }
local x = noise "x"
for i = 1, 20 do x = x * 0.5 + i end
output("x", x)
END
cat >evaluating.lua <<'END'
local x = assume("x", "1 to 2")
local y = x
for i = 1, 200 do y = exp(-y) + x ^ 0.5 end
output("y", y)
END
cat >wide.lua <<'END'
horizon { periods = 2000, step = "month" }
local x = noise "x"
output("x", x)
END
for part in tracing matching parsing; do
    timed $part 0.4 4 run $part.lua
    says $part "moat: $part.lua:1: stopped after 0.4 s of processor time"
done
timed compiling 0.4 4 run graph.lua --samples 10
timed evaluating 0.4 4 run evaluating.lua --samples 1e8
timed streaming 0.4 4 run wide.lua --samples 1e7
# Its results alone take longer to render than it may take.
cat >rendering.lua <<'END'
horizon { periods = 20000, step = "month" }
local x = noise "x"
for i = 1, 40 do output("x" .. i, x) end
END
timed rendering 1.5 4 run rendering.lua --samples 1 --json --output result.json
[ ! -e result.json ] || complain "a run that was stopped has written its results"

# A graph of millions of nodes ends in one of the two ways.
cat >millions.lua <<'END'
horizon { periods = 100000, step = "month" }
local x = noise "x"
for i = 1, 100 do x = x * 0.5 + i end
output("last", x:last())
END
"$moat" run millions.lua --samples 10 --memory-limit 200M >out 2>err
[ $? -eq 4 ] || complain "ten million nodes in 200 MiB: $(head -c 300 err)"
# Some sanitizers keep so much more than what is asked for that the watch is first to notice.
words="millions.lua:3: the model's graph would take"
[ -z "${MOAT_SANITIZE-}" ] || words="millions.lua:3: "
says millions "$words"
says millions "--memory-limit SIZE allows more"

# A heap of millions of objects is not freed one by one.
cat >heap.lua <<'END'
local kept = {}
for i = 1, 1e9 do kept[i] = { i } end
END
"$moat" run heap.lua --memory-limit 300M --time-limit 60 >out 2>err
[ $? -eq 4 ] || complain "a heap of 300 MiB: $(head -c 300 err)"
words="heap.lua:2: the script needs more than the memory limit of 300 MiB"
[ -z "${MOAT_SANITIZE-}" ] || words="heap.lua:2: "
says heap "$words"

# interrupt NAME FILE SIGNAL STATUS ARGUMENT...: the time is that of a clock, and generous.
interrupt() {
    local name=$1 signal=$2 wanted=$3 status started
    shift 3
    env --default-signal=INT --default-signal=TERM "$moat" "$@" >out 2>err </dev/null &
    await_watch $! || complain "nobody watches $name"
    sleep 0.3 # so that it is where it is to be interrupted; it ends in the same way before
    started=$(date +%s%N)
    kill -"$signal" $!
    wait $! 2>/dev/null
    status=$?
    [ $status -eq "$wanted" ] || complain "SIG$signal in $name gives $status: $(head -c 300 err)"
    [ $((($(date +%s%N) - started) / 1000000)) -lt 5000 ] || complain "SIG$signal in $name takes long"
}
for part in tracing matching parsing; do
    interrupt $part INT 130 run $part.lua --time-limit 20
    says $part "interrupted"
    interrupt $part TERM 143 run $part.lua --time-limit 20
done
interrupt evaluating INT 130 run evaluating.lua --samples 1e9 --time-limit 20
interrupt session INT 130 repl --eval "$(cat matching.lua)"

# What a script prints is taken by nobody.
echo 'while true do print(("x"):rep(100)) end' >printing.lua
timeout 60 "$moat" run printing.lua --time-limit 50 2>err | head -n 1 >out
[ "${PIPESTATUS[0]}" -eq 1 ] || complain "a closed pipe does not end the run"
[ ! -s err ] || complain "a closed pipe is told: $(cat err)"
timeout 60 "$moat" run printing.lua --time-limit 50 >/dev/full 2>err
[ $? -eq 1 ] || complain "a full disk does not end the run"
says printing "cannot write to standard output: No space left on device"
"$moat" run evaluating.lua --samples 10 >/dev/full 2>err
[ $? -eq 1 ] || complain "a full disk is no failure"
"$moat" run evaluating.lua --samples 10 --output /dev/full 2>err
[ $? -eq 1 ] || complain "a full device is no failure"
"$moat" run evaluating.lua --samples 10 >&- 2>err
[ $? -eq 1 ] || complain "a closed output is no failure: $(cat err)"

# Without the sandbox there is a warning, and Lua as it is.
echo 'print(io ~= nil, string.dump ~= nil, q "1 $")' >open.lua
"$moat" run open.lua --no-sandbox >out 2>err || complain "--no-sandbox fails: $(cat err)"
says open "without its sandbox a script can read and write files and run programs"
grep -q '^true	true' out || complain "--no-sandbox gives $(cat out)"
exit $((failures > 0))

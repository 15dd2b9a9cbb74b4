#!/usr/bin/env bash
# Whatever ends the command while it writes, its file is the old one or the new one, and nothing is
# left beside it.
set -u
moat=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

complain() {
    failures=$((failures + 1))
    echo "kills.sh: $*" >&2
}

cat >wide.lua <<'END'
local x = assume("x", "1 to 2 $")
for i = 1, 1500 do output("y" .. i, x * i) end
END
mkdir folder
"$moat" run wide.lua --samples 20 --seed 1 --json --output first.json || complain "the first run fails"
started=$(date +%s%N)
"$moat" run wide.lua --samples 20 --seed 2 --json --output second.json || complain "the second run fails"
whole=$((($(date +%s%N) - started) / 1000))

# The later half of a run is where it renders and writes.
cp first.json folder/result.json
killed=0
for try in $(seq 1 50); do
    "$moat" run wide.lua --samples 20 --seed $((try % 2 + 1)) --json --output folder/result.json \
        2>/dev/null &
    delay=$((whole / 2 + whole * try / 80))
    sleep "$((delay / 1000000)).$(printf %06d $((delay % 1000000)))"
    kill -KILL $! 2>/dev/null
    wait $! 2>/dev/null
    [ $? -ne 137 ] || killed=$((killed + 1))
    cmp -s folder/result.json first.json || cmp -s folder/result.json second.json ||
        complain "after kill $try the file is neither the old one nor the new one"
done
[ $killed -gt 0 ] || complain "nothing was killed"
# A name is there for the moment between two calls of the system: not more than once in 50 times,
# and on file systems without unnamed files as long as is written.
left=$(find folder -type f ! -name result.json | wc -l)
[ "$left" -le 1 ] || [ "$(stat -f -c %T folder)" = overlayfs ] ||
    complain "$left files are left: $(ls -A folder)"

# A failure leaves what there was, and nothing else.
rm -rf folder && mkdir folder && cp first.json folder/result.json
chmod 500 folder
if [ "$(id -u)" != 0 ]; then # root may write everywhere
    "$moat" run wide.lua --samples 20 --json --output folder/result.json 2>err && complain "writes nowhere"
fi
chmod 700 folder
(ulimit -f 1 && trap '' XFSZ && "$moat" run wide.lua --samples 20 --json --output folder/result.json) 2>err
[ $? -eq 1 ] || complain "a file that cannot be written is no failure: $(cat err)"
grep -q "cannot write .*folder/result.json: File too large" err || complain "does not say so: $(cat err)"
cmp -s folder/result.json first.json || complain "a failure changes the old file"
[ "$(ls -A folder)" = result.json ] || complain "a failure leaves $(ls -A folder)"

# Ctrl-C and the end of a session, at any time.
for signal in INT TERM; do
    for delay in 4 8 12; do
        env --default-signal=$signal "$moat" run wide.lua --samples 20 --json \
            --output folder/result.json >/dev/null 2>err &
        sleep "0.0$(printf %02d $delay)"
        kill -$signal $! 2>/dev/null
        wait $! 2>/dev/null
        grep -q '^}' folder/result.json || complain "after SIG$signal the file is not whole"
        [ "$(ls -A folder)" = result.json ] || complain "SIG$signal leaves $(ls -A folder)"
    done
done
exit $((failures > 0))

#!/usr/bin/env bash
# A script that makes a million nodes runs, is right, and takes a time in proportion.
set -u
moat=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/million.lua" <<'END'
local x = assume("x", "uniform(1, 2)")
local y = x
for _ = 1, 500000 do
  y = y * 0.5 + x
end
output { error = abs(y / (2 * x) - 1) }
END

if ! "$moat" run "$work/million.lua" --samples 100 --time-limit 0 --json --timing >"$work/out"; then
    echo "a million nodes: exit status $?"
    exit 1
fi
figure() { # its name: the last that has it
    sed -n "s/.*\"$1\": *\([-+.e0-9]*\).*/\1/p" "$work/out" | tail -n 1
}
# The time of tracing and compiling, in microseconds a node: ten times what it should be, as other
# programs may be busy; far less than anything that grows with the square.
awk -v error="$(figure max)" -v ms="$(figure trace_ms) $(figure compile_ms)" \
    -v slow="${MOAT_SANITIZE:+20}" '
    BEGIN {
        split(ms, part)
        each = (part[1] + part[2]) * 1e3 / 1e6
        limit = 15 * (slow == "" ? 1 : slow)
        if (error == "" || error > 1e-15) { print "the million nodes give an error of", error; exit 1 }
        if (each <= 0 || each > limit) { print each, "us a node, not up to", limit; exit 1 }
    }'

#!/usr/bin/env bash
# Draws belong to names: an assumption more, another order of lines, another variant move no
# other output by a bit.
set -u
moat=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

digest_of() { # script output [options]: the digest of that output
    local script=$1 output=$2
    shift 2
    "$moat" run "$script" --samples 3000 --json "$@" | grep -A 20 "\"name\": \"$output\"" |
        sed -n 's/.*"digest": "\([0-9a-f]*\)".*/\1/p' | head -n 1
}

expect() { # what, digest, digest, same or different
    local relation=different
    [ -n "$2" ] && [ "$2" = "$3" ] && relation=same
    if [ "$relation" != "$4" ]; then
        echo "$1: the digests are $relation ($2, $3)"
        failures=$((failures + 1))
    fi
}

cat >"$work/before.lua" <<'END'
horizon { periods = 6 }
local a = assume { price = "10 to 20 $", volume = "1 to 3 1" }
output("income", a.price * a.volume)
output("path", walk("path", { start = "1 $", volatility = "2 $" }):last())
variant("dear", { price = "30 to 40 $" })
END
cat >"$work/after.lua" <<'END'
horizon { periods = 6 }
local new = assume { tax = "10 to 30 %", another = dist.gamma(2, 3) }
local shocks = noise "shocks"
local path = walk("path", { start = "1 $", volatility = "2 $" })
local volume = assume("volume", "1 to 3 1")
local price = assume("price", "10 to 20 $")
output("path", path:last())
output("taxed", price * volume * (1 - new.tax) + new.another * "1 $" * shocks[1])
output("income", price * volume)
variant("dear", { price = "30 to 40 $" })
END

for sampling in random lhs sobol; do
    for output in income path; do
        expect "$sampling: $output with other lines" \
            "$(digest_of "$work/before.lua" $output --sampling $sampling)" \
            "$(digest_of "$work/after.lua" $output --sampling $sampling)" same
    done
    expect "$sampling: path in a variant" "$(digest_of "$work/before.lua" path)" \
        "$(digest_of "$work/before.lua" path --variant dear)" same
    expect "$sampling: income in a variant" "$(digest_of "$work/before.lua" income)" \
        "$(digest_of "$work/before.lua" income --variant dear)" different
    expect "$sampling: another seed" "$(digest_of "$work/before.lua" path)" \
        "$(digest_of "$work/before.lua" path --seed 2)" different
done
exit $((failures > 0))

#!/usr/bin/env bash
# What a run takes does not grow with its samples as their values do, and the values of a run that
# keeps none are as good: warnings, digests and shares of all samples are the same.
set -u
moat=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

complain() {
    failures=$((failures + 1))
    echo "memory.sh: $*" >&2
}

# peak ARGUMENT...: runs moat; prints the most that it had in memory, in MiB.
peak() {
    python3 - "$moat" "$@" <<'END'
import resource, subprocess, sys
with open("out", "w") as out, open("err", "w") as err:
    status = subprocess.run(sys.argv[1:], stdout=out, stderr=err).returncode
if status != 0:
    sys.exit(open("err").read())
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
END
}

# 101 results of 700,000 samples: 539 MiB of values.
cat >wide.lua <<'END'
horizon { periods = 100, step = "month" }
local shocks = noise "shocks"
output("path", shocks:cumsum())
output("last", shocks:cumsum():last())
END
used=$(peak run wide.lua --samples 700000 --quiet) || complain "wide.lua: $used"
# A sanitizer's own memory counts too.
if [ -z "${MOAT_SANITIZE-}" ]; then
    [ "${used:-1000}" -lt 200 ] || complain "wide.lua took $used MiB"
    "$moat" run wide.lua --samples 700000 --memory-limit 200M --quiet >within 2>&1 ||
        complain "wide.lua within 200 MiB: $(cat within)"
    cmp -s out within || complain "a limit changes figures: $(diff out within)"
fi

# Few results of a million samples are kept, many are not: what both show is the same.
cat >few.lua <<'END'
horizon { from = "2026", periods = 3, step = "year" }
local x = assume("x", "-1 to 1")
local grown = series "1"
for t in periods() do grown[t] = x * t end
output("root", (x + 1.5) ^ 0.5)
output("never", grown:first_when(grown:above(1)))
output("shape", x)
END
cat few.lua - >many.lua <<'END'
for i = 1, 80 do output("more" .. i, x * i) end
END
for script in few many; do
    "$moat" run $script.lua --samples 1000000 --csv 2>&1 | grep -E '^moat|root|never|shape' >$script.csv
    "$moat" run $script.lua --samples 1000000 --quiet 2>&1 | grep -oE 'never in [0-9]+ %|[▁▂▃▄▅▆▇█]{8,}$' |
        head -n 2 >$script.txt
done
[ "$(wc -l <few.txt)" -eq 2 ] || complain "no share and no shape: $(cat few.txt)"
grep -q '"root" is not a number in [0-9,]* samples' few.csv || complain "no warning: $(cat few.csv)"
diff few.csv many.csv >&2 || complain "figures differ where values are not kept"
diff few.txt many.txt >&2 || complain "shares or shapes differ where values are not kept"

exit $((failures > 0))

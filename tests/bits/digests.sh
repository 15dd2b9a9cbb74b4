#!/usr/bin/env bash
# Prints a line for each scenario and way of sampling: the digest of all values and a checksum of
# everything that is shown of them, summaries included.
#
#   tests/bits/digests.sh MOAT [OPTION of `moat run`]...
set -euo pipefail
moat=$(realpath "$1")
shift
cd "$(dirname "$0")/../.."

# Those in parts/ are required by others.
scenarios() {
    find scripts tests/bits -name '*.lua' -not -path '*/parts/*' | LC_ALL=C sort
}

for script in $(scenarios); do
    for sampling in random lhs sobol; do
        if ! results=$("$moat" run "$script" --quiet --json --sampling $sampling "$@" 2>&1); then
            printf '%s does not run:\n%s\n' "$script" "$results" >&2
            exit 1
        fi
        digest=$(sed -n 's/.*"digest": *"\([0-9a-f]*\)".*/\1/p' <<<"$results" | head -n 1)
        printf '%s %s %s %s\n' "$script" $sampling "$digest" \
            "$(cksum <<<"$results" | cut -d ' ' -f 1)"
    done
done

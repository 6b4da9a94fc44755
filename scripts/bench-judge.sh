#!/usr/bin/env bash
# Measures judging and prints rows for the table of scripts/bench.sh: one
# application from what was read of it, a check of what was read and settled
# before, a window of 1,000 judged again. CACHE names the folder of the cache.
set -euo pipefail
cd "$(dirname "$0")/.."
export OMP_THREAD_LIMIT=1
cache=${CACHE:-$(mktemp -d)}
[ -x bin/hequan ] || { echo "bench: bin/hequan is not built: run make build" >&2; exit 1; }

# cpu COMMAND…: user + system seconds; hequan says 1 where it found something.
cpu() {
	local TIMEFORMAT='%U %S' spent
	spent=$({ time "$@" >/dev/null 2>&1 || [ $? -eq 1 ]; } 2>&1)
	echo "$spent" | awk '{printf "%.2f\n", $1 + $2}'
}
verdict() { awk -v v="$1" -v t="$2" 'BEGIN{print (v <= t) ? "met" : "**missed**"}'; }
# most NAME UNIT FILE: the largest figure of that unit of the benchmarks of that name.
most() { awk -v n="^Benchmark$1" -v u="$2" '$1 ~ n { for (i = 2; i <= NF; i++) if ($i == u && $(i-1) > most) most = $(i-1) } END{printf "%.1f", most + 0}' "$3"; }

out=$(mktemp)
trap 'rm -f "$out"' EXIT
bin/hequan check --cache "$cache" samples/demo >/dev/null 2>&1 || [ $? -eq 1 ] # read and settled once
rm -rf "$cache/documents"
settling=$(cpu bin/hequan check --cache "$cache" samples/demo)
settled=$(cpu bin/hequan check --cache "$cache" samples/demo)
applications=$(find samples/demo -mindepth 1 -maxdepth 1 -type d | wc -l)
per() { awk -v a="$1" -v n="$applications" 'BEGIN{printf "%.2f", a / n}'; }

go test ./checks -run '^$' -bench 'Judge' -benchtime 200x >"$out"
judge=$(most Judge cpu-ms/op "$out")
go test ./cmd/hequan -run '^$' -bench 'Recheck' -benchtime 1x -timeout 9m >"$out"
again=$(most Recheck cpu-s/op "$out")

echo "| CPU milliseconds to judge one application from what was read of it (slowest of the four modes) | $judge | | | ≤ 5 | $(verdict "$judge" 5) |"
echo "| CPU seconds of \`recheck\` on a window of 1,000 applications, from the file of reports to the difference (on two cores half of it is waited for) | $again | | | ≤ 20 | $(verdict "$again" 20) |"
echo "| CPU seconds of \`check\` for an application of \`samples/demo\`, read and settled before | $(per "$settled") | | | | |"
echo "| the same, read before but names and seals not settled | $(per "$settling") | | | | |"

#!/usr/bin/env bash
# Measures a fleet and prints the tables of docs/scaling.md. PAGES and CPU are
# pages an application and CPU seconds a scanned page for the simulation.
set -euo pipefail
cd "$(dirname "$0")/.."
export OMP_THREAD_LIMIT=1
echo "load before: $(cut -d' ' -f1-3 /proc/loadavg)"
HEQUAN_BENCH=1 go test ./drills -run 'TestBench$' -count=1 -timeout 30m -v | grep --line-buffered -oE '\| .*\||^(ok|FAIL|---).*' || true
go test ./checks -run '^$' -bench Alike -benchtime 1x | grep Benchmark
echo "| applications | cores | wait at most | judged after the last hour | people wait at worst |"
for n in 1000 10000 1000000; do
	for cores in 2 16 128 1024; do
		awk -v applications=$n -v cores=$cores -v pages="${PAGES:-30}" -v cpu="${CPU:-2.8}" -f scripts/simulate-queue.awk
	done
done
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg)"

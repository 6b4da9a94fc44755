#!/usr/bin/env bash
# Measures finding and tying of seals, and what tells pasted ones, straight on the pictures of fresh sample
# applications and prints the table of docs/benchmarks.md. SEEDS, COUNT and FACES (one, various) choose the applications,
# which are kept below var/seals.
set -euo pipefail
cd "$(dirname "$0")/.."
export OMP_THREAD_LIMIT=1

count=${COUNT:-3}
faces=${FACES:-one}
dirs=()
for seed in ${SEEDS:-541 542}; do
	dir=$PWD/var/seals/$faces-$seed-$count
	if [ ! -f "$dir/done" ]; then
		rm -rf "$dir"
		bin/hequan samples generate --seed "$seed" --count "$count" --faults none --scans scan --seal-faces "$faces" -o "$dir" >&2
		touch "$dir/done"
	fi
	dirs+=("$dir")
done
HEQUAN_SEALS=$(IFS=,; echo "${dirs[*]}") go test ./pipeline -count=1 -timeout 60m -run 'TestSealFigures|TestTwinFigures' -v | grep '^|'

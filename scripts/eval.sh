#!/usr/bin/env bash
# Makes the applications of samples/seeds.tsv, scores what is read of them, and
# writes the measures into docs/benchmarks.md between their markers. Both
# applications and readings are kept below var/eval: a run that was interrupted
# goes on where it ended. EVAL_DIR is another folder, EVAL_SEEDS another list.
set -euo pipefail
cd "$(dirname "$0")/.."
export OMP_THREAD_LIMIT=1

dir=${EVAL_DIR:-var/eval}
seeds=${EVAL_SEEDS:-samples/seeds.tsv}
set=$dir/set
[ -x bin/hequan ] || { echo "eval: bin/hequan is not built: run make build" >&2; exit 1; }
mkdir -p "$dir"

nice -n 5 bin/hequan samples generate --seeds "$seeds" -o "$set"
nice -n 5 bin/hequan eval --cache "$dir/cache" --worst 200 --worst-file "$dir/worst.html" --parts "$dir" "$set"

{
	echo
	echo "$(ls "$set" | grep -c '^2026H1-') applications of \`$seeds\`, at commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown), $(tesseract --version 2>&1 | head -n 1)."
	for part in all usual held-back from-truth; do
		case $part in
		all) title="All of them" ;;
		usual) title="The usual layouts" ;;
		held-back) title="Layouts and wordings that are held back" ;;
		from-truth) title="The labels judged as if everything had been read without fault" ;;
		esac
		printf '\n%s:\n\n```\n' "$title"
		cat "$dir/$part.txt"
		echo '```'
	done
	echo
} >"$dir/table.md"
awk -v table="$dir/table.md" '
	/<!-- eval:begin -->/ { print; while ((getline line < table) > 0) print line; skip = 1; next }
	/<!-- eval:end -->/ { skip = 0 }
	!skip' docs/benchmarks.md >"$dir/benchmarks.md"
cp "$dir/benchmarks.md" docs/benchmarks.md
{
	echo "# Figures by field, column and rule"
	echo
	echo "Written by \`make eval\` together with the tables of [benchmarks.md](benchmarks.md), where the causes of the misses stand."
	printf '\n```\n'
	cat "$dir/score.txt"
	echo '```'
} >docs/figures.md
cat "$dir/table.md"
echo "the worst misses with their crops: $dir/worst.html; every measure by field and rule: $dir/score.txt"

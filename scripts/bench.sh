#!/usr/bin/env bash
# Measures speed and memory, prints a table and writes it into docs/benchmarks.md
# between its markers. Targets that are missed are told; the exit status is 0
# whenever everything could be measured. Nothing here is a test.
set -euo pipefail
cd "$(dirname "$0")/.."
export OMP_THREAD_LIMIT=1

runs=${RUNS:-3}   # the median of so many counts
pages=${PAGES:-6} # scanned A4 pages at least

missing=()
command -v ocrmypdf >/dev/null || missing+=(ocrmypdf)
command -v pdfunite >/dev/null || missing+=(poppler-utils)
if [ ${#missing[@]} -gt 0 ]; then
	as_root=()
	[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
	echo "bench: installing ${missing[*]}" >&2
	log=$(mktemp)
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1 || {
		tail -n 5 "$log" >&2
		echo "bench: these packages are needed to compare with; install them and try again: apt-get install ${missing[*]}" >&2
		exit 1
	}
fi
[ -x bin/hequan ] || { echo "bench: bin/hequan is not built: run make build" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The pages: upright scanned A4 PDFs of the demo applications, in the order of
# their names, until there are enough; and one page with a text layer.
scans=() taken=0 born=
while IFS= read -r f; do
	read -r n w h < <(pdfinfo "$f" | awk '/^Pages:/{n=$2} /^Page size:/{w=$3; h=$5} END{print n, int(w), int(h)}')
	letters=$(pdftotext "$f" - 2>/dev/null | tr -d '[:space:]' | wc -m)
	if [ "$letters" -gt 100 ]; then
		[ -n "$born" ] || born=$f
	elif [ "$letters" -eq 0 ] && [ "$w" -ge 590 ] && [ "$w" -le 600 ] && [ "$h" -ge 836 ] && [ "$h" -le 846 ] && [ "$taken" -lt "$pages" ]; then
		scans+=("$f")
		taken=$((taken + n))
	fi
done < <(find samples/demo -name '*.pdf' | LC_ALL=C sort)
[ "$taken" -ge 5 ] || { echo "bench: samples/demo holds only $taken scanned A4 pages" >&2; exit 1; }
[ -n "$born" ] || { echo "bench: samples/demo holds no PDF with a text layer" >&2; exit 1; }
if [ ${#scans[@]} -eq 1 ]; then cp "${scans[0]}" "$work/scan.pdf"; else pdfunite "${scans[@]}" "$work/scan.pdf"; fi
pdfseparate -f 1 -l 1 "$born" "$work/born.pdf"

# cpu COMMAND…: user + system seconds of a command and the processes that it waited for.
cpu() {
	local TIMEFORMAT='%U %S' status=0 spent
	spent=$({ time "$@" >"$work/out" 2>"$work/err" || echo $? >"$work/status"; } 2>&1)
	if [ -s "$work/status" ]; then
		status=$(cat "$work/status")
		rm -f "$work/status"
		# hequan says 1 where it found something.
		if [ "$status" -ne 1 ] || [[ $1 != *hequan ]]; then
			echo "bench: $* ended with $status: $(tail -n 3 "$work/err")" >&2
			exit 1
		fi
	fi
	echo "$spent" | awk '{printf "%.2f\n", $1 + $2}'
}
median() { sort -n | awk '{v[NR]=$1} END{print (NR % 2) ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }
per() { awk -v a="$1" -v b="$2" 'BEGIN{printf "%.2f", a / b}'; }
verdict() { awk -v v="$1" -v t="$2" 'BEGIN{print (v < t) ? "met" : "**missed**"}'; }

# PDFium is compiled once for a machine; that is not part of a page.
bin/hequan check --cache "$work/cache" "$work/born.pdf" >/dev/null || [ $? -eq 1 ]

ours=() theirs=()
for i in $(seq "$runs"); do # in turn, so that what else the machine does hits both
	ours+=("$(cpu bin/hequan check --no-cache --cache "$work/cache" --jobs 2 "$work/scan.pdf")")
	theirs+=("$(cpu ocrmypdf -l chi_sim+eng --force-ocr --jobs 2 "$work/scan.pdf" "$work/ocr.pdf")")
	echo "run $i: hequan ${ours[-1]} s, ocrmypdf ${theirs[-1]} s for $taken pages" >&2
done
a=$(per "$(printf '%s\n' "${ours[@]}" | median)" "$taken")
b=$(per "$(printf '%s\n' "${theirs[@]}" | median)" "$taken")
ratio=$(per "$a" "$b")

# Peak memory: the highest VmHWM seen of any reader child while an application is read.
app=$(find samples/demo -mindepth 1 -maxdepth 1 -type d | LC_ALL=C sort | head -n 1)
bin/hequan check --no-cache --cache "$work/cache" --jobs 2 "$app" >/dev/null 2>&1 &
parent=$!
peak=0
while kill -0 "$parent" 2>/dev/null; do
	for pid in $(cat "/proc/$parent/task/"*/children 2>/dev/null); do
		kb=$(awk '/^VmHWM/{print $2}' "/proc/$pid/status" 2>/dev/null) || continue
		[ "${kb:-0}" -le "$peak" ] || peak=$kb
	done
	sleep 0.2
done
wait "$parent" || [ $? -eq 1 ]
peak=$((peak / 1024))

cold=$(for _ in $(seq "$runs"); do cpu bin/hequan check --no-cache --cache "$work/cache" "$work/born.pdf"; done | median)
warm=$(for _ in $(seq "$runs"); do cpu bin/hequan check --cache "$work/cache" "$work/born.pdf"; done | median)

CACHE="$work/cache" scripts/bench-judge.sh >"$work/judging"

{
	echo "| what | hequan | compared with | ratio | target | |"
	echo "| --- | --- | --- | --- | --- | --- |"
	echo "| CPU seconds per scanned A4 page ($taken pages, all of \`check\`) | $a | $b (ocrmypdf) | $ratio | < 0.50 | $(verdict "$ratio" 0.5) |"
	echo "| peak memory of one reader child, MB (\`$app\`) | $peak | | | < 400 | $(verdict "$peak" 400) |"
	echo "| CPU seconds of \`check\` on one born-digital page, read before | $warm | | | < 1 | $(verdict "$warm" 1) |"
	echo "| the same page, not read before | $cold | | | | |"
	cat "$work/judging"
	echo
	echo "$(nproc --all) cores of $(awk -F': ' '/^model name/{print $2; exit}' /proc/cpuinfo), $(tesseract --version 2>&1 | head -n 1), ocrmypdf $(ocrmypdf --version 2>&1 | head -n 1), median of $runs."
} >"$work/table"
cat "$work/table"

awk -v table="$work/table" '
	/<!-- bench:begin -->/ { print; print ""; while ((getline line < table) > 0) print line; print ""; skip = 1; next }
	/<!-- bench:end -->/ { skip = 0 }
	!skip { print }' docs/benchmarks.md >"$work/benchmarks.md"
cat "$work/benchmarks.md" >docs/benchmarks.md

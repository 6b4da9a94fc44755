#!/usr/bin/env bash
# Compares which QR codes of invoices hequan and zbarimg read: scripts/bench-qr.sh DIR
# DIR holds applications with a truth.json each, as `hequan samples generate` makes
# them. zbarimg is shown each page as a picture of 200 and of 300 dpi. Nothing here is a test.
set -euo pipefail
export OMP_THREAD_LIMIT=1
dir=${1:?which folder of applications? scripts/bench-qr.sh DIR}
hequan=${HEQUAN:-$(dirname "$0")/../bin/hequan}

missing=()
command -v zbarimg >/dev/null || missing+=(zbar-tools)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v jq >/dev/null || missing+=(jq)
if [ ${#missing[@]} -gt 0 ]; then
	as_root=()
	[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >/dev/null
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pages=0 ours=0 theirs=0 both=0
while IFS= read -r truth; do
	app=$(dirname "$truth")
	while IFS=$'\t' read -r file first last payload; do
		pages=$((pages + 1)) a=0 b=0
		"$hequan" read --format json "$app/$file" >"$work/read.json" || true
		if jq -e --arg q "$payload" --argjson a "$first" --argjson b "$last" \
			'any(.pages[]? | select(.info.page >= $a and .info.page <= $b) | .codes[]?; .payload == $q)' "$work/read.json" >/dev/null; then
			a=1
		fi
		rm -f "$work"/page*
		case ${file,,} in
		*.pdf) for dpi in 200 300; do pdftoppm -r $dpi -f "$first" -l "$last" -png "$app/$file" "$work/page$dpi" 2>/dev/null; done ;;
		*.ofd | *.xml) pages=$((pages - 1)); continue ;; # zbarimg opens neither
		*) cp "$app/$file" "$work/page.${file##*.}" ;;
		esac
		# A picture of many pages is shown whole; zbarimg tells every code in it.
		zbarimg -q --raw "$work"/page* >"$work/codes" 2>/dev/null || true
		if grep -qxF -- "$payload" "$work/codes"; then b=1; fi
		ours=$((ours + a)) theirs=$((theirs + b)) both=$((both + a * b))
		[ "$a" = 1 ] || echo "not read by hequan$([ "$b" = 1 ] && echo ', read by zbarimg'): $app/$file page $first" >&2
	done < <(jq -r '.documents[] | select(.kind == "invoice") | . as $d | (.fields[]? | select(.name == "qr")) | [$d.file, $d.pages[0], $d.pages[1], .value] | @tsv' "$truth")
done < <(find "$dir" -name truth.json | LC_ALL=C sort)
[ "$pages" -gt 0 ] || { echo "bench-qr: no invoice with a QR code in $dir" >&2; exit 1; }
echo "invoices with a QR code: $pages; read by hequan: $ours ($((100 * ours / pages)) %), by zbarimg: $theirs ($((100 * theirs / pages)) %), by both: $both"

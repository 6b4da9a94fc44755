#!/usr/bin/env bash
# Checks the sample applications and shows their reports.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p var/demo
for app in samples/demo/*/; do
	id=$(basename "$app")
	status=0
	bin/hequan check "$app" --filings samples/demo/filings.tsv --format html -o "var/demo/$id.html" || status=$?
	[ "$status" -le 1 ] || exit "$status"
	bin/hequan check "$app" --filings samples/demo/filings.tsv --format json -o "var/demo/$id.json" || true
	bin/hequan check "$app" --filings samples/demo/filings.tsv || true
	echo
	echo "    带原页截图的报告：$PWD/var/demo/$id.html"
	echo
done

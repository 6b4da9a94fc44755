#!/usr/bin/env bash
# Runs every fuzz test for FUZZTIME (a minute each) and stops at the first that
# finds something; Go then keeps what it found below testdata/fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."
export OMP_THREAD_LIMIT=1

grep -rl '^func Fuzz' --include='*_test.go' . | sort | while read -r file; do
	grep -o '^func Fuzz[A-Za-z0-9]*' "$file" | cut -d' ' -f2 | while read -r name; do
		echo "$name (${file#./})"
		go test "./$(dirname "$file")" -run '^$' -fuzz "^$name\$" -fuzztime "${FUZZTIME:-60s}" -parallel 2 </dev/null
	done
done

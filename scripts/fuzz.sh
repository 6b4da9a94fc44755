#!/usr/bin/env bash
# Runs fuzz tests for FUZZTIME (a minute each): those named, else every one, and
# stops at the first that finds something; Go then keeps what it found below
# testdata/fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."
export OMP_THREAD_LIMIT=1

out=$(mktemp)
trap 'rm -f "$out"' EXIT

grep -rl '^func Fuzz' --include='*_test.go' . | sort | while read -r file; do
	grep -o '^func Fuzz[A-Za-z0-9]*' "$file" | cut -d' ' -f2 | while read -r name; do
		[ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
		echo "$name (${file#./}), ${FUZZTIME:-60s}"
		if ! go test "./$(dirname "$file")" -run '^$' -fuzz "^$name\$" -fuzztime "${FUZZTIME:-60s}" -parallel 2 </dev/null >"$out" 2>&1; then
			# Go's fuzzer now and then takes the end of its own time for a failure (golang.org/issue/56238).
			if ! grep -q 'context deadline exceeded' "$out" || grep -q 'Failing input written' "$out"; then
				cat "$out"
				exit 1
			fi
		fi
		tail -n 2 "$out"
	done
done

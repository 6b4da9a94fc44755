#!/usr/bin/env bash
# Builds what is committed twice, in two folders, and compares the programs: the
# same sources, Go and C libraries give the same bytes. Modules are compared with
# go.sum first. Nothing is fetched that is not there.
set -euo pipefail
cd "$(dirname "$0")/.."
export GOPROXY=off
go mod verify
dir=$(mktemp -d)
trap 'git worktree remove --force "$dir/one" 2>/dev/null || true; git worktree remove --force "$dir/two" 2>/dev/null || true; rm -rf "$dir"' EXIT
for n in one two; do
	git worktree add --quiet --detach "$dir/$n" HEAD
	(cd "$dir/$n" && go build -trimpath -o "$dir/hequan-$n" ./cmd/hequan)
done
cmp "$dir/hequan-one" "$dir/hequan-two"
sha256sum "$dir/hequan-one" | sed "s|$dir/hequan-one|hequan at $(git rev-parse --short HEAD), twice the same|"

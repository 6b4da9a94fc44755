#!/usr/bin/env bash
# Installs what is missing on Debian 12: scripts/setup.sh run|test
# "run" is what hequan needs to work, "test" adds what its tests need.
# It asks nothing, does nothing where all is there, and where it may not
# install names the command that would.
set -euo pipefail
cd "$(dirname "$0")/.."

what=${1:-run}

run_packages=(
	gcc pkg-config libtesseract-dev libleptonica-dev
	tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng tesseract-ocr-osd
	fonts-noto-cjk fonts-arphic-ukai fonts-arphic-uming fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-zenhei
)
test_packages=(redis-server redis-sentinel postgresql faketime chromium poppler-utils fonts-noto-cjk-extra fonts-wqy-microhei fonts-urw-base35)

command -v npm >/dev/null || run_packages+=(npm)

packages=("${run_packages[@]}")
[ "$what" = test ] && packages+=("${test_packages[@]}")

# The checker of accessibility that tests run inside Chromium; it is never part of the product.
# Where it can't be had, its test is skipped and says so.
axe() {
	[ "$what" = test ] && [ ! -f var/npm/node_modules/axe-core/axe.min.js ] || return 0
	npm install --prefix var/npm --no-save --no-audit --no-fund --loglevel=error axe-core@4.10.3 >/dev/null ||
		echo "setup: axe-core could not be fetched; the test of accessibility will be skipped" >&2
}

missing=()
for p in "${packages[@]}"; do
	dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing+=("$p")
done

if ! command -v go >/dev/null; then
	echo "setup: Go is missing: install Go 1.26 or newer from https://go.dev/dl/ and put it on the PATH." >&2
	exit 1
fi
if [ ${#missing[@]} -eq 0 ]; then
	scripts/lines.sh
	axe
	exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
	if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
		as_root=(sudo -n)
	else
		echo "setup: these packages are missing and only root may install them. Run:" >&2
		echo "    sudo apt-get install --no-install-recommends ${missing[*]}" >&2
		exit 1
	fi
fi
if ! command -v apt-get >/dev/null; then
	echo "setup: these Debian packages are missing and there is no apt-get here: ${missing[*]}" >&2
	exit 1
fi

echo "setup: installing ${missing[*]}"
log=$(mktemp)
install() {
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1
}
# Package lists may be absent or old on a fresh machine.
if ! install && ! { "${as_root[@]}" apt-get update >>"$log" 2>&1 && install; }; then
	tail -n 20 "$log" >&2
	echo "setup: the packages could not be installed (whole log: $log)" >&2
	exit 1
fi
rm -f "$log"
scripts/lines.sh
axe

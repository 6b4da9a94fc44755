#!/usr/bin/env bash
# Trains the recognisers of numbers in internal/ocr/models:
#   scripts/models.sh smoke DIR   a minute: lines, records, training, an integer model
#   scripts/models.sh real DIR    hours on one core; goes on where it stopped
# DIR keeps lines, checkpoints and typefaces; nothing is written into the
# repository. docs/models.md says what comes out and how to put it in.
set -euo pipefail

mode=${1:?smoke or real}
dir=${2:?folder for lines and checkpoints}
bin=${HEQUAN:-bin/hequan}
export OMP_THREAD_LIMIT=1

# lines of each net, iterations of B, of A, and at the lower rate
case $mode in
smoke) count=400 shard=400 steps_b=200 steps_a=100 start=50 drop=50 ;;
real) count=${LINES:-32000} shard=4000 steps_b=${STEPS_B:-100000} steps_a=${STEPS_A:-65000} start=3000 drop=${DROP:-20000} ;;
*) echo "models: $mode? smoke or real" >&2; exit 1 ;;
esac
for tool in unicharset_extractor combine_lang_model lstmtraining; do
	command -v "$tool" >/dev/null || { echo "models: $tool is missing: apt-get install tesseract-ocr" >&2; exit 1; }
done
mkdir -p "$dir/lang" "$dir/proto" "$dir/ck"

# Typefaces are unpacked, not installed: what a browser draws here stays as it is.
fonts=/
if [ "$mode" = real ]; then
	fonts=$dir/fonts
	if [ ! -e "$fonts/complete" ]; then
		mkdir -p "$dir/debs" "$fonts"
		for package in $("$bin" samples lines --packages); do
			(cd "$dir/debs" && { ls "$package"_*.deb >/dev/null 2>&1 || apt-get download "$package"; })
		done
		for deb in "$dir"/debs/*.deb; do
			# Nothing but typefaces is wanted; a package may lack one of the endings.
			dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$fonts" --wildcards '*.ttf' '*.otf' '*.ttc' 2>/dev/null || true
		done
		touch "$fonts/complete"
	fi
fi

draw() { GOGC=60 "$bin" samples lines "$dir/$1" --fonts "$fonts" --seed "$2" --count "$count" --shard "$shard" "${@:3}"; }
draw b 1
draw a 2
draw short 3 --short
ls "$dir"/b/*.lstmf "$dir"/a/*.lstmf >"$dir/b.list"
ls -r "$dir"/a/*.lstmf "$dir"/b/*.lstmf >"$dir/a.list"
ls "$dir"/short/*.lstmf >"$dir/short.list"

proto=$dir/proto/numbers/numbers.traineddata
if [ ! -e "$proto" ]; then
	unicharset_extractor --output_unicharset "$dir/lang/numbers.unicharset" --norm_mode 1 "$dir/b/charset.txt"
	echo '# none' >"$dir/lang/radical-stroke.txt" # must be there and not be empty
	combine_lang_model --input_unicharset "$dir/lang/numbers.unicharset" --script_dir "$dir/lang" \
		--output_dir "$dir/proto" --lang numbers --pass_through_recoder
fi
classes=$(head -n 1 "$dir/proto/numbers/numbers.unicharset")

# train NAME LIST ITERATIONS RATE [more]: goes on from its own checkpoint if there is one.
train() {
	lstmtraining --traineddata "$proto" --model_output "$dir/ck/$1" --train_listfile "$dir/$2.list" \
		--max_iterations "$3" --learning_rate "$4" --max_image_MB 3000 "${@:5}"
}
# finish NAME LIST: the lower rate, the model in integers.
finish() {
	[ -e "$dir/ck/$1-low_checkpoint" ] && from=() || from=(--continue_from "$dir/ck/$1_checkpoint" --reset_learning_rate)
	train "$1-low" "$2" "$drop" 0.0003 "${from[@]}"
	lstmtraining --stop_training --convert_to_int --continue_from "$dir/ck/$1-low_checkpoint" --traineddata "$proto" \
		--model_output "$dir/numbers-$1.traineddata"
	ls -l "$dir/numbers-$1.traineddata"
}

train b b "$steps_b" 0.002 --net_spec "[1,36,0,1 Ct3,3,16 Mp3,3 Lfys32 Lfx64 Lrx64 Lfx96 O1c$classes]"

# A keeps B's convolution and upright layer; the layers that read are its own.
own="[Lfx96 Lrx96 Lfx128 O1c$classes]"
if [ ! -e "$dir/ck/a_checkpoint" ]; then
	train a short "$start" 0.002 --continue_from "$dir/ck/b_checkpoint" --append_index 3 --net_spec "$own"
fi
train a a "$steps_a" 0.002 --net_spec "$own"
finish b b
finish a a

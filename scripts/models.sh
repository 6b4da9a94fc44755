#!/usr/bin/env bash
# Trains the recognisers in internal/ocr/models:
#   scripts/models.sh smoke DIR   two minutes: every step in miniature
#   scripts/models.sh real DIR    hours on one core; goes on where it stopped
# The recognisers of numbers train on from what the repository holds, or from
# nothing with ANEW=1; the recogniser of text begins with Debian's chi_sim, or
# goes on from the repository's with ON=1.
# DIR keeps lines, checkpoints and typefaces; nothing is written into the
# repository. docs/models.md says what comes out and how to put it in.
set -euo pipefail

mode=${1:?smoke or real}
dir=${2:?folder for lines and checkpoints}
bin=${HEQUAN:-bin/hequan}
models=$(cd "$(dirname "$0")/.." && pwd)/internal/ocr/models
seed=${SEED:-11} # of the lines of numbers; others than last time
export OMP_THREAD_LIMIT=1

# lines of a set, lines a file, iterations: anew of B and A, on, at the lower rate; of text
case $mode in
smoke) count=300 shard=300 steps_b=100 steps_a=60 start=30 on=60 drop=30 texts=100 steps_t=20 drop_t=10 ANEW=1 ;;
real) count=${LINES:-40000} shard=4000 steps_b=${STEPS_B:-100000} steps_a=${STEPS_A:-65000} start=3000 on=${STEPS:-90000} drop=${DROP:-20000} texts=${TEXTS:-40000} steps_t=${STEPS_T:-20000} drop_t=${DROP_T:-6000} ;;
*) echo "models: $mode? smoke or real" >&2; exit 1 ;;
esac
for tool in unicharset_extractor combine_lang_model combine_tessdata lstmtraining; do
	command -v "$tool" >/dev/null || { echo "models: $tool is missing: apt-get install tesseract-ocr" >&2; exit 1; }
done
chi_sim=$(ls /usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata | tail -n 1)
mkdir -p "$dir/lang" "$dir/proto" "$dir/ck" "$dir/text" "$dir/debs"

# fetch PACKAGE: its .deb; it is unpacked, not installed: what a browser draws here stays as it is.
fetch() { (cd "$dir/debs" && { ls "$1"_*.deb >/dev/null 2>&1 || apt-get download "$1"; }); }
fonts=/
if [ "$mode" = real ]; then
	fonts=$dir/fonts
	if [ ! -e "$fonts/complete" ]; then
		mkdir -p "$fonts"
		for package in $("$bin" samples lines --packages); do
			fetch "$package"
			# Nothing but typefaces is wanted; a package may lack one of the endings.
			dpkg-deb --fsys-tarfile "$dir/debs/$package"_*.deb | tar -x -C "$fonts" --wildcards '*.ttf' '*.otf' '*.ttc' 2>/dev/null || true
		done
		touch "$fonts/complete"
	fi
fi
words=$dir/words.txt # how often which word occurs
if [ "$mode" = smoke ]; then
	printf '%s\n' '服务 900 vn' '模型 800 n' '我们 700 r' '北京 90 ns' '大兴 20 ns' >"$words" # in its form; nothing is learned from it
elif [ ! -e "$words" ]; then
	fetch python3-jieba
	dpkg-deb --fsys-tarfile "$dir"/debs/python3-jieba_*.deb | tar -x -O ./usr/lib/python3/dist-packages/jieba/dict.txt >"$words.part"
	mv "$words.part" "$words"
fi

draw() { GOGC=60 "$bin" samples lines "$dir/$1" --fonts "$fonts" --seed "$2" --count "$3" --shard "$shard" "${@:4}"; }
list() { ls "$dir/$1"/*.lstmf >"$dir/$1.list"; }

# train NAME LIST PROTO ITERATIONS RATE [more]: goes on from its own checkpoint if there is one.
train() {
	lstmtraining --traineddata "$3" --model_output "$dir/ck/$1" --train_listfile "$dir/$2.list" \
		--max_iterations "$4" --learning_rate "$5" --max_image_MB 4000 "${@:6}"
}
# finish NAME LIST PROTO ITERATIONS RATE MODEL: the lower rate, the model in integers.
finish() {
	[ -e "$dir/ck/$1-low_checkpoint" ] && from=() || from=(--continue_from "$dir/ck/$1_checkpoint" --reset_learning_rate)
	train "$1-low" "$2" "$3" "$4" "$5" "${from[@]}"
	lstmtraining --stop_training --convert_to_int --continue_from "$dir/ck/$1-low_checkpoint" --traineddata "$3" --model_output "$dir/$6.traineddata"
	ls -l "$dir/$6.traineddata"
}

# anew: both nets from nothing; A keeps B's convolution and upright layer, the layers that read are its own.
anew() {
	draw short 3 "$count" --short
	list short
	proto=$dir/proto/numbers/numbers.traineddata
	if [ ! -e "$proto" ]; then
		unicharset_extractor --output_unicharset "$dir/lang/numbers.unicharset" --norm_mode 1 "$dir/b/charset.txt"
		echo '# none' >"$dir/lang/radical-stroke.txt" # must be there and not be empty
		combine_lang_model --input_unicharset "$dir/lang/numbers.unicharset" --script_dir "$dir/lang" \
			--output_dir "$dir/proto" --lang numbers --pass_through_recoder
	fi
	classes=$(head -n 1 "$dir/proto/numbers/numbers.unicharset")
	train b b "$proto" "$steps_b" 0.002 --net_spec "[1,36,0,1 Ct3,3,16 Mp3,3 Lfys32 Lfx64 Lrx64 Lfx96 O1c$classes]"
	own="[Lfx96 Lrx96 Lfx128 O1c$classes]"
	if [ ! -e "$dir/ck/a_checkpoint" ]; then
		train a short "$proto" "$start" 0.002 --continue_from "$dir/ck/b_checkpoint" --append_index 3 --net_spec "$own"
	fi
	train a a "$proto" "$steps_a" 0.002 --net_spec "$own"
	finish b b "$proto" "$drop" 0.0003 numbers-b
	finish a a "$proto" "$drop" 0.0003 numbers-a
}

# onward NET: trains on from the repository's integers.
onward() {
	proto=$models/numbers-$1.traineddata
	from=()
	if [ ! -e "$dir/ck/$1_checkpoint" ]; then
		combine_tessdata -u "$proto" "$dir/lang/$1." >/dev/null
		"$bin" samples floats "$dir/lang/$1.lstm" "$dir/lang/$1.float.lstm"
		from=(--continue_from "$dir/lang/$1.float.lstm" --reset_learning_rate)
	fi
	train "$1" "$1" "$proto" "$on" 0.001 "${from[@]}"
	finish "$1" "$1" "$proto" "$drop" 0.0002 "numbers-$1"
}

# text: chi_sim with the characters it lacks, trained on.
text() {
	draw t "${SEED:-21}" "$texts" --words "$words"
	list t
	proto=$dir/text/text.traineddata
	old=$chi_sim
	[ -z "${ON:-}" ] || old=$models/text.traineddata
	from=()
	if [ ! -e "$dir/ck/t_checkpoint" ]; then
		combine_tessdata -u "$old" "$dir/text/text." >/dev/null
		"$bin" samples floats "$dir/text/text.lstm" "$dir/text/float.lstm"
		"$bin" samples widen "$dir/text/text.lstm-unicharset" "$dir/text/text.lstm-recoder" "$dir/t/charset.txt"
		combine_tessdata "$dir/text/text." >/dev/null
		from=(--continue_from "$dir/text/float.lstm" --old_traineddata "$old" --reset_learning_rate)
	fi
	train t t "$proto" "$steps_t" 0.0003 "${from[@]}"
	finish t t "$proto" "$drop_t" 0.0001 text
}

draw b "$seed" "$count"
draw a "$((seed + 1))" "$count"
ls "$dir"/b/*.lstmf "$dir"/a/*.lstmf >"$dir/b.list"
ls -r "$dir"/a/*.lstmf "$dir"/b/*.lstmf >"$dir/a.list"
if [ -n "${ANEW:-}" ]; then anew; fi
if [ "$mode" = smoke ] || [ -z "${ANEW:-}" ]; then
	if [ "$mode" = smoke ]; then rm -f "$dir"/ck/[ab]_checkpoint "$dir"/ck/[ab]-low_checkpoint; fi # the other road, too
	onward b
	onward a
fi
text

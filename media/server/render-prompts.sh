#!/bin/sh
# Prompts as audio: render-prompts.sh PROMPTS_DIRECTORY OUT_DIRECTORY. One folder a language, 8 kHz mono, as Asterisk looks
# for them; `hold/` is the music of a caller who waits. The image build and the tests run this same script.
# A recording of your own voice replaces a file of the same name.
set -eu
prompts=$1
out=$2
for file in "$prompts"/*.txt; do
  language=$(basename "$file" .txt)
  mkdir -p "$out/$language"
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    # Each language speaks with espeak-ng's voice of that name.
    espeak-ng -v "$language" -s 150 --stdout "${line#*: }" |
      sox -V1 -t wav - -r 8000 -c 1 -b 16 "$out/$language/${line%%:*}.wav" gain -n -6 pad 0.1 0.1
  done <"$file"
  # What a recorded caller hears every quarter of a minute where the mode is `beep`.
  sox -V1 -n -r 8000 -c 1 -b 16 "$out/$language/beep.wav" synth 0.2 sine 1400 gain -12 fade 0.01 0.2 0.01
done
mkdir -p "$out/hold"
sox -V1 -n -r 8000 -c 1 -b 16 "$out/hold/hold.wav" \
  synth 2 pluck 262 synth 2 pluck mix 330 synth 2 pluck mix 392 gain -n -15 repeat 7

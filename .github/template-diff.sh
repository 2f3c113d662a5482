#!/usr/bin/env bash
# Prints a pull request's comment: what voicecell said of its templates, what became of the posture, and how the templates
# differ from those of the base.
# usage: template-diff.sh BASE PROPOSED SUMMARY [POSTURE]
#   BASE, PROPOSED  folders of `voicecell synth --out`; one without templates is said to have none
#   SUMMARY         what that command printed of the proposal
#   POSTURE         file of `voicecell audit --diff-out`; one that is not there is said to be missing
set -euo pipefail
export LC_ALL=C

base=$1 proposed=$2 summary=$3 posture=${4:-}

# GitHub takes 65,536 characters. A byte is a character at most.
SUMMARY_BYTES=6000
STAT_BYTES=8000
DIFF_BYTES=45000

# Longer than any run of backticks that a template or a finding could begin a line with.
FENCE='``````'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

templates() {
  mkdir "$work/$2"
  [ ! -d "$1" ] || (cd "$1" && find . -name '*.template.json' -exec cp --parents --target-directory="$work/$2" {} +)
}

count() {
  find "$work/$1" -type f | wc -l
}

# Whole lines, as many as fit: a fence behind half a line would not close.
fit() {
  awk -v room="$1" '
    { room -= length($0) + 1; if (room < 0) left++; else print }
    END { if (left) print "... and " left " lines more" }'
}

fenced() {
  echo "$FENCE$1"
  cat
  echo "$FENCE"
}

# The same text whatever the settings of who runs it. That something differs is no failure; anything else is.
compare() {
  GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 \
    git -C "$work" diff --no-index --no-color --no-prefix "$@" base proposed || [ $? -eq 1 ]
}

differences() {
  echo '<details><summary>What changes</summary>'
  echo
  {
    compare --stat=120 | fit "$STAT_BYTES"
    compare --unified=2 | fit "$DIFF_BYTES"
  } | fenced diff
  echo '</details>'
}

# It is whole, and has its own bound: what it takes is what the differences have less.
posture() {
  if [ -f "$posture" ]; then
    DIFF_BYTES=$((DIFF_BYTES - $(LC_ALL=C.UTF-8 wc -m < "$posture")))
    cat "$posture"
  else
    echo '### Posture'
    echo 'There are not two postures to compare: the audit of the base or of the change could not run.'
  fi
  echo
}

templates "$base" base
templates "$proposed" proposed

echo '<!-- voicecell templates -->'
[ -z "$posture" ] || posture
echo '### Templates'
tail -n 20 "$summary" | fit "$SUMMARY_BYTES" | fenced text

if [ "$(count proposed)" -eq 0 ]; then
  echo 'The proposed change gives no templates.'
  exit
fi
if [ "$(count base)" -eq 0 ]; then
  echo 'The base gives no templates to compare with: all are new.'
fi
if [ "$(compare --name-only | wc -l)" -eq 0 ]; then
  echo "No change in $(count proposed) templates."
else
  differences
fi

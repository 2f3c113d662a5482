#!/bin/sh
# Copies what is missing or of another size; a node that has the weights already starts in seconds.
# `complete` is written last, so that a half copied model is never taken for a whole one.
set -eu

# The prefix names the revision: a finished copy of it can never be stale.
if [ "$(cat "$WEIGHTS_PATH/complete" 2>/dev/null)" = "$WEIGHTS_PREFIX" ]; then
  echo "load: $WEIGHTS_PREFIX is here already"
  exit 0
fi
rm -f "$WEIGHTS_PATH/complete"
aws s3 sync --only-show-errors --delete "s3://$WEIGHTS_BUCKET/$WEIGHTS_PREFIX" "$WEIGHTS_PATH"
cd "$WEIGHTS_PATH"
if [ ! -f SHA256SUMS ]; then
  echo "load: $WEIGHTS_PREFIX has no SHA256SUMS: run voicecell weights stage, or sha256sum for weights of your own" >&2
  exit 1
fi
sha256sum --check --strict --quiet SHA256SUMS
echo "$WEIGHTS_PREFIX" >complete
echo "load: copied $WEIGHTS_PREFIX"

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
echo "$WEIGHTS_PREFIX" >"$WEIGHTS_PATH/complete"
echo "load: copied $WEIGHTS_PREFIX"

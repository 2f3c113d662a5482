#!/bin/bash
# Kamailio's log, as it may be kept. Events lose the log's prefix and are JSON. Kamailio quotes messages it cannot parse,
# with callers' numbers and media keys in them, over several lines: of those no more is kept than who complains.
set -euo pipefail
# Bytes, not letters: a dot must match what is no text at all.
export LC_ALL=C
exec sed -u -E \
  -e "/$EVENT_MARK\{/{s/^.*$EVENT_MARK\{/{/;b}" \
  -e '/^ *[0-9]+\([0-9]+\) [A-Z]+: /!d' \
  -e 's/(\[core\/(parser|receive|msg_translator|fix_lumps)[^]]*\]: [A-Za-z0-9_]+\(\)).*$/\1/'

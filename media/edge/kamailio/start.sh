#!/bin/bash
# Renders the configuration, waits for what other containers of the node write, and becomes Kamailio.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
export RENDERED_DIRECTORY=${RENDERED_DIRECTORY:-/run/kamailio}

# Marks the lines that are events; nobody outside can know it, and so nobody can have one written.
EVENT_MARK=$(od -An -N 16 -t x1 /dev/urandom | tr -d ' \n')
export EVENT_MARK

await() {
  local file
  for file in "$@"; do
    until [ -s "$file" ]; do
      echo "start: waiting for $file"
      sleep 1
    done
  done
}

await "$PUBLIC_ADDRESS_FILE"
python3 "$here/render.py"
if grep -q '^enable_tls' "$RENDERED_DIRECTORY/kamailio.cfg"; then
  await "$TLS_DIRECTORY/certificate.pem" "$TLS_DIRECTORY/key.pem"
fi
# Without the list Kamailio does not start; the roster fills it.
[ -e "$DISPATCHER_LIST" ] || : >"$DISPATCHER_LIST"

# -DD keeps it in the foreground, -E logs to standard error.
exec kamailio -DD -E -f "$RENDERED_DIRECTORY/kamailio.cfg" -Y "$RENDERED_DIRECTORY" 2> >(exec "$here/clean-log.sh" >&2)

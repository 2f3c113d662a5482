#!/bin/bash
# Fills in the node's addresses and becomes rtpengine. One private address serves both sides; outside it is known by the
# public one.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")

until [ -s "$PUBLIC_ADDRESS_FILE" ]; do
  echo "start: waiting for $PUBLIC_ADDRESS_FILE"
  sleep 1
done
public=$(cat "$PUBLIC_ADDRESS_FILE")
# The address of the route to the outside.
private=${LISTEN_ADDRESS:-$(hostname -I | cut -d ' ' -f 1)}

exec rtpengine --foreground --log-stderr --config-file="$here/rtpengine.conf" \
  --interface="outer/$private!$public" --interface="inner/$private" \
  --port-min="$RTP_PORT_MIN" --port-max="$RTP_PORT_MAX" \
  --listen-ng="$CONTROL" --listen-cli="$CLI" --listen-http="$HTTP"

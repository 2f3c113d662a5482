#!/bin/bash
# Fills in ports, clients and declared hosts, and becomes Squid.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
rendered=${RENDERED_DIRECTORY:-/run/proxy}
# What no declared name may lead to: private, shared, link-local (metadata), loopback, multicast and everything of IPv6.
inside=${INSIDE_NETWORKS:-0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 224.0.0.0/3 ipv6}

refuse() {
  echo "start: $1" >&2
  exit 2
}
[[ $PROXY_PORT =~ ^[0-9]{1,5}$ ]] || refuse "PROXY_PORT is no port"
[[ $PROXY_CLIENTS =~ ^[0-9.]+/[0-9]{1,2}$ ]] || refuse "PROXY_CLIENTS is no block"
# One label or a dot in front would let in more than a host.
[[ $OUTSIDE_HOSTS =~ ^[a-z0-9-]+(\.[a-z0-9-]+)+(,[a-z0-9-]+(\.[a-z0-9-]+)+)*$ ]] || refuse "OUTSIDE_HOSTS are no host names"

tr , '\n' <<<"$OUTSIDE_HOSTS" >"$rendered/hosts"
sed -e "s|@PROXY_PORT@|$PROXY_PORT|" -e "s|@PROXY_CLIENTS@|$PROXY_CLIENTS|" -e "s|@RENDERED_DIRECTORY@|$rendered|" \
  -e "s|@INSIDE_NETWORKS@|$inside|" "$here/squid.conf" >"$rendered/squid.conf"

# Squid opens its logs by name, which a user who is not root can only do with pipes of his own.
exec squid -N -f "$rendered/squid.conf" > >(exec cat) 2> >(exec cat >&2)

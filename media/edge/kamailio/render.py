"""Writes what differs per deployment and node: addresses, listeners, carriers, TLS. The rest is etc/, as it is tested.

Everything comes from the environment that media/contract/edge.ts states; carriers are JSON in CARRIERS.
"""

import ipaddress
import json
import os
import re
import socket
import sys
from pathlib import Path

GROUPS = {"udp": 1, "tcp": 2, "tls": 3}
# Names and addresses are written between quotes of two languages.
SAFE = re.compile(r"[A-Za-z0-9/+][A-Za-z0-9 ._:/+-]*\Z")


def safe(value):
    if not SAFE.match(value):
        raise SystemExit(f"render: {value!r}: letters, digits and ._:/+- only")
    return value


def own_address():
    """The address of the route to the outside; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return probe.getsockname()[0]


def listeners(env, carriers):
    address, public = env["LISTEN_ADDRESS"], env["PUBLIC_ADDRESS"]
    transports = {carrier["transport"] for carrier in carriers}
    for transport in sorted(transports):
        port = env["SIP_TLS_PORT"] if transport == "tls" else env["SIP_PORT"]
        yield f'listen={transport}:{address}:{port} advertise {public}:{port} name "outer_{transport}"'
    yield f'listen=udp:{address}:{env["SIP_INNER_PORT"]} name "inner_udp"'
    yield f'listen=tcp:127.0.0.1:{env["HTTP_PORT"]} name "http"'


def definitions(env):
    text = {
        "RENDERED": env["RENDERED_DIRECTORY"],
        "SIP_HOSTNAME": env["SIP_HOSTNAME"],
        "PUBLIC_ADDRESS": env["PUBLIC_ADDRESS"],
        "LISTEN_ADDRESS": env["LISTEN_ADDRESS"],
        "DISPATCHER_LIST": env["DISPATCHER_LIST"],
        "RTPENGINE_CONTROL": env["RTPENGINE_CONTROL"],
        "FALLBACK_NUMBER": env.get("FALLBACK_NUMBER", ""),
        "EVENT_MARK": env["EVENT_MARK"],
        "INNER_SOCKET": f'udp:{env["LISTEN_ADDRESS"]}:{env["SIP_INNER_PORT"]}',
    }
    for name, value in text.items():
        yield f'#!substdef "!{name}!{value and safe(value)}!g"'
    for name, value in {
        "INNER_PORT": env["SIP_INNER_PORT"],
        "HTTP_PORT": env["HTTP_PORT"],
        "MAX_CALL_SECONDS": env["MAX_CALL_SECONDS"],
    }.items():
        yield f"#!define {name} {int(value)}"


def share(declared, nodes):
    """Of a limit that all edge nodes of the region share; the roster raises it when it knows how many there are."""
    return max(1, int(declared) // nodes)


def carrier_facts(carriers, nodes):
    yield "event_route[htable:mod-init] {"
    for carrier in carriers:
        facts = {
            "group": GROUPS[carrier["transport"]],
            "srtp": int(carrier["srtp"] == "required"),
            "calls": share(carrier["maxCalls"], nodes),
            "rate": share(carrier["maxCallsPerSecond"], nodes),
        }
        for name, value in facts.items():
            yield f'\t$sht(carriers=>{safe(carrier["name"])}::{name}) = {value};'
    yield "}"


def top(env, carriers):
    yield "#!KAMAILIO"
    if any(carrier["transport"] == "tls" for carrier in carriers):
        yield "#!define WITH_TLS"
        yield "enable_tls=yes"
    if env.get("FALLBACK_NUMBER"):
        yield "#!define WITH_FALLBACK"
    yield from definitions(env)
    yield from listeners(env, carriers)
    for name in ("SIP_HOSTNAME", "PUBLIC_ADDRESS"):
        yield f'alias="{safe(env[name])}"'
    yield f'include_file "{Path(__file__).resolve().parent}/etc/edge.cfg"'
    yield from carrier_facts(carriers, int(env["EDGE_NODES"]))


def access_list(carriers):
    """Group, address, prefix, any port, name: what the permissions module reads."""
    for carrier in carriers:
        for cidr in carrier["signallingCidrs"]:
            network = ipaddress.ip_network(cidr)
            name = safe(carrier["name"])
            yield f'{GROUPS[carrier["transport"]]} {network.network_address} {network.prefixlen} 0 {name}'


def tls(env):
    yield "[server:default]"
    yield "method = TLSv1.2+"
    yield "verify_certificate = no"
    yield "require_certificate = no"
    yield f'certificate = {env["TLS_DIRECTORY"]}/certificate.pem'
    yield f'private_key = {env["TLS_DIRECTORY"]}/key.pem'
    yield "cipher_list = ECDHE+AESGCM:ECDHE+CHACHA20"
    yield "[client:default]"
    yield "method = TLSv1.2+"
    yield "verify_certificate = no"
    yield "require_certificate = no"


def main(environ):
    env = {"LISTEN_ADDRESS": "", "RENDERED_DIRECTORY": "/run/kamailio", **environ}
    env["LISTEN_ADDRESS"] = env["LISTEN_ADDRESS"] or own_address()
    env["PUBLIC_ADDRESS"] = Path(env["PUBLIC_ADDRESS_FILE"]).read_text().strip()
    carriers = json.loads(env["CARRIERS"])
    directory = Path(env["RENDERED_DIRECTORY"])
    for name, lines in {
        "kamailio.cfg": top(env, carriers),
        "address.list": access_list(carriers),
        "tls.cfg": tls(env),
    }.items():
        (directory / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    try:
        main(dict(os.environ))
    except (KeyError, ValueError, OSError) as error:
        sys.exit(f"render: {type(error).__name__}: {error}")

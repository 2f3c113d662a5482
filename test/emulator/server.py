"""An AWS account on loopback: moto's services under a CloudFormation of our own.

usage: python server.py PORT      env: MOTO_ACCOUNT_ID, the account      ends with its standard input
`GET /voicecell/report` tells what of the deployed templates is not in the account, and what the emulator put there.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

PORT = int(sys.argv[1])
os.environ["MOTO_PORT"] = str(PORT)
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"

from cloudformation import patches, readers, resources, service  # noqa: E402, F401
from cloudformation.limits import LIMITS  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, run_simple  # noqa: E402

Start = Callable[[str, list[tuple[str, str]]], Any]


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_: Any) -> None:
        """A line for each of thousands of requests helps nobody."""


def application() -> Callable[[dict[str, Any], Start], Iterable[bytes]]:
    moto = DomainDispatcherApplication(create_backend_app)

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/voicecell/report":
            return said("200 OK", LIMITS.report(), start)
        try:
            return moto(environ, start)
        except NotImplementedError as error:
            # A question that nobody answers here: the caller must hear so, and the log need not.
            return said("501 Not Implemented", {"__type": "NotImplemented", "message": str(error)}, start)

    return answer


def said(status: str, content: dict[str, Any], start: Start) -> Iterable[bytes]:
    body = json.dumps(content).encode()
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def end_with_parent() -> None:
    """Whoever started the account holds the other end: it goes when they do, however they went."""
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    threading.Thread(target=end_with_parent, daemon=True).start()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    service.install()
    patches.apply()
    run_simple("127.0.0.1", PORT, application(), threaded=True, request_handler=Quiet)


if __name__ == "__main__":
    main()

"""What an emulated deploy does not show. Every entry is made where the limit is, and served to whoever asks."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

Limit = tuple[str, str, str]


class Limits:
    """
    By resource type, the resources of which something was left out, or written by our own hand instead of moto's service.
    A resource counts once, however often it is put.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: defaultdict[Limit, set[str]] = defaultdict(set)
        self._copied: defaultdict[Limit, set[str]] = defaultdict(set)

    def left(self, resource: str, limit: Limit) -> None:
        """Something of the template is nowhere in the account."""
        with self._lock:
            self._left[limit].add(resource)

    def copied(self, resource: str, limit: Limit) -> None:
        """Something can be read by API because this emulator put it there, not because the service took it."""
        with self._lock:
            self._copied[limit].add(resource)

    def report(self) -> dict[str, Any]:
        with self._lock:
            return {"notModelled": _rows(self._left), "copied": _rows(self._copied)}


def _rows(limits: Mapping[Limit, set[str]]) -> list[dict[str, Any]]:
    return [
        {"type": rtype, "what": what, "why": why, "times": len(found)}
        for (rtype, what, why), found in sorted(limits.items())
    ]


LIMITS = Limits()

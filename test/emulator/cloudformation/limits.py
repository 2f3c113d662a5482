"""What an emulated deploy does not show. Every entry is made where the limit is, and served to whoever asks."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

Limit = tuple[str, str, str]


class Limits:
    """Counts, by resource type, what was left out and what was written by our own hand instead of moto's service."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: Counter[Limit] = Counter()
        self._copied: Counter[Limit] = Counter()

    def left(self, rtype: str, what: str, why: str) -> None:
        """`what` of the template is nowhere in the account."""
        with self._lock:
            self._left[(rtype, what, why)] += 1

    def copied(self, rtype: str, what: str, why: str) -> None:
        """`what` can be read by API because this emulator put it there, not because the service took it."""
        with self._lock:
            self._copied[(rtype, what, why)] += 1

    def report(self) -> dict[str, Any]:
        with self._lock:
            return {"notModelled": _rows(self._left), "copied": _rows(self._copied)}


def _rows(counts: Counter[Limit]) -> list[dict[str, Any]]:
    return [
        {"type": rtype, "what": what, "why": why, "times": times}
        for (rtype, what, why), times in sorted(counts.items())
    ]


LIMITS = Limits()

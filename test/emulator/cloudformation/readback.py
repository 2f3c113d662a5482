"""Whether the account shows what the template says: every value of a resource is looked for in what its API answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .errors import NotModelled
from .limits import LIMITS
from .provider import Made, Place, Work

#: By resource type: asks the service for all it knows of the resource.
Reader = Callable[[Place, Made], Any]
READERS: dict[str, Reader] = {}

#: Values this long are recognised under any name.
_TELLING = 6


def reads(rtype: str) -> Callable[[Reader], Reader]:
    def register(reader: Reader) -> Reader:
        READERS[rtype] = reader
        return reader

    return register


def verify(
    work: Work, properties: Mapping[str, Any], made: Made, forgotten: Mapping[str, str], aliases: Mapping[str, str]
) -> None:
    """
    Fails for a value that cannot be read back, unless the provider says, by the path of the property, that the service
    forgets it; then it is counted as not modelled.
    """
    rtype = work.rtype
    if rtype not in READERS:
        raise NotModelled(f"nobody reads {rtype} back")
    known = Known(READERS[rtype](work.place, made))
    lost = []
    for path, value in leaves(properties):
        if _prefix_of(path, work.released) or known.has(aliases.get(path, path.split(".")[-1]), value):
            continue
        excuse = _prefix_of(path, forgotten)
        if excuse:
            LIMITS.left(rtype, excuse, forgotten[excuse])
        else:
            lost.append(f"{path} = {value}")
    if lost:
        raise NotModelled(f"{rtype} does not show {'; '.join(sorted(set(lost)))}")


class Known:
    """What an answer says, by name and by value."""

    def __init__(self, answer: Any) -> None:
        self._by_name: dict[str, set[str]] = {}
        self._values: set[str] = set()
        for path, value in leaves(answer):
            name = path.split(".")[-1].removesuffix("[]").lower()
            self._by_name.setdefault(name, set()).add(_text(value))
            self._values.add(_text(value))

    def has(self, name: str, value: Any) -> bool:
        text = _text(value)
        named = self._by_name.get(name.removesuffix("[]").lower())
        if named is not None and text in named:
            return True
        if named is None and text == "false":
            return True
        return isinstance(value, str) and len(text) >= _TELLING and text in self._values


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Scalars with the path that leads there; a text that is JSON counts as what it says."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            value = json.loads(value)
        except ValueError:
            pass
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, (list, tuple, set)):
        for item in value:
            yield from leaves(item, f"{path}[]")
    else:
        yield path, value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    try:
        return str(float(text))
    except ValueError:
        return text


def _prefix_of(path: str, prefixes: Any) -> str | None:
    return next((one for one in prefixes if path == one or path.startswith((f"{one}.", f"{one}["))), None)

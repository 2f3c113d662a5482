"""Whether the account shows what the template says: every value of a resource is looked for in what its API answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .errors import NotModelled
from .provider import Made, Place, Work

#: By resource type: asks the service for all it knows of the resource.
Reader = Callable[[Place, Made], Any]
READERS: dict[str, Reader] = {}


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
    answer = READERS[rtype](work.place, made)
    known = {name: Known(list(_under(name.lower(), answer)) or answer) for name in properties}
    lost = []
    for path, value in leaves(properties):
        name, part = aliases.get(path, path.split(".")[-1]), known[re.split(r"[.\[]", path)[0]]
        if _prefix_of(path, work.released) or part.has(name, value):
            continue
        excuse = _prefix_of(path, forgotten)
        if excuse:
            work.lost(excuse, forgotten[excuse])
        else:
            lost.append(f"{path} = {value}")
    if lost:
        raise NotModelled(f"{rtype} does not show {'; '.join(sorted(set(lost)))}")


def _under(name: str, answer: Any) -> Iterator[dict[str, Any]]:
    """Parts of an answer that are called like a property: where there are any, its values are looked for there only."""
    if isinstance(answer, (list, tuple)):
        for item in answer:
            yield from _under(name, item)
    elif isinstance(answer, Mapping):
        for key, item in answer.items():
            if str(key).lower() == name:
                yield {key: item}
            else:
                yield from _under(name, item)


class Known:
    """What an answer, or a part of it, says, by name."""

    def __init__(self, answer: Any) -> None:
        self._by_name: dict[str, set[str]] = {}
        for path, value in leaves(answer):
            name = path.split(".")[-1].removesuffix("[]").lower()
            self._by_name.setdefault(name, set()).add(_text(value))

    def has(self, name: str, value: Any) -> bool:
        text = _text(value)
        named = self._by_name.get(name.removesuffix("[]").lower())
        # What an answer leaves out is off.
        return text == "false" if named is None else text in named


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

"""Evaluates the intrinsic functions of a template; one that is not known here fails."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any, Protocol

from .errors import InvalidTemplate, NotModelled

NO_VALUE = object()
_PLACEHOLDER = re.compile(r"\$\{([^}]+)\}")
_DYNAMIC_REFERENCE = re.compile(r"\{\{resolve:")


class Scope(Protocol):
    """What names mean while a template is evaluated."""

    def ref(self, name: str) -> Any:
        ...

    def attribute(self, logical_id: str, name: str) -> Any:
        ...

    def imported(self, export: str) -> Any:
        ...

    def condition(self, name: str) -> bool:
        ...

    def mapping(self, table: str, key: str, name: str) -> Any:
        ...


def evaluate(value: Any, scope: Scope) -> Any:
    """A value without functions in it. `AWS::NoValue` takes its key, or its place in a list, with it."""
    if isinstance(value, list):
        return [one for one in (evaluate(item, scope) for item in value) if one is not NO_VALUE]
    if isinstance(value, str) and _DYNAMIC_REFERENCE.search(value):
        raise NotModelled(f"dynamic reference {value}")
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        name, argument = next(iter(value.items()))
        if name in FUNCTIONS:
            return FUNCTIONS[name](argument, scope)
        if name.startswith("Fn::"):
            raise NotModelled(f"intrinsic function {name}")
    pairs = ((key, evaluate(item, scope)) for key, item in value.items())
    return {key: item for key, item in pairs if item is not NO_VALUE}


def holds(condition: Any, scope: Scope) -> bool:
    """A condition, or an assertion of a rule."""
    name, argument = next(iter(condition.items()))
    if name == "Condition":
        return scope.condition(argument)
    if name not in CONDITIONS:
        raise NotModelled(f"condition function {name}")
    return CONDITIONS[name](argument, scope)


def _if(argument: list[Any], scope: Scope) -> Any:
    name, then, otherwise = argument
    return evaluate(then if scope.condition(name) else otherwise, scope)


def _ref(name: str, scope: Scope) -> Any:
    return NO_VALUE if name == "AWS::NoValue" else scope.ref(name)


def _get_att(argument: Any, scope: Scope) -> Any:
    logical_id, name = argument.split(".", 1) if isinstance(argument, str) else argument
    return scope.attribute(logical_id, evaluate(name, scope))


def _join(argument: list[Any], scope: Scope) -> str:
    separator, items = argument
    return separator.join(_text(item) for item in evaluate(items, scope))


def _sub(argument: Any, scope: Scope) -> str:
    text, own = (argument, {}) if isinstance(argument, str) else argument
    own = evaluate(own, scope)

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith("!"):
            return "${" + name[1:] + "}"
        if name in own:
            return _text(own[name])
        return _text(_get_att(name, scope) if "." in name else scope.ref(name))

    return _PLACEHOLDER.sub(replace, text)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    raise InvalidTemplate(f"a text was expected where the template has {value!r}")


def _base64(argument: Any, scope: Scope) -> str:
    return base64.b64encode(_text(evaluate(argument, scope)).encode()).decode()


def _select(argument: list[Any], scope: Scope) -> Any:
    index, items = (evaluate(part, scope) for part in argument)
    return items[int(index)]


def _split(argument: list[Any], scope: Scope) -> list[str]:
    separator, text = argument
    return _text(evaluate(text, scope)).split(separator)


def _find_in_map(argument: list[Any], scope: Scope) -> Any:
    return scope.mapping(*(evaluate(part, scope) for part in argument))


FUNCTIONS: dict[str, Callable[[Any, Scope], Any]] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Join": _join,
    "Fn::Sub": _sub,
    "Fn::If": _if,
    "Fn::ImportValue": lambda argument, scope: scope.imported(evaluate(argument, scope)),
    "Fn::Base64": _base64,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::FindInMap": _find_in_map,
}

CONDITIONS: dict[str, Callable[[Any, Scope], bool]] = {
    "Fn::Equals": lambda argument, scope: evaluate(argument[0], scope) == evaluate(argument[1], scope),
    "Fn::Not": lambda argument, scope: not holds(argument[0], scope),
    "Fn::And": lambda argument, scope: all(holds(one, scope) for one in argument),
    "Fn::Or": lambda argument, scope: any(holds(one, scope) for one in argument),
    "Fn::Contains": lambda argument, scope: evaluate(argument[1], scope) in evaluate(argument[0], scope),
}

"""Puts the properties of a resource into the input of an API call; what has no place there is an error."""

from __future__ import annotations

import json
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from .errors import NotModelled


def fit(value: Any, shape: Shape, path: str) -> Any:
    """`value` as the API wants it. Names differ in case only (`HostPort`, `hostPort`), numbers may be texts."""
    if isinstance(shape, StructureShape):
        return _structure(value, shape, path)
    if isinstance(shape, ListShape):
        if not isinstance(value, list):
            raise NotModelled(f"{path}: a list was expected")
        return [fit(item, shape.member, f"{path}[]") for item in value]
    if isinstance(shape, MapShape):
        return {str(key): fit(item, shape.value, f"{path}.{key}") for key, item in value.items()}
    return _scalar(value, shape.type_name)


def _structure(value: Any, shape: StructureShape, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotModelled(f"{path}: a structure was expected")
    members = {name.lower(): name for name in shape.members}
    unplaced = [key for key in value if key.lower() not in members]
    if unplaced:
        raise NotModelled(f"property {path}.{', '.join(unplaced)}: the API has no place for it")
    fitted = {}
    for key, item in value.items():
        name = members[key.lower()]
        fitted[name] = fit(item, shape.members[name], f"{path}.{key}")
    return fitted


def _scalar(value: Any, kind: str) -> Any:
    if kind == "boolean":
        return value if isinstance(value, bool) else str(value).lower() == "true"
    if kind in ("integer", "long"):
        return int(value)
    if kind in ("float", "double"):
        return float(value)
    if kind == "string" and not isinstance(value, str):
        if isinstance(value, bool):
            return "true" if value else "false"
        return json.dumps(value) if isinstance(value, (dict, list)) else str(value)
    return value


def renamed(value: dict[str, Any], names: dict[str, str], path: str) -> dict[str, Any]:
    """The same structure under the names of an API that calls its parts otherwise."""
    unplaced = [key for key in value if key not in names]
    if unplaced:
        raise NotModelled(f"property {path}.{', '.join(unplaced)}: the API has no place for it")
    return {names[key]: item for key, item in value.items()}

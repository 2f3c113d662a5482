"""A template with its parameters: conditions, rules, the order of its resources."""

from __future__ import annotations

import graphlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from .errors import InvalidTemplate, NotModelled
from .intrinsics import Scope, holds

_SECTIONS = {
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
}
_RESOURCE_FIELDS = {
    "Condition",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
}
#: What becomes of a resource that leaves its stack; snapshots are not taken here.
_FATES = {
    "DeletionPolicy": {"Delete", "Retain", "RetainExceptOnCreate"},
    "UpdateReplacePolicy": {"Delete", "Retain"},
}
_PLACEHOLDER = re.compile(r"\$\{([^}!]+)\}")


def parse(text: str) -> dict[str, Any]:
    """The template as plain data; the short forms of YAML (`!Ref`) are not known here."""
    template = json.loads(text) if text.lstrip().startswith("{") else yaml.safe_load(text)
    unknown = set(template) - _SECTIONS
    if unknown:
        raise NotModelled(f"template section {', '.join(sorted(unknown))}")
    for logical_id, resource in template["Resources"].items():
        if set(resource) - _RESOURCE_FIELDS:
            raise NotModelled(f"{logical_id}: {', '.join(sorted(set(resource) - _RESOURCE_FIELDS))}")
        for policy, known in _FATES.items():
            if resource.get(policy, "Delete") not in known:
                raise NotModelled(f"{logical_id}: {policy} {resource[policy]}")
    return template


def parameters_of(
    template: Mapping[str, Any], given: Mapping[str, str], stored: Callable[[str], str]
) -> dict[str, Any]:
    """Values of all parameters; `stored` reads one of Systems Manager."""
    declared = template.get("Parameters", {})
    unknown = set(given) - set(declared)
    if unknown:
        raise InvalidTemplate(f"Parameters: [{', '.join(sorted(unknown))}] do not exist in the template")
    return {name: _parameter(name, one, given.get(name), stored) for name, one in declared.items()}


def _parameter(name: str, declared: Mapping[str, Any], given: str | None, stored: Callable[[str], str]) -> Any:
    value = declared.get("Default") if given is None else given
    if value is None:
        raise InvalidTemplate(f"Parameters: [{name}] must have values")
    allowed = declared.get("AllowedValues")
    if allowed and value not in allowed:
        raise InvalidTemplate(f"Parameter '{name}' must be one of AllowedValues")
    kind = declared["Type"]
    if kind == "AWS::SSM::Parameter::Value<String>":
        return stored(value)
    if kind == "CommaDelimitedList":
        return value.split(",")
    if kind in ("String", "Number"):
        return value
    raise NotModelled(f"parameter type {kind}")


def broken_rules(template: Mapping[str, Any], scope: Scope) -> list[str]:
    """Descriptions of the assertions that do not hold."""
    broken = []
    for name, rule in template.get("Rules", {}).items():
        if "RuleCondition" in rule and not holds(rule["RuleCondition"], scope):
            continue
        for assertion in rule["Assertions"]:
            if not holds(assertion["Assert"], scope):
                broken.append(assertion.get("AssertDescription", name))
    return broken


def in_order(resources: Mapping[str, Any]) -> list[str]:
    """Logical ids, each after what it refers to or depends on."""
    graph = {logical_id: _needs(resource, resources) for logical_id, resource in resources.items()}
    try:
        return list(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        raise InvalidTemplate(f"Circular dependency between resources: {error.args[1]}") from error


def _needs(resource: Mapping[str, Any], resources: Mapping[str, Any]) -> set[str]:
    depends = resource.get("DependsOn", [])
    named = {depends} if isinstance(depends, str) else set(depends)
    return (named | _mentioned(resource.get("Properties", {}))) & set(resources)


def _mentioned(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*(_mentioned(item) for item in value)) if value else set()
    if not isinstance(value, dict):
        return set()
    found: set[str] = set()
    for key, item in value.items():
        if key == "Ref":
            found.add(item)
        elif key == "Fn::GetAtt":
            found.add(item.split(".")[0] if isinstance(item, str) else item[0])
        elif key == "Fn::Sub":
            text = item if isinstance(item, str) else item[0]
            found |= {name.split(".")[0] for name in _PLACEHOLDER.findall(text)}
        found |= _mentioned(item)
    return found

"""A template with its parameters, resolved against what a stack holds and what other stacks export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .errors import InvalidTemplate, NotModelled
from .intrinsics import evaluate, holds
from .provider import Made, Place, provider_of
from .template import broken_rules, parameters_of, parse


@dataclass(frozen=True)
class Surroundings:
    """What a stack needs of its account and region."""

    stored: Callable[[str], str]
    imported: Callable[[str, str], Any]


class Owner(Protocol):
    """The stack that a draft is for."""

    place: Place
    stack_id: str
    surroundings: Surroundings

    def made(self, logical_id: str) -> Made | None:
        ...


class Draft:
    """A template with parameters, resolved against a stack's resources and other stacks' exports."""

    def __init__(self, text: str, given: Mapping[str, str], owner: Owner) -> None:
        self.text, self.given, self.owner = text, dict(given), owner
        self.template = parse(text)
        self.parameters = parameters_of(self.template, given, owner.surroundings.stored)
        broken = broken_rules(self.template, self)
        if broken:
            raise InvalidTemplate(f"Template validation error: {'; '.join(broken)}")
        self.resources = {
            logical_id: resource
            for logical_id, resource in self.template["Resources"].items()
            if self._wanted(resource)
        }
        for resource in self.resources.values():
            provider_of(resource["Type"])

    def properties(self, logical_id: str) -> dict[str, Any]:
        return evaluate(self.resources[logical_id].get("Properties", {}), self)

    def outputs(self) -> dict[str, dict[str, Any]]:
        declared = self.template.get("Outputs", {})
        wanted = {name: dict(one) for name, one in declared.items() if self._wanted(one)}
        for output in wanted.values():
            output.pop("Condition", None)
        return {name: evaluate(output, self) for name, output in wanted.items()}

    def ref(self, name: str) -> Any:
        place = self.owner.place
        pseudo = {
            "AWS::AccountId": place.account,
            "AWS::Region": place.region,
            "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::StackName": place.stack,
            "AWS::StackId": self.owner.stack_id,
        }
        if name in pseudo:
            return pseudo[name]
        if name in self.parameters:
            return self.parameters[name]
        return self._made(name).physical_id

    def attribute(self, logical_id: str, name: str) -> Any:
        attributes = self._made(logical_id).attributes
        if name not in attributes:
            raise NotModelled(f"attribute {logical_id}.{name} is not modelled")
        return attributes[name]

    def imported(self, export: str) -> Any:
        return self.owner.surroundings.imported(export, self.owner.place.stack)

    def condition(self, name: str) -> bool:
        return holds(self.template["Conditions"][name], self)

    def mapping(self, table: str, key: str, name: str) -> Any:
        return self.template["Mappings"][table][key][name]

    def _wanted(self, part: Mapping[str, Any]) -> bool:
        return "Condition" not in part or self.condition(part["Condition"])

    def _made(self, logical_id: str) -> Made:
        made = self.owner.made(logical_id)
        if made is None:
            raise InvalidTemplate(f"Unresolved resource dependencies [{logical_id}] in the template")
        return made

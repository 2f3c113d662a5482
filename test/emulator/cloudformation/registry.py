"""The stacks of an account in a region, and what they export to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.cloudformation.exceptions import AlreadyExistsException, ValidationError

from .draft import Draft, Surroundings
from .errors import InvalidTemplate
from .intrinsics import evaluate
from .provider import Place, client
from .stack import Stack

_GONE = "DELETE_COMPLETE"


class Registry:
    """Stacks of one account in one region; names are unique among those that are not deleted."""

    def __init__(self, account: str, region: str) -> None:
        self.account, self.region = account, region
        self.stacks: list[Stack] = []
        self.change_sets: dict[str, dict[str, Any]] = {}

    def find(self, name_or_id: str) -> Stack:
        for stack in self.stacks:
            if stack.stack_id == name_or_id or (stack.place.stack == name_or_id and stack.status != _GONE):
                return stack
        raise ValidationError(message=f"Stack with id {name_or_id} does not exist")

    def living(self) -> list[Stack]:
        return [stack for stack in self.stacks if stack.status != _GONE]

    def add(self, name: str) -> Stack:
        if any(stack.place.stack == name for stack in self.living()):
            raise AlreadyExistsException(f"Stack [{name}] already exists")
        place = Place(self.account, self.region, name)
        return Stack(place, Surroundings(self._stored, self._imported))

    def exports(self) -> Iterator[tuple[str, Any, Stack]]:
        for stack in self.living():
            for output in stack.outputs.values():
                if "Export" in output:
                    yield output["Export"]["Name"], output["Value"], stack

    def importers(self, stack: Stack) -> list[str]:
        own = {name for name, _, exporter in self.exports() if exporter is stack}
        return [one.place.stack for one in self.living() if one.draft and own & _imports(one.draft.template, one.draft)]

    def _imported(self, export: str, importer: str) -> Any:
        for name, value, _ in self.exports():
            if name == export:
                return value
        raise InvalidTemplate(f"No export named {export} found (imported by {importer})")

    def _stored(self, name: str) -> str:
        return client("ssm", self.region).get_parameter(Name=name)["Parameter"]["Value"]


def _imports(value: Any, draft: Draft) -> set[str]:
    if isinstance(value, list):
        return set().union(*(_imports(item, draft) for item in value)) if value else set()
    if not isinstance(value, dict):
        return set()
    if "Fn::ImportValue" in value:
        return {evaluate(value["Fn::ImportValue"], draft)}
    return set().union(*(_imports(item, draft) for item in value.values())) if value else set()

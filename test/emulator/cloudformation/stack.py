"""One stack: its resources are made, changed and deleted in order, and every step is an event."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from .draft import Draft, Surroundings
from .errors import InvalidTemplate, NotModelled
from .provider import Made, Place, Provider, Work, provider_of
from .readback import verify
from .template import in_order

_KEEPS = {"Retain", "RetainExceptOnCreate"}
_FAILURES = (NotModelled, InvalidTemplate, ClientError, BotoCoreError, KeyError, ValueError, TypeError, AttributeError)


@dataclass
class Held:
    """A resource of the stack as it was last put."""

    rtype: str
    properties: dict[str, Any]
    made: Made
    deletion_policy: str
    status: str = "CREATE_COMPLETE"
    changed: dt.datetime = field(default_factory=lambda: now())


def now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)


class Stack:
    """Its state is what `DescribeStacks`, `DescribeStackResources` and `DescribeStackEvents` tell."""

    def __init__(self, place: Place, surroundings: Surroundings) -> None:
        self.place, self.surroundings = place, surroundings
        self.stack_id = f"arn:aws:cloudformation:{place.region}:{place.account}:stack/{place.stack}/{uuid.uuid4()}"
        self.status, self.reason = "REVIEW_IN_PROGRESS", ""
        self.held: dict[str, Held] = {}
        self.events: list[dict[str, Any]] = []
        self.outputs: dict[str, dict[str, Any]] = {}
        self.tags: list[dict[str, str]] = []
        self.protected = False
        self.created, self.updated, self.deleted = now(), None, None
        self.draft: Draft | None = None

    def made(self, logical_id: str) -> Made | None:
        return self.held[logical_id].made if logical_id in self.held else None

    def create(self, draft: Draft) -> None:
        self._state("CREATE_IN_PROGRESS", "User Initiated")
        try:
            for logical_id in in_order(draft.resources):
                self._create(logical_id, draft)
            self._settle(draft)
        except _FAILURES as error:
            self._state("ROLLBACK_IN_PROGRESS", _words(error))
            self._roll_back()
            self.draft = draft
            return
        self._state("CREATE_COMPLETE")

    def update(self, draft: Draft) -> None:
        self.updated = now()
        self._state("UPDATE_IN_PROGRESS", "User Initiated")
        try:
            replaced = [self._change(logical_id, draft) for logical_id in in_order(draft.resources)]
            gone = [(one, self.held.pop(one)) for one in reversed(list(self.held)) if one not in draft.resources]
            self._settle(draft)
            self._state("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
            for logical_id, held, keeps in [one for one in replaced if one] + [
                (logical_id, held, held.deletion_policy in _KEEPS) for logical_id, held in gone
            ]:
                self._remove(logical_id, held, keeps)
        except _FAILURES as error:
            # What was changed stays changed: an emulator that says so is of more use than one that pretends.
            self._state("UPDATE_ROLLBACK_FAILED", f"{_words(error)} (the emulator does not roll updates back)")
            return
        self._state("UPDATE_COMPLETE")

    def delete(self) -> None:
        self._state("DELETE_IN_PROGRESS", "User Initiated")
        try:
            for logical_id in reversed(list(self.held)):
                held = self.held[logical_id]
                self._remove(logical_id, held, held.deletion_policy in _KEEPS)
                del self.held[logical_id]
        except _FAILURES as error:
            self._state("DELETE_FAILED", _words(error))
            return
        self.deleted = now()
        self._state("DELETE_COMPLETE")

    def changes(self, draft: Draft) -> dict[str, str]:
        """Logical ids and what an update would do to them: Add, Modify or Remove."""
        added = {one: "Add" for one in draft.resources if one not in self.held}
        removed = {one: "Remove" for one in self.held if one not in draft.resources}
        # A value of a resource that is not there yet cannot be the same as before.
        modified = {one: "Modify" for one in draft.resources if one in self.held and self._differs(one, draft, added)}
        return {**added, **modified, **removed}

    def is_same(self, draft: Draft) -> bool:
        before = self.draft
        return (
            before is not None
            and before.parameters == draft.parameters
            and before.template.get("Outputs") == draft.template.get("Outputs")
            and not self.changes(draft)
        )

    def _differs(self, logical_id: str, draft: Draft, added: Mapping[str, str]) -> bool:
        try:
            properties = draft.properties(logical_id)
        except InvalidTemplate:
            if added:
                return True
            raise
        held, resource = self.held[logical_id], draft.resources[logical_id]
        return (held.rtype, held.properties, held.deletion_policy) != (resource["Type"], properties, _policy(resource))

    def _create(self, logical_id: str, draft: Draft) -> None:
        resource = draft.resources[logical_id]
        rtype, properties = resource["Type"], draft.properties(logical_id)
        self._event(logical_id, rtype, "CREATE_IN_PROGRESS")
        try:
            work = Work(self.place, logical_id, rtype, properties)
            provider = provider_of(rtype)
            _without_update_policy(work, resource)
            made = provider.create(work)
            self.held[logical_id] = Held(rtype, properties, made, _policy(resource))
            self._prove(provider, work, properties, made)
        except _FAILURES as error:
            self._event(logical_id, rtype, "CREATE_FAILED", _words(error))
            raise NotModelled(f"{logical_id}: {_words(error)}") from error
        self._event(logical_id, rtype, "CREATE_COMPLETE", physical_id=made.physical_id)

    def _change(self, logical_id: str, draft: Draft) -> tuple[str, Held, bool] | None:
        """Puts one resource; a replaced one is returned, to be removed when all is done."""
        held = self.held.get(logical_id)
        if held is None:
            self._create(logical_id, draft)
            return None
        resource, properties = draft.resources[logical_id], draft.properties(logical_id)
        changed = {
            name for name in {*properties, *held.properties} if properties.get(name) != held.properties.get(name)
        }
        provider = provider_of(resource["Type"])
        if resource["Type"] != held.rtype or changed & provider.replaced_by:
            self._create(logical_id, draft)
            return logical_id, held, resource.get("UpdateReplacePolicy") == "Retain"
        held.deletion_policy = _policy(resource)
        if changed:
            self._put(logical_id, held, properties, changed)
        return None

    def _put(self, logical_id: str, held: Held, properties: dict[str, Any], changed: set[str]) -> None:
        self._event(logical_id, held.rtype, "UPDATE_IN_PROGRESS", physical_id=held.made.physical_id)
        provider, work = provider_of(held.rtype), Work(self.place, logical_id, held.rtype, properties)
        try:
            held.made = provider.update(work, held.made, changed)
            self._prove(provider, work, properties, held.made)
        except _FAILURES as error:
            self._event(logical_id, held.rtype, "UPDATE_FAILED", _words(error), held.made.physical_id)
            raise NotModelled(f"{logical_id}: {_words(error)}") from error
        held.properties, held.status, held.changed = properties, "UPDATE_COMPLETE", now()
        self._event(logical_id, held.rtype, "UPDATE_COMPLETE", physical_id=held.made.physical_id)

    def _prove(self, provider: Provider, work: Work, properties: dict[str, Any], made: Made) -> None:
        work.finished()
        verify(work, properties, made, provider.forgotten, provider.aliases)

    def _remove(self, logical_id: str, held: Held, keeps: bool) -> None:
        if keeps:
            self._event(logical_id, held.rtype, "DELETE_SKIPPED", physical_id=held.made.physical_id)
            return
        self._event(logical_id, held.rtype, "DELETE_IN_PROGRESS", physical_id=held.made.physical_id)
        provider_of(held.rtype).delete(Work(self.place, logical_id, held.rtype, held.properties), held.made)
        self._event(logical_id, held.rtype, "DELETE_COMPLETE", physical_id=held.made.physical_id)

    def _roll_back(self) -> None:
        """Deletes what a failed creation made, save what is to be kept whatever happens."""
        try:
            for logical_id in reversed(list(self.held)):
                held = self.held[logical_id]
                self._remove(logical_id, held, held.deletion_policy == "Retain")
                del self.held[logical_id]
        except _FAILURES as error:
            self._state("ROLLBACK_FAILED", _words(error))
            return
        self._state("ROLLBACK_COMPLETE")

    def _settle(self, draft: Draft) -> None:
        self.outputs, self.draft = draft.outputs(), draft

    def _state(self, status: str, reason: str = "") -> None:
        self.status, self.reason = status, reason
        self._event(self.place.stack, "AWS::CloudFormation::Stack", status, reason, self.stack_id)

    def _event(self, logical_id: str, rtype: str, status: str, reason: str = "", physical_id: str = "") -> None:
        event = {
            "StackId": self.stack_id,
            "EventId": f"{logical_id}-{len(self.events)}",
            "StackName": self.place.stack,
            "LogicalResourceId": logical_id,
            "PhysicalResourceId": physical_id,
            "ResourceType": rtype,
            "Timestamp": now(),
            "ResourceStatus": status,
        }
        self.events.append({**event, **({"ResourceStatusReason": reason} if reason else {})})


def _without_update_policy(work: Work, resource: Mapping[str, Any]) -> None:
    if "UpdatePolicy" in resource:
        work.lost("UpdatePolicy", "the emulator has no nodes to replace and waits for none")


def _policy(resource: Mapping[str, Any]) -> str:
    return resource.get("DeletionPolicy", "Delete")


def _words(error: BaseException) -> str:
    text = str(error)
    return text if isinstance(error, (NotModelled, InvalidTemplate, ClientError)) else f"{type(error).__name__}: {text}"

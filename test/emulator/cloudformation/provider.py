"""How the types of resources are made: a registry of providers, and what a provider is given to work with."""

from __future__ import annotations

import functools
import hashlib
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import boto3
from botocore import xform_name
from botocore.config import Config

from .errors import NotModelled
from .fit import fit
from .limits import LIMITS

_LONGEST_NAME = 60


@dataclass(frozen=True)
class Made:
    """What a resource is once it exists: what `Ref` gives, and what `Fn::GetAtt` may ask for."""

    physical_id: str
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where a stack lives."""

    account: str
    region: str
    stack: str


class Work:
    """One resource while it is made or changed. Every property is taken once, or the resource fails."""

    def __init__(self, place: Place, logical_id: str, rtype: str, properties: dict[str, Any]) -> None:
        self.place, self.logical_id, self.rtype = place, logical_id, rtype
        self._properties = dict(properties)
        #: Properties that are not to be looked for in the account.
        self.released: set[str] = set()

    def take(self, name: str, default: Any = None) -> Any:
        return self._properties.pop(name, default)

    def rest(self) -> dict[str, Any]:
        """All that has not been taken, for an API that takes it as it stands."""
        rest, self._properties = self._properties, {}
        return rest

    def name(self, prop: str) -> str:
        """The name the template gives, or one made of the stack's and the logical id, as CloudFormation does."""
        given = self.take(prop)
        if given is not None:
            return str(given)
        suffix = hashlib.sha256(f"{self.place}{self.logical_id}".encode()).hexdigest()[:12].upper()
        return f"{self.place.stack}-{self.logical_id}"[: _LONGEST_NAME - 13] + f"-{suffix}"

    def call(self, service: str, operation: str, /, **arguments: Any) -> dict[str, Any]:
        """Calls moto's service; an argument that its API has no place for fails. None is left out."""
        api = client(service, self.place.region)
        given = {key: value for key, value in arguments.items() if value is not None}
        shape = api.meta.service_model.operation_model(operation).input_shape
        return getattr(api, xform_name(operation))(**(fit(given, shape, self.rtype) if shape else {}))

    def left(self, prop: str, why: str) -> None:
        """Takes a property that the account will not show."""
        if self.take(prop) is not None:
            self.released.add(prop)
            self.lost(prop, why)

    def release(self, *props: str) -> None:
        """Takes properties that say how CloudFormation deals with the resource, not what the resource is."""
        for prop in props:
            self.take(prop)
            self.released.add(prop)

    def left_whole(self, why: str) -> Made:
        """The account has no such thing at all; only CloudFormation knows of it."""
        self.released |= set(self.rest())
        self.lost("the whole resource", why)
        return Made(f"not-modelled-{self.logical_id}")

    def lost(self, what: str, why: str) -> None:
        LIMITS.left(self._resource, (self.rtype, what, why))

    def copied(self, what: str, why: str) -> None:
        LIMITS.copied(self._resource, (self.rtype, what, why))

    @property
    def _resource(self) -> str:
        return f"{self.place.region} {self.place.stack} {self.logical_id}"

    def finished(self) -> None:
        if self._properties:
            raise NotModelled(f"property {self.rtype}.{', '.join(sorted(self._properties))} is not modelled")


class Provider:
    """A type of resource. Without `update`, a change of anything but `replaced_by` fails."""

    rtype: ClassVar[str]
    #: Properties whose change makes another resource, as the resource's page in CloudFormation's reference says.
    replaced_by: ClassVar[frozenset[str]] = frozenset()
    #: Paths of properties (`A[].B`) that the service takes and does not show, and why.
    forgotten: ClassVar[Mapping[str, str]] = {}
    #: Paths of properties that the service shows under another name.
    aliases: ClassVar[Mapping[str, str]] = {}

    def create(self, work: Work) -> Made:
        raise NotImplementedError

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        """Puts all properties of `work`, of which `changed` differ, to what `made` is."""
        raise NotModelled(f"an update of {self.rtype} ({', '.join(sorted(changed))}) is not modelled")

    def delete(self, work: Work, made: Made) -> None:
        raise NotModelled(f"a deletion of {self.rtype} is not modelled")


PROVIDERS: dict[str, Provider] = {}


def provides(provider: type[Provider]) -> type[Provider]:
    PROVIDERS[provider.rtype] = provider()
    return provider


def provider_of(rtype: str) -> Provider:
    if rtype not in PROVIDERS:
        raise NotModelled(f"resource type {rtype} is not modelled")
    return PROVIDERS[rtype]


_making = threading.Lock()


def client(service: str, region: str) -> Any:
    # boto3's default session must not be used by two threads at once.
    with _making:
        return _client(service, region)


@functools.cache
def _client(service: str, region: str) -> Any:
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=f"http://127.0.0.1:{os.environ['MOTO_PORT']}",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}),
    )

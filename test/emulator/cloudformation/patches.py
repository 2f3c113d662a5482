"""Where a service of moto's answers untruly and no call of ours can help."""

from __future__ import annotations

import json
from typing import Any

from moto.s3.models import FakeBucket
from moto.servicediscovery.responses import ServiceDiscoveryResponse

_permission = FakeBucket.get_permission


def _unconditional(self: FakeBucket, action: str, resource: str) -> Any:
    """moto enforces bucket policies and ignores conditions: `Deny` without TLS would refuse every request."""
    whole = self.policy
    if not whole:
        return _permission(self, action, resource)
    document = json.loads(whole)
    document["Statement"] = [one for one in document["Statement"] if not one.get("Condition")]
    try:
        self.policy = json.dumps(document).encode()
        return _permission(self, action, resource)
    finally:
        self.policy = whole


def _permitted(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
    """
    S3 looks at the grants of a target with ACLs only. A target that takes its permissions from a policy gets it after
    the bucket that the policy names, as in every template of the CDK's, and moto would refuse the logging until then.
    """
    return True


def _services_of_namespace(self: ServiceDiscoveryResponse) -> str:
    """moto lists all services whatever namespace is asked for."""
    filters = {one["Name"]: one["Values"] for one in json.loads(self.body).get("Filters") or []}
    namespaces = filters.get("NAMESPACE_ID")
    services = self.servicediscovery_backend.list_services()
    found = [one for one in services if namespaces is None or one.namespace_id in namespaces]
    return json.dumps({"Services": [one.to_json() for one in found]})


def apply() -> None:
    FakeBucket.get_permission = _unconditional
    FakeBucket._log_permissions_enabled_policy = staticmethod(_permitted)
    ServiceDiscoveryResponse.list_services = _services_of_namespace

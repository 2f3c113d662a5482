from __future__ import annotations

from typing import Any, ClassVar

from ..provider import Made, Provider, Work, provides


class Namespace(Provider):
    replaced_by = frozenset({"Name", "Vpc"})
    operation: ClassVar[str]

    def create(self, work: Work) -> Made:
        started = work.call("servicediscovery", self.operation, **work.rest())
        operation = work.call("servicediscovery", "GetOperation", OperationId=started["OperationId"])["Operation"]
        namespace = work.call("servicediscovery", "GetNamespace", Id=operation["Targets"]["NAMESPACE"])["Namespace"]
        zone = namespace.get("Properties", {}).get("DnsProperties", {}).get("HostedZoneId")
        attributes: dict[str, Any] = {"Id": namespace["Id"], "Arn": namespace["Arn"]}
        return Made(namespace["Id"], {**attributes, **({"HostedZoneId": zone} if zone else {})})

    def delete(self, work: Work, made: Made) -> None:
        work.call("servicediscovery", "DeleteNamespace", Id=made.physical_id)


@provides
class PrivateNamespace(Namespace):
    rtype = "AWS::ServiceDiscovery::PrivateDnsNamespace"
    operation = "CreatePrivateDnsNamespace"
    forgotten = {"Vpc": "the emulated service makes a hosted zone that belongs to no VPC"}


@provides
class PublicNamespace(Namespace):
    rtype = "AWS::ServiceDiscovery::PublicDnsNamespace"
    operation = "CreatePublicDnsNamespace"


@provides
class Service(Provider):
    rtype = "AWS::ServiceDiscovery::Service"
    replaced_by = frozenset({"Name", "NamespaceId", "HealthCheckCustomConfig"})

    def create(self, work: Work) -> Made:
        made = work.call("servicediscovery", "CreateService", **work.rest())["Service"]
        return Made(made["Id"], {"Id": made["Id"], "Arn": made["Arn"], "Name": made["Name"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("servicediscovery", "DeleteService", Id=made.physical_id)

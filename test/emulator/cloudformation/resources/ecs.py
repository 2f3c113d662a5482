from __future__ import annotations

from typing import Any

from moto.ecs.models import ecs_backends

from ..provider import Made, Provider, Work, provides

#: Fields of `CreateService` that moto's service takes and forgets, and the attributes its answers are made from.
_FORGOTTEN = {
    "capacityProviderStrategy": "capacity_provider_strategy",
    "placementConstraints": "placement_constraints",
    "placementStrategy": "placement_strategy",
    "deploymentConfiguration": "deployment_configuration",
    "enableECSManagedTags": "enable_ecs_managed_tags",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
}
_WHY = "moto's CreateService takes it and forgets it; written into its answers by the emulator"


@provides
class TaskDefinition(Provider):
    rtype = "AWS::ECS::TaskDefinition"
    #: Every change makes another revision.
    replaced_by = frozenset(
        {
            "ContainerDefinitions",
            "Cpu",
            "ExecutionRoleArn",
            "Family",
            "Memory",
            "NetworkMode",
            "TaskRoleArn",
            "Volumes",
        }
    )

    def create(self, work: Work) -> Made:
        made = work.call("ecs", "RegisterTaskDefinition", family=work.name("Family"), **work.rest())["taskDefinition"]
        return Made(made["taskDefinitionArn"], {"TaskDefinitionArn": made["taskDefinitionArn"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ecs", "DeregisterTaskDefinition", taskDefinition=made.physical_id)


@provides
class Service(Provider):
    rtype = "AWS::ECS::Service"
    forgotten = {"AvailabilityZoneRebalancing": "the emulated service does not know it"}
    replaced_by = frozenset({"ServiceName", "Cluster", "SchedulingStrategy", "ServiceRegistries"})

    def create(self, work: Work) -> Made:
        name, strategies = work.name("ServiceName"), work.take("PlacementStrategies")
        rest = work.rest()
        given = {"serviceName": name, "placementStrategy": strategies, **rest}
        made = work.call("ecs", "CreateService", **given)["service"]
        self._remember(work, made["serviceArn"], given)
        return Made(made["serviceArn"], {"Name": made["serviceName"], "ServiceArn": made["serviceArn"]})

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        unchangeable = changed - {"TaskDefinition"}
        if unchangeable:
            return super().update(work, made, unchangeable)
        cluster, task = work.take("Cluster"), work.take("TaskDefinition")
        work.call("ecs", "UpdateService", cluster=cluster, service=made.attributes["Name"], taskDefinition=task)
        work.rest()
        return made

    def delete(self, work: Work, made: Made) -> None:
        cluster = work.take("Cluster")
        work.call("ecs", "DeleteService", cluster=cluster, service=made.attributes["Name"], force=True)

    def _remember(self, work: Work, arn: str, given: dict[str, Any]) -> None:
        services = ecs_backends[work.place.account][work.place.region].services
        service = next(one for one in services.values() if one.arn == arn)
        lowered = {name.lower(): value for name, value in given.items() if value is not None}
        for name, attribute in _FORGOTTEN.items():
            if name.lower() in lowered:
                setattr(service, attribute, _api_names(lowered[name.lower()]))
                work.copied(name[0].upper() + name[1:], _WHY)
        if "capacityproviderstrategy" in lowered:
            service.launch_type = None


def _api_names(value: Any) -> Any:
    """Names as ECS writes them, with a small first letter."""
    if isinstance(value, list):
        return [_api_names(item) for item in value]
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: _api_names(item) for key, item in value.items()}
    return value

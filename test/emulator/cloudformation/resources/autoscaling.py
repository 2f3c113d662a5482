from __future__ import annotations

from typing import Any

from ..provider import Made, Provider, Work, provides


@provides
class Group(Provider):
    rtype = "AWS::AutoScaling::AutoScalingGroup"
    replaced_by = frozenset({"AutoScalingGroupName"})
    forgotten = {"InstanceMaintenancePolicy": "the emulated service forgets it"}

    def create(self, work: Work) -> Made:
        name = work.name("AutoScalingGroupName")
        hooks = work.take("LifecycleHookSpecificationList", [])
        work.take("InstanceMaintenancePolicy")
        tags = [{**tag, "ResourceId": name, "ResourceType": "auto-scaling-group"} for tag in work.take("Tags", [])]
        self._put(work, "CreateAutoScalingGroup", name, Tags=tags)
        for hook in hooks:
            work.call("autoscaling", "PutLifecycleHook", AutoScalingGroupName=name, **hook)
        groups = work.call("autoscaling", "DescribeAutoScalingGroups", AutoScalingGroupNames=[name])
        return Made(name, {"AutoScalingGroupARN": groups["AutoScalingGroups"][0]["AutoScalingGroupARN"]})

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        unchangeable = changed & {"Tags", "LifecycleHookSpecificationList"}
        if unchangeable:
            return super().update(work, made, unchangeable)
        for kept in ("Tags", "LifecycleHookSpecificationList", "InstanceMaintenancePolicy", "AutoScalingGroupName"):
            work.take(kept)
        self._put(work, "UpdateAutoScalingGroup", made.physical_id)
        return made

    def delete(self, work: Work, made: Made) -> None:
        work.call("autoscaling", "DeleteAutoScalingGroup", AutoScalingGroupName=made.physical_id, ForceDelete=True)

    def _put(self, work: Work, operation: str, name: str, **more: Any) -> None:
        subnets = ",".join(work.take("VPCZoneIdentifier", []))
        cooldown = work.take("Cooldown")
        work.call(
            "autoscaling",
            operation,
            AutoScalingGroupName=name,
            VPCZoneIdentifier=subnets,
            DefaultCooldown=cooldown,
            **more,
            **work.rest(),
        )

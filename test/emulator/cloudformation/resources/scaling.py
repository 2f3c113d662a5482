from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Target(Provider):
    rtype = "AWS::ApplicationAutoScaling::ScalableTarget"
    forgotten = {"Tags": "the emulated service cannot list tags of scalable targets"}
    replaced_by = frozenset({"ResourceId", "ScalableDimension", "ServiceNamespace"})

    def create(self, work: Work) -> Made:
        rest = work.rest()
        tags = {tag["Key"]: tag["Value"] for tag in rest.pop("Tags", [])}
        work.call("application-autoscaling", "RegisterScalableTarget", Tags=tags, **rest)
        return Made("|".join((rest["ResourceId"], rest["ScalableDimension"], rest["ServiceNamespace"])))

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        return self.create(work)

    def delete(self, work: Work, made: Made) -> None:
        resource, dimension, namespace = made.physical_id.split("|")
        work.call(
            "application-autoscaling",
            "DeregisterScalableTarget",
            ResourceId=resource,
            ScalableDimension=dimension,
            ServiceNamespace=namespace,
        )


@provides
class Policy(Provider):
    rtype = "AWS::ApplicationAutoScaling::ScalingPolicy"
    replaced_by = frozenset({"PolicyName", "ScalingTargetId"})

    def create(self, work: Work) -> Made:
        resource, dimension, namespace = work.take("ScalingTargetId").split("|")
        made = work.call(
            "application-autoscaling",
            "PutScalingPolicy",
            ResourceId=resource,
            ScalableDimension=dimension,
            ServiceNamespace=namespace,
            **work.rest(),
        )
        return Made(made["PolicyARN"], {"Arn": made["PolicyARN"]})

    def delete(self, work: Work, made: Made) -> None:
        resource, dimension, namespace = work.take("ScalingTargetId").split("|")
        work.call(
            "application-autoscaling",
            "DeleteScalingPolicy",
            PolicyName=work.take("PolicyName"),
            ResourceId=resource,
            ScalableDimension=dimension,
            ServiceNamespace=namespace,
        )

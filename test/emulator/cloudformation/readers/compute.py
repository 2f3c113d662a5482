"""Fleets and the services on them."""

from __future__ import annotations

from typing import Any

from ..provider import Made, Place, client
from ..readback import reads


@reads("AWS::EC2::LaunchTemplate")
def launch_template(place: Place, made: Made) -> Any:
    return client("ec2", place.region).describe_launch_template_versions(
        LaunchTemplateId=made.physical_id, Versions=["$Latest"]
    )["LaunchTemplateVersions"]


@reads("AWS::AutoScaling::AutoScalingGroup")
def group(place: Place, made: Made) -> Any:
    autoscaling = client("autoscaling", place.region)
    groups = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[made.physical_id])["AutoScalingGroups"]
    return [
        groups,
        {"VPCZoneIdentifier": groups[0]["VPCZoneIdentifier"].split(","), "Cooldown": groups[0]["DefaultCooldown"]},
        autoscaling.describe_lifecycle_hooks(AutoScalingGroupName=made.physical_id)["LifecycleHooks"],
    ]


@reads("AWS::ECS::Cluster")
def cluster(place: Place, made: Made) -> Any:
    include = ["SETTINGS", "TAGS"]
    clusters = client("ecs", place.region).describe_clusters(clusters=[made.physical_id], include=include)["clusters"]
    return [clusters, {"ClusterSettings": clusters[0]["settings"]}]


@reads("AWS::ECS::CapacityProvider")
def capacity_provider(place: Place, made: Made) -> Any:
    return client("ecs", place.region).describe_capacity_providers(
        capacityProviders=[made.physical_id], include=["TAGS"]
    )


@reads("AWS::ECS::ClusterCapacityProviderAssociations")
def associations(place: Place, made: Made) -> Any:
    described = client("ecs", place.region).describe_clusters(clusters=[made.physical_id])["clusters"][0]
    return [{"Cluster": described["clusterName"]}, described]


@reads("AWS::ECS::TaskDefinition")
def task_definition(place: Place, made: Made) -> Any:
    return client("ecs", place.region).describe_task_definition(taskDefinition=made.physical_id, include=["TAGS"])


@reads("AWS::ECS::Service")
def service(place: Place, made: Made) -> Any:
    cluster_name = made.physical_id.split("/")[-2]
    services = client("ecs", place.region).describe_services(
        cluster=cluster_name, services=[made.physical_id], include=["TAGS"]
    )["services"]
    return [services, {"Cluster": cluster_name, "PlacementStrategies": services[0].get("placementStrategy")}]


@reads("AWS::ApplicationAutoScaling::ScalableTarget")
def scalable_target(place: Place, made: Made) -> Any:
    resource, dimension, namespace = made.physical_id.split("|")
    scaling = client("application-autoscaling", place.region)
    return scaling.describe_scalable_targets(
        ServiceNamespace=namespace, ResourceIds=[resource], ScalableDimension=dimension
    )["ScalableTargets"]


@reads("AWS::ApplicationAutoScaling::ScalingPolicy")
def scaling_policy(place: Place, made: Made) -> Any:
    scaling = client("application-autoscaling", place.region)
    policies = scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    mine = [one for one in policies if one["PolicyARN"] == made.physical_id]
    targets = ["|".join((one["ResourceId"], one["ScalableDimension"], one["ServiceNamespace"])) for one in mine]
    return [mine, {"ScalingTargetId": targets}]

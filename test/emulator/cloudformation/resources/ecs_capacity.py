from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Cluster(Provider):
    rtype = "AWS::ECS::Cluster"
    replaced_by = frozenset({"ClusterName"})

    def create(self, work: Work) -> Made:
        name, settings = work.name("ClusterName"), work.take("ClusterSettings")
        made = work.call("ecs", "CreateCluster", clusterName=name, settings=settings, **work.rest())["cluster"]
        return Made(made["clusterName"], {"Arn": made["clusterArn"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ecs", "DeleteCluster", cluster=made.physical_id)


@provides
class CapacityProvider(Provider):
    rtype = "AWS::ECS::CapacityProvider"
    replaced_by = frozenset({"Name"})

    def create(self, work: Work) -> Made:
        made = work.call("ecs", "CreateCapacityProvider", name=work.name("Name"), **work.rest())["capacityProvider"]
        return Made(made["name"])

    def delete(self, work: Work, made: Made) -> None:
        work.call("ecs", "DeleteCapacityProvider", capacityProvider=made.physical_id)


@provides
class Associations(Provider):
    rtype = "AWS::ECS::ClusterCapacityProviderAssociations"
    replaced_by = frozenset({"Cluster"})

    def create(self, work: Work) -> Made:
        cluster = work.take("Cluster")
        work.call("ecs", "PutClusterCapacityProviders", cluster=cluster, **work.rest())
        return Made(cluster)

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        return self.create(work)

    def delete(self, work: Work, made: Made) -> None:
        work.call(
            "ecs",
            "PutClusterCapacityProviders",
            cluster=made.physical_id,
            capacityProviders=[],
            defaultCapacityProviderStrategy=[],
        )

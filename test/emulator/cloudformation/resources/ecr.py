from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Repository(Provider):
    rtype = "AWS::ECR::Repository"
    replaced_by = frozenset({"RepositoryName", "EncryptionConfiguration"})

    def create(self, work: Work) -> Made:
        name = work.name("RepositoryName").lower()
        lifecycle = work.take("LifecyclePolicy")
        policy = work.take("RepositoryPolicyText")
        made = work.call("ecr", "CreateRepository", repositoryName=name, **work.rest())["repository"]
        if lifecycle:
            text = lifecycle["LifecyclePolicyText"]
            work.call("ecr", "PutLifecyclePolicy", repositoryName=name, lifecyclePolicyText=text)
        if policy:
            work.call("ecr", "SetRepositoryPolicy", repositoryName=name, policyText=policy)
        return Made(name, {"Arn": made["repositoryArn"], "RepositoryUri": made["repositoryUri"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ecr", "DeleteRepository", repositoryName=made.physical_id)

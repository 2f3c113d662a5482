from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Key(Provider):
    rtype = "AWS::KMS::Key"

    def create(self, work: Work) -> Made:
        made = work.call(
            "kms",
            "CreateKey",
            Policy=work.take("KeyPolicy"),
            Description=work.take("Description"),
            Tags=[{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in work.take("Tags", [])],
        )["KeyMetadata"]
        if work.take("EnableKeyRotation"):
            work.call("kms", "EnableKeyRotation", KeyId=made["KeyId"])
        work.release("PendingWindowInDays")
        return Made(made["KeyId"], {"Arn": made["Arn"], "KeyId": made["KeyId"]})

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        work.call("kms", "PutKeyPolicy", KeyId=made.physical_id, PolicyName="default", Policy=work.take("KeyPolicy"))
        if changed - {"KeyPolicy"}:
            return super().update(work, made, changed)
        work.rest()
        return made

    def delete(self, work: Work, made: Made) -> None:
        days = work.take("PendingWindowInDays", 30)
        work.call("kms", "ScheduleKeyDeletion", KeyId=made.physical_id, PendingWindowInDays=days)


@provides
class Alias(Provider):
    rtype = "AWS::KMS::Alias"
    replaced_by = frozenset({"AliasName"})

    def create(self, work: Work) -> Made:
        name = work.take("AliasName")
        work.call("kms", "CreateAlias", AliasName=name, TargetKeyId=work.take("TargetKeyId"))
        return Made(name)

    def delete(self, work: Work, made: Made) -> None:
        work.call("kms", "DeleteAlias", AliasName=made.physical_id)

from __future__ import annotations

from ..fit import renamed
from ..provider import Made, Provider, Work, provides


@provides
class Table(Provider):
    rtype = "AWS::DynamoDB::Table"
    replaced_by = frozenset({"TableName", "KeySchema"})
    aliases = {"SSESpecification.KMSMasterKeyId": "KMSMasterKeyArn"}

    def create(self, work: Work) -> Made:
        name = work.name("TableName")
        recovery = work.take("PointInTimeRecoverySpecification")
        names = {"SSEEnabled": "Enabled", "SSEType": "SSEType", "KMSMasterKeyId": "KMSMasterKeyId"}
        encryption = renamed(work.take("SSESpecification", {}), names, work.rtype)
        work.left("KinesisStreamSpecification", "moto streams no table to Kinesis")
        table = work.call(
            "dynamodb",
            "CreateTable",
            TableName=name,
            SSESpecification=encryption or None,
            **work.rest(),
        )["TableDescription"]
        if recovery:
            work.call("dynamodb", "UpdateContinuousBackups", TableName=name, PointInTimeRecoverySpecification=recovery)
        return Made(name, {"Arn": table["TableArn"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("dynamodb", "DeleteTable", TableName=made.physical_id)

from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Function(Provider):
    rtype = "AWS::Lambda::Function"
    replaced_by = frozenset({"FunctionName"})
    forgotten = {
        "Code": "a function shows a link to its code, not where the code came from",
        "LoggingConfig": "moto shows no group that a function logs to",
    }

    def create(self, work: Work) -> Made:
        name, concurrency = work.name("FunctionName"), work.take("ReservedConcurrentExecutions")
        tags = {tag["Key"]: tag["Value"] for tag in work.take("Tags", [])}
        code = work.take("Code")
        made = work.call("lambda", "CreateFunction", FunctionName=name, Code=code, Tags=tags, **work.rest())
        if concurrency is not None:
            work.call(
                "lambda",
                "PutFunctionConcurrency",
                FunctionName=name,
                ReservedConcurrentExecutions=concurrency,
            )
        return Made(name, {"Arn": made["FunctionArn"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("lambda", "DeleteFunction", FunctionName=made.physical_id)


@provides
class Permission(Provider):
    rtype = "AWS::Lambda::Permission"
    replaced_by = frozenset({"Action", "FunctionName", "Principal", "SourceAccount", "SourceArn"})
    aliases = {
        "FunctionName": "Resource",
        "Principal": "Service",
        "SourceAccount": "AWS:SourceAccount",
        "SourceArn": "AWS:SourceArn",
    }

    def create(self, work: Work) -> Made:
        function, statement = work.take("FunctionName"), work.logical_id
        work.call("lambda", "AddPermission", FunctionName=function, StatementId=statement, **work.rest())
        return Made(statement, {"Function": function})

    def delete(self, work: Work, made: Made) -> None:
        work.call(
            "lambda",
            "RemovePermission",
            FunctionName=made.attributes["Function"],
            StatementId=made.physical_id,
        )

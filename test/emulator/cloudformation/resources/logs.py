from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class LogGroup(Provider):
    rtype = "AWS::Logs::LogGroup"
    replaced_by = frozenset({"LogGroupName"})
    forgotten = {"DeletionProtectionEnabled": "the emulated service has no deletion protection of log groups"}

    def create(self, work: Work) -> Made:
        name = work.name("LogGroupName")
        tags = {tag["Key"]: tag["Value"] for tag in work.take("Tags", [])}
        days = work.take("RetentionInDays")
        work.take("DeletionProtectionEnabled")
        work.call("logs", "CreateLogGroup", logGroupName=name, tags=tags, kmsKeyId=work.take("KmsKeyId"))
        if days:
            work.call("logs", "PutRetentionPolicy", logGroupName=name, retentionInDays=days)
        return Made(name, {"Arn": f"arn:aws:logs:{work.place.region}:{work.place.account}:log-group:{name}:*"})

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        unchangeable = changed - {"RetentionInDays"}
        if unchangeable:
            return super().update(work, made, unchangeable)
        days = work.take("RetentionInDays")
        work.call("logs", "PutRetentionPolicy", logGroupName=made.physical_id, retentionInDays=days)
        work.rest()
        return made

    def delete(self, work: Work, made: Made) -> None:
        work.call("logs", "DeleteLogGroup", logGroupName=made.physical_id)


@provides
class LogStream(Provider):
    rtype = "AWS::Logs::LogStream"
    replaced_by = frozenset({"LogGroupName", "LogStreamName"})

    def create(self, work: Work) -> Made:
        name, group = work.name("LogStreamName"), work.take("LogGroupName")
        work.call("logs", "CreateLogStream", logGroupName=group, logStreamName=name)
        return Made(name)

    def delete(self, work: Work, made: Made) -> None:
        group = work.take("LogGroupName")
        work.call("logs", "DeleteLogStream", logGroupName=group, logStreamName=made.physical_id)


@provides
class MetricFilter(Provider):
    rtype = "AWS::Logs::MetricFilter"
    replaced_by = frozenset({"FilterName", "LogGroupName"})

    def create(self, work: Work) -> Made:
        name = work.name("FilterName")
        work.call("logs", "PutMetricFilter", filterName=name, **work.rest())
        return Made(name)

    def delete(self, work: Work, made: Made) -> None:
        group = work.take("LogGroupName")
        work.call("logs", "DeleteMetricFilter", filterName=made.physical_id, logGroupName=group)


@provides
class QueryDefinition(Provider):
    rtype = "AWS::Logs::QueryDefinition"

    def create(self, work: Work) -> Made:
        return work.left_whole("the emulated service has no saved queries")

    def delete(self, work: Work, made: Made) -> None:
        """There is nothing to delete."""

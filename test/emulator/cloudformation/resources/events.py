from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Rule(Provider):
    rtype = "AWS::Events::Rule"
    replaced_by = frozenset({"Name", "EventBusName"})

    def create(self, work: Work) -> Made:
        name, targets = work.name("Name"), work.take("Targets", [])
        arn = work.call("events", "PutRule", Name=name, **work.rest())["RuleArn"]
        if targets:
            failed = work.call("events", "PutTargets", Rule=name, Targets=targets)["FailedEntries"]
            if failed:
                raise ValueError(str(failed))
        return Made(name, {"Arn": arn})

    def delete(self, work: Work, made: Made) -> None:
        ids = [target["Id"] for target in work.take("Targets", [])]
        if ids:
            work.call("events", "RemoveTargets", Rule=made.physical_id, Ids=ids)
        work.call("events", "DeleteRule", Name=made.physical_id)

from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Trail(Provider):
    rtype = "AWS::CloudTrail::Trail"
    replaced_by = frozenset({"TrailName"})
    aliases = {"TrailName": "Name"}

    def create(self, work: Work) -> Made:
        name = work.name("TrailName")
        logging = work.take("IsLogging")
        selectors = work.take("AdvancedEventSelectors")
        tags = work.take("Tags")
        trail = work.call("cloudtrail", "CreateTrail", Name=name, TagsList=tags, **work.rest())
        if selectors:
            work.call("cloudtrail", "PutEventSelectors", TrailName=name, AdvancedEventSelectors=selectors)
        if logging:
            work.call("cloudtrail", "StartLogging", Name=name)
        return Made(name, {"Arn": trail["TrailARN"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("cloudtrail", "DeleteTrail", Name=made.physical_id)

from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class LaunchTemplate(Provider):
    rtype = "AWS::EC2::LaunchTemplate"
    replaced_by = frozenset({"LaunchTemplateName"})

    def create(self, work: Work) -> Made:
        name, data = work.name("LaunchTemplateName"), work.take("LaunchTemplateData")
        made = work.call("ec2", "CreateLaunchTemplate", LaunchTemplateName=name, LaunchTemplateData=data)[
            "LaunchTemplate"
        ]
        return _made(made["LaunchTemplateId"], 1)

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        """A version is never changed: there is another one, and `DefaultVersionNumber` stays."""
        work.take("LaunchTemplateName")
        data = work.take("LaunchTemplateData")
        version = work.call(
            "ec2", "CreateLaunchTemplateVersion", LaunchTemplateId=made.physical_id, LaunchTemplateData=data
        )["LaunchTemplateVersion"]
        return _made(made.physical_id, version["VersionNumber"])

    def delete(self, work: Work, made: Made) -> None:
        work.call("ec2", "DeleteLaunchTemplate", LaunchTemplateId=made.physical_id)


def _made(template: str, latest: int) -> Made:
    numbers = {"LatestVersionNumber": str(latest), "DefaultVersionNumber": "1"}
    return Made(template, {"LaunchTemplateId": template, **numbers})

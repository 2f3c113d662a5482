from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Alarm(Provider):
    rtype = "AWS::CloudWatch::Alarm"
    replaced_by = frozenset({"AlarmName"})

    def create(self, work: Work) -> Made:
        name = work.name("AlarmName")
        work.call("cloudwatch", "PutMetricAlarm", AlarmName=name, **work.rest())
        return Made(name, {"Arn": f"arn:aws:cloudwatch:{work.place.region}:{work.place.account}:alarm:{name}"})

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        return self.create(work)

    def delete(self, work: Work, made: Made) -> None:
        work.call("cloudwatch", "DeleteAlarms", AlarmNames=[made.physical_id])


@provides
class Dashboard(Provider):
    rtype = "AWS::CloudWatch::Dashboard"
    replaced_by = frozenset({"DashboardName"})

    def create(self, work: Work) -> Made:
        name, body = work.name("DashboardName"), work.take("DashboardBody")
        work.left("Tags", "the emulated service has no tags of dashboards")
        work.call("cloudwatch", "PutDashboard", DashboardName=name, DashboardBody=body)
        return Made(name)

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        return self.create(work)

    def delete(self, work: Work, made: Made) -> None:
        work.call("cloudwatch", "DeleteDashboards", DashboardNames=[made.physical_id])

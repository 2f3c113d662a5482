from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Parameter(Provider):
    rtype = "AWS::SSM::Parameter"
    replaced_by = frozenset({"Name"})

    def create(self, work: Work) -> Made:
        name, rest = work.name("Name"), work.rest()
        tags = [{"Key": key, "Value": value} for key, value in rest.pop("Tags", {}).items()]
        work.call("ssm", "PutParameter", Name=name, Tags=tags or None, **rest)
        return Made(name, {"Type": rest["Type"], "Value": rest["Value"]})

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        work.take("Name")
        rest = work.rest()
        work.call("ssm", "PutParameter", Name=made.physical_id, Overwrite=True, **rest)
        return Made(made.physical_id, {"Type": rest["Type"], "Value": rest["Value"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ssm", "DeleteParameter", Name=made.physical_id)

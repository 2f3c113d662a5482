from __future__ import annotations

from typing import Any

from ..provider import Made, Provider, Work, provides

_LONGEST_ROLE = 64


@provides
class Role(Provider):
    rtype = "AWS::IAM::Role"
    replaced_by = frozenset({"RoleName", "Path"})
    aliases = {"ManagedPolicyArns[]": "PolicyArn"}

    def create(self, work: Work) -> Made:
        name = work.name("RoleName")[:_LONGEST_ROLE]
        attached, inline = work.take("ManagedPolicyArns", []), work.take("Policies", [])
        role = work.call("iam", "CreateRole", RoleName=name, **work.rest())["Role"]
        for arn in attached:
            work.call("iam", "AttachRolePolicy", RoleName=name, PolicyArn=arn)
        for policy in inline:
            work.call("iam", "PutRolePolicy", RoleName=name, **policy)
        return Made(name, {"Arn": role["Arn"], "RoleId": role["RoleId"]})

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        unchangeable = changed - {"AssumeRolePolicyDocument"}
        if unchangeable:
            return super().update(work, made, unchangeable)
        policy = work.take("AssumeRolePolicyDocument")
        work.call("iam", "UpdateAssumeRolePolicy", RoleName=made.physical_id, PolicyDocument=policy)
        work.rest()
        return made

    def delete(self, work: Work, made: Made) -> None:
        for arn in work.take("ManagedPolicyArns", []):
            work.call("iam", "DetachRolePolicy", RoleName=made.physical_id, PolicyArn=arn)
        for policy in work.take("Policies", []):
            work.call("iam", "DeleteRolePolicy", RoleName=made.physical_id, PolicyName=policy["PolicyName"])
        work.call("iam", "DeleteRole", RoleName=made.physical_id)


@provides
class Policy(Provider):
    """Inline policy of several roles."""

    rtype = "AWS::IAM::Policy"
    replaced_by = frozenset({"PolicyName", "Roles"})

    def create(self, work: Work) -> Made:
        name, document = work.take("PolicyName"), work.take("PolicyDocument")
        for role in work.take("Roles", []):
            work.call("iam", "PutRolePolicy", RoleName=role, PolicyName=name, PolicyDocument=document)
        return Made(name)

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        return self.create(work)

    def delete(self, work: Work, made: Made) -> None:
        for role in work.take("Roles", []):
            work.call("iam", "DeleteRolePolicy", RoleName=role, PolicyName=made.physical_id)


@provides
class ManagedPolicy(Provider):
    rtype = "AWS::IAM::ManagedPolicy"
    replaced_by = frozenset({"ManagedPolicyName", "Path", "Description"})
    aliases = {"ManagedPolicyName": "PolicyName"}

    def create(self, work: Work) -> Made:
        name = work.name("ManagedPolicyName")
        roles = work.take("Roles", [])
        arn = work.call("iam", "CreatePolicy", PolicyName=name, **work.rest())["Policy"]["Arn"]
        self._attach(work, arn, roles)
        return Made(arn, {"PolicyArn": arn})

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        unchangeable = changed - {"PolicyDocument"}
        if unchangeable:
            return super().update(work, made, unchangeable)
        document = work.take("PolicyDocument")
        work.call("iam", "CreatePolicyVersion", PolicyArn=made.physical_id, PolicyDocument=document, SetAsDefault=True)
        work.rest()
        return made

    def delete(self, work: Work, made: Made) -> None:
        for role in work.take("Roles", []):
            work.call("iam", "DetachRolePolicy", RoleName=role, PolicyArn=made.physical_id)
        work.call("iam", "DeletePolicy", PolicyArn=made.physical_id)

    def _attach(self, work: Work, arn: str, roles: list[Any]) -> None:
        for role in roles:
            work.call("iam", "AttachRolePolicy", RoleName=role, PolicyArn=arn)


@provides
class InstanceProfile(Provider):
    rtype = "AWS::IAM::InstanceProfile"
    replaced_by = frozenset({"InstanceProfileName", "Path"})

    def create(self, work: Work) -> Made:
        name = work.name("InstanceProfileName")
        roles = work.take("Roles", [])
        profile = work.call("iam", "CreateInstanceProfile", InstanceProfileName=name, **work.rest())["InstanceProfile"]
        for role in roles:
            work.call("iam", "AddRoleToInstanceProfile", InstanceProfileName=name, RoleName=role)
        return Made(name, {"Arn": profile["Arn"]})

    def delete(self, work: Work, made: Made) -> None:
        name = made.physical_id
        for role in work.take("Roles", []):
            work.call("iam", "RemoveRoleFromInstanceProfile", InstanceProfileName=name, RoleName=role)
        work.call("iam", "DeleteInstanceProfile", InstanceProfileName=name)

from __future__ import annotations

from typing import Any, ClassVar

from ..errors import NotModelled
from ..provider import Made, Provider, Work, provides
from .network import tagged

_FORGETS = "the emulated service forgets descriptions of rules whose peer is not a CIDR"
_PEERS = {
    "CidrIp": ("IpRanges", "CidrIp"),
    "SourceSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    "DestinationSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    "DestinationPrefixListId": ("PrefixListIds", "PrefixListId"),
}


def permission(rule: dict[str, Any], rtype: str) -> dict[str, Any]:
    """One rule of a template as the API takes it: one peer, with its description."""
    rest = dict(rule)
    ports = {name: rest.pop(name) for name in ("FromPort", "ToPort", "IpProtocol") if name in rest}
    description = rest.pop("Description", None)
    if len(rest) != 1 or next(iter(rest)) not in _PEERS:
        raise NotModelled(f"peer {', '.join(sorted(rest))} of {rtype} is not modelled")
    name, peer = rest.popitem()
    kind, key = _PEERS[name]
    return {**ports, kind: [{key: peer, **({"Description": description} if description else {})}]}


@provides
class SecurityGroup(Provider):
    rtype = "AWS::EC2::SecurityGroup"
    replaced_by = frozenset({"GroupDescription", "GroupName", "VpcId"})
    forgotten = {"SecurityGroupEgress[].Description": _FORGETS}
    aliases = {
        "SecurityGroupIngress[].SourceSecurityGroupId": "GroupId",
        "SecurityGroupEgress[].DestinationSecurityGroupId": "GroupId",
        "SecurityGroupEgress[].DestinationPrefixListId": "PrefixListId",
    }

    def create(self, work: Work) -> Made:
        ingress, egress = work.take("SecurityGroupIngress", []), work.take("SecurityGroupEgress", [])
        group = work.call(
            "ec2",
            "CreateSecurityGroup",
            GroupName=work.name("GroupName"),
            Description=work.take("GroupDescription"),
            VpcId=work.take("VpcId"),
            TagSpecifications=tagged(work, "security-group"),
        )["GroupId"]
        if ingress:
            rules = [permission(rule, self.rtype) for rule in ingress]
            work.call("ec2", "AuthorizeSecurityGroupIngress", GroupId=group, IpPermissions=rules)
        if egress:
            # A group is born with a rule that lets everything out; CloudFormation takes it away when there are others.
            everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
            work.call("ec2", "RevokeSecurityGroupEgress", GroupId=group, IpPermissions=everything)
            rules = [permission(rule, self.rtype) for rule in egress]
            work.call("ec2", "AuthorizeSecurityGroupEgress", GroupId=group, IpPermissions=rules)
        return Made(group, {"GroupId": group})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ec2", "DeleteSecurityGroup", GroupId=made.physical_id)


class Rule(Provider):
    forgotten = {"Description": _FORGETS}
    direction: ClassVar[str]

    def create(self, work: Work) -> Made:
        group = work.take("GroupId")
        rules = [permission(work.rest(), self.rtype)]
        made = work.call("ec2", f"AuthorizeSecurityGroup{self.direction}", GroupId=group, IpPermissions=rules)
        return Made(made["SecurityGroupRules"][0]["SecurityGroupRuleId"])

    def delete(self, work: Work, made: Made) -> None:
        group = work.take("GroupId")
        rules = [permission(work.rest(), self.rtype)]
        work.call("ec2", f"RevokeSecurityGroup{self.direction}", GroupId=group, IpPermissions=rules)


@provides
class Ingress(Rule):
    rtype = "AWS::EC2::SecurityGroupIngress"
    direction = "Ingress"
    replaced_by = frozenset({"GroupId", "SourceSecurityGroupId", "FromPort", "ToPort", "IpProtocol"})


@provides
class Egress(Rule):
    rtype = "AWS::EC2::SecurityGroupEgress"
    direction = "Egress"
    replaced_by = frozenset({"GroupId", "DestinationSecurityGroupId", "FromPort", "ToPort", "IpProtocol"})

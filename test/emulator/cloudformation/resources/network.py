from __future__ import annotations

from typing import Any

from ..provider import Made, Provider, Work, provides


def tagged(work: Work, kind: str) -> list[dict[str, Any]] | None:
    tags = work.take("Tags")
    return [{"ResourceType": kind, "Tags": tags}] if tags else None


@provides
class Vpc(Provider):
    rtype = "AWS::EC2::VPC"
    replaced_by = frozenset({"CidrBlock"})

    def create(self, work: Work) -> Made:
        hostnames, support = work.take("EnableDnsHostnames", False), work.take("EnableDnsSupport", True)
        tags = tagged(work, "vpc")
        vpc = work.call("ec2", "CreateVpc", TagSpecifications=tags, **work.rest())["Vpc"]["VpcId"]
        work.call("ec2", "ModifyVpcAttribute", VpcId=vpc, EnableDnsSupport={"Value": support})
        work.call("ec2", "ModifyVpcAttribute", VpcId=vpc, EnableDnsHostnames={"Value": hostnames})
        return Made(vpc, {"VpcId": vpc})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ec2", "DeleteVpc", VpcId=made.physical_id)


@provides
class InternetGateway(Provider):
    rtype = "AWS::EC2::InternetGateway"

    def create(self, work: Work) -> Made:
        made = work.call("ec2", "CreateInternetGateway", TagSpecifications=tagged(work, "internet-gateway"))
        gateway = made["InternetGateway"]["InternetGatewayId"]
        return Made(gateway, {"InternetGatewayId": gateway})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ec2", "DeleteInternetGateway", InternetGatewayId=made.physical_id)


@provides
class Attachment(Provider):
    rtype = "AWS::EC2::VPCGatewayAttachment"
    replaced_by = frozenset({"VpcId"})

    def create(self, work: Work) -> Made:
        vpc, gateway = work.take("VpcId"), work.take("InternetGatewayId")
        work.call("ec2", "AttachInternetGateway", VpcId=vpc, InternetGatewayId=gateway)
        return Made(f"IGW|{vpc}")

    def delete(self, work: Work, made: Made) -> None:
        vpc, gateway = work.take("VpcId"), work.take("InternetGatewayId")
        work.call("ec2", "DetachInternetGateway", VpcId=vpc, InternetGatewayId=gateway)


@provides
class Endpoint(Provider):
    rtype = "AWS::EC2::VPCEndpoint"
    replaced_by = frozenset({"ServiceName", "VpcEndpointType", "VpcId"})

    def create(self, work: Work) -> Made:
        tags = tagged(work, "vpc-endpoint")
        made = work.call("ec2", "CreateVpcEndpoint", TagSpecifications=tags, **work.rest())["VpcEndpoint"]
        return Made(made["VpcEndpointId"], {"Id": made["VpcEndpointId"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ec2", "DeleteVpcEndpoints", VpcEndpointIds=[made.physical_id])


@provides
class Address(Provider):
    rtype = "AWS::EC2::EIP"
    replaced_by = frozenset({"Domain"})

    def create(self, work: Work) -> Made:
        made = work.call("ec2", "AllocateAddress", TagSpecifications=tagged(work, "elastic-ip"), **work.rest())
        return Made(made["PublicIp"], {"AllocationId": made["AllocationId"], "PublicIp": made["PublicIp"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ec2", "ReleaseAddress", AllocationId=made.attributes["AllocationId"])


@provides
class FlowLog(Provider):
    rtype = "AWS::EC2::FlowLog"
    replaced_by = frozenset({"ResourceId", "ResourceType", "LogGroupName", "TrafficType", "DeliverLogsPermissionArn"})

    def create(self, work: Work) -> Made:
        resource = work.take("ResourceId")
        tags = tagged(work, "vpc-flow-log")
        made = work.call("ec2", "CreateFlowLogs", ResourceIds=[resource], TagSpecifications=tags, **work.rest())
        if made.get("Unsuccessful"):
            raise ValueError(str(made["Unsuccessful"]))
        return Made(made["FlowLogIds"][0], {"Id": made["FlowLogIds"][0]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ec2", "DeleteFlowLogs", FlowLogIds=[made.physical_id])

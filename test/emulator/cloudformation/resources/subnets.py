from __future__ import annotations

from ..provider import Made, Provider, Work, provides
from .network import tagged


@provides
class Subnet(Provider):
    rtype = "AWS::EC2::Subnet"
    replaced_by = frozenset({"AvailabilityZoneId", "CidrBlock", "VpcId"})

    def create(self, work: Work) -> Made:
        public = work.take("MapPublicIpOnLaunch", False)
        tags = tagged(work, "subnet")
        subnet = work.call("ec2", "CreateSubnet", TagSpecifications=tags, **work.rest())["Subnet"]["SubnetId"]
        work.call("ec2", "ModifySubnetAttribute", SubnetId=subnet, MapPublicIpOnLaunch={"Value": public})
        return Made(subnet, {"SubnetId": subnet})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ec2", "DeleteSubnet", SubnetId=made.physical_id)


@provides
class RouteTable(Provider):
    rtype = "AWS::EC2::RouteTable"
    replaced_by = frozenset({"VpcId"})

    def create(self, work: Work) -> Made:
        tags = tagged(work, "route-table")
        made = work.call("ec2", "CreateRouteTable", TagSpecifications=tags, **work.rest())["RouteTable"]
        return Made(made["RouteTableId"], {"RouteTableId": made["RouteTableId"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ec2", "DeleteRouteTable", RouteTableId=made.physical_id)


@provides
class Association(Provider):
    rtype = "AWS::EC2::SubnetRouteTableAssociation"
    replaced_by = frozenset({"SubnetId", "RouteTableId"})

    def create(self, work: Work) -> Made:
        made = work.call("ec2", "AssociateRouteTable", **work.rest())["AssociationId"]
        return Made(made, {"Id": made})

    def delete(self, work: Work, made: Made) -> None:
        work.call("ec2", "DisassociateRouteTable", AssociationId=made.physical_id)


@provides
class Route(Provider):
    rtype = "AWS::EC2::Route"
    replaced_by = frozenset({"RouteTableId", "DestinationCidrBlock"})

    def create(self, work: Work) -> Made:
        rest = work.rest()
        work.call("ec2", "CreateRoute", **rest)
        return Made(f"{rest['RouteTableId']}|{rest['DestinationCidrBlock']}")

    def delete(self, work: Work, made: Made) -> None:
        table, cidr = work.take("RouteTableId"), work.take("DestinationCidrBlock")
        work.call("ec2", "DeleteRoute", RouteTableId=table, DestinationCidrBlock=cidr)

"""VPC and what lies in it."""

from __future__ import annotations

from typing import Any

from ..provider import Made, Place, client
from ..readback import reads


@reads("AWS::EC2::VPC")
def vpc(place: Place, made: Made) -> Any:
    ec2 = client("ec2", place.region)
    switches = {
        name: ec2.describe_vpc_attribute(VpcId=made.physical_id, Attribute=name[0].lower() + name[1:])[name]["Value"]
        for name in ("EnableDnsHostnames", "EnableDnsSupport")
    }
    return [ec2.describe_vpcs(VpcIds=[made.physical_id])["Vpcs"], switches]


@reads("AWS::EC2::InternetGateway")
def internet_gateway(place: Place, made: Made) -> Any:
    return client("ec2", place.region).describe_internet_gateways(InternetGatewayIds=[made.physical_id])


@reads("AWS::EC2::VPCGatewayAttachment")
def attachment(place: Place, made: Made) -> Any:
    vpc_id = made.physical_id.split("|")[1]
    filters = [{"Name": "attachment.vpc-id", "Values": [vpc_id]}]
    return client("ec2", place.region).describe_internet_gateways(Filters=filters)["InternetGateways"]


@reads("AWS::EC2::VPCEndpoint")
def endpoint(place: Place, made: Made) -> Any:
    described = client("ec2", place.region).describe_vpc_endpoints(VpcEndpointIds=[made.physical_id])["VpcEndpoints"]
    return [described, {"SecurityGroupIds": [one["GroupId"] for one in described[0].get("Groups", [])]}]


@reads("AWS::EC2::EIP")
def address(place: Place, made: Made) -> Any:
    return client("ec2", place.region).describe_addresses(PublicIps=[made.physical_id])


@reads("AWS::EC2::FlowLog")
def flow_log(place: Place, made: Made) -> Any:
    logs = client("ec2", place.region).describe_flow_logs(FlowLogIds=[made.physical_id])["FlowLogs"]
    # The API names the resource by id; that it is a VPC shows in the id.
    return [logs, {"ResourceType": "VPC" if logs[0]["ResourceId"].startswith("vpc-") else "other"}]


@reads("AWS::EC2::Subnet")
def subnet(place: Place, made: Made) -> Any:
    return client("ec2", place.region).describe_subnets(SubnetIds=[made.physical_id])["Subnets"]


@reads("AWS::EC2::RouteTable")
def route_table(place: Place, made: Made) -> Any:
    return client("ec2", place.region).describe_route_tables(RouteTableIds=[made.physical_id])["RouteTables"]


@reads("AWS::EC2::SubnetRouteTableAssociation")
def association(place: Place, made: Made) -> Any:
    filters = [{"Name": "association.route-table-association-id", "Values": [made.physical_id]}]
    tables = client("ec2", place.region).describe_route_tables(Filters=filters)["RouteTables"]
    links = [link for table in tables for link in table["Associations"]]
    return [link for link in links if link["RouteTableAssociationId"] == made.physical_id]


@reads("AWS::EC2::Route")
def route(place: Place, made: Made) -> Any:
    table, cidr = made.physical_id.split("|")
    described = client("ec2", place.region).describe_route_tables(RouteTableIds=[table])["RouteTables"][0]
    routes = [one for one in described["Routes"] if one.get("DestinationCidrBlock") == cidr]
    return [{"RouteTableId": table}, routes]


@reads("AWS::EC2::SecurityGroup")
def security_group(place: Place, made: Made) -> Any:
    groups = client("ec2", place.region).describe_security_groups(GroupIds=[made.physical_id])["SecurityGroups"]
    rules = {
        "SecurityGroupIngress": groups[0]["IpPermissions"],
        "SecurityGroupEgress": groups[0]["IpPermissionsEgress"],
    }
    return [groups, rules, {"GroupDescription": groups[0]["Description"]}]


def _rule(place: Place, made: Made) -> Any:
    ec2 = client("ec2", place.region)
    rules = ec2.describe_security_group_rules(SecurityGroupRuleIds=[made.physical_id])["SecurityGroupRules"]
    mine = [one for one in rules if one["SecurityGroupRuleId"] == made.physical_id]
    end = "Destination" if mine[0]["IsEgress"] else "Source"
    peers = {
        f"{end}SecurityGroupId": [one.get("ReferencedGroupInfo", {}).get("GroupId") for one in mine],
        f"{end}PrefixListId": [one.get("PrefixListId") for one in mine],
    }
    return [mine, peers]


reads("AWS::EC2::SecurityGroupIngress")(_rule)
reads("AWS::EC2::SecurityGroupEgress")(_rule)


@reads("AWS::ServiceDiscovery::PrivateDnsNamespace")
def private_namespace(place: Place, made: Made) -> Any:
    names = client("servicediscovery", place.region)
    namespace = names.get_namespace(Id=made.physical_id)["Namespace"]
    tags = names.list_tags_for_resource(ResourceARN=namespace["Arn"])["Tags"]
    zone = namespace.get("Properties", {}).get("DnsProperties", {}).get("HostedZoneId")
    zones = client("route53", place.region)
    vpcs = zones.get_hosted_zone(Id=zone).get("VPCs", []) if zone and namespace["Type"] == "DNS_PRIVATE" else []
    return [namespace, tags, {"Vpc": [one["VPCId"] for one in vpcs]}]


reads("AWS::ServiceDiscovery::PublicDnsNamespace")(private_namespace)


@reads("AWS::ServiceDiscovery::Service")
def name(place: Place, made: Made) -> Any:
    names = client("servicediscovery", place.region)
    service = names.get_service(Id=made.physical_id)["Service"]
    return [service, names.list_tags_for_resource(ResourceARN=service["Arn"])["Tags"]]

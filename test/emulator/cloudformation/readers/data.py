"""Keys, stores, logs and identities."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from ..provider import Made, Place, client
from ..readback import reads


@reads("AWS::KMS::Key")
def key(place: Place, made: Made) -> Any:
    kms = client("kms", place.region)
    return [
        kms.describe_key(KeyId=made.physical_id)["KeyMetadata"],
        kms.get_key_policy(KeyId=made.physical_id, PolicyName="default")["Policy"],
        {"EnableKeyRotation": kms.get_key_rotation_status(KeyId=made.physical_id)["KeyRotationEnabled"]},
        [
            {"Key": tag["TagKey"], "Value": tag["TagValue"]}
            for tag in kms.list_resource_tags(KeyId=made.physical_id)["Tags"]
        ],
    ]


@reads("AWS::KMS::Alias")
def alias(place: Place, made: Made) -> Any:
    aliases = client("kms", place.region).list_aliases()["Aliases"]
    found = [one for one in aliases if one["AliasName"] == made.physical_id]
    arn = f"arn:aws:kms:{place.region}:{place.account}:key/"
    return [found, {"TargetKeyId": [arn + one["TargetKeyId"] for one in found]}]


_BUCKET_READS = {
    "BucketEncryption": "get_bucket_encryption",
    "LifecycleConfiguration": "get_bucket_lifecycle_configuration",
    "LoggingConfiguration": "get_bucket_logging",
    "ObjectLockConfiguration": "get_object_lock_configuration",
    "OwnershipControls": "get_bucket_ownership_controls",
    "PublicAccessBlockConfiguration": "get_public_access_block",
    "ReplicationConfiguration": "get_bucket_replication",
    "Tags": "get_bucket_tagging",
    "VersioningConfiguration": "get_bucket_versioning",
}


@reads("AWS::S3::Bucket")
def bucket(place: Place, made: Made) -> Any:
    s3 = client("s3", place.region)
    answers: dict[str, Any] = {"BucketName": made.physical_id}
    for name, operation in _BUCKET_READS.items():
        try:
            answers[name] = getattr(s3, operation)(Bucket=made.physical_id)
        except ClientError as error:
            # What was never configured is not there; what should have been is then missing.
            if not error.response["Error"]["Code"].startswith(
                ("No", "ReplicationConf", "ServerSide", "ObjectLock", "Ownership")
            ):
                raise
    answers["InventoryConfigurations"] = _inventories(s3, made.physical_id)
    lock = answers.get("ObjectLockConfiguration", {}).get("ObjectLockConfiguration", {})
    return [answers, {"ObjectLockEnabled": lock.get("ObjectLockEnabled") == "Enabled"}]


def _inventories(s3: Any, bucket: str) -> list[Any]:
    """One by one: moto's list leaves the optional fields out."""
    listed = s3.list_bucket_inventory_configurations(Bucket=bucket).get("InventoryConfigurationList", [])
    return [
        s3.get_bucket_inventory_configuration(Bucket=bucket, Id=one["Id"])["InventoryConfiguration"] for one in listed
    ]


@reads("AWS::S3::BucketPolicy")
def bucket_policy(place: Place, made: Made) -> Any:
    answer = client("s3", place.region).get_bucket_policy(Bucket=made.physical_id)
    return [{"Bucket": made.physical_id}, answer["Policy"]]


@reads("AWS::DynamoDB::Table")
def table(place: Place, made: Made) -> Any:
    dynamodb = client("dynamodb", place.region)
    described = dynamodb.describe_table(TableName=made.physical_id)["Table"]
    backups = dynamodb.describe_continuous_backups(TableName=made.physical_id)["ContinuousBackupsDescription"]
    recovery = backups["PointInTimeRecoveryDescription"]
    return [
        described,
        recovery,
        {"PointInTimeRecoveryEnabled": recovery["PointInTimeRecoveryStatus"] == "ENABLED"},
        {"SSEEnabled": described.get("SSEDescription", {}).get("Status") == "ENABLED"},
        dynamodb.list_tags_of_resource(ResourceArn=described["TableArn"])["Tags"],
    ]


@reads("AWS::ECR::Repository")
def repository(place: Place, made: Made) -> Any:
    ecr = client("ecr", place.region)
    described = ecr.describe_repositories(repositoryNames=[made.physical_id])["repositories"][0]
    answers = [described, ecr.list_tags_for_resource(resourceArn=described["repositoryArn"])["tags"]]
    for name in ("get_lifecycle_policy", "get_repository_policy"):
        try:
            answers.append(getattr(ecr, name)(repositoryName=made.physical_id))
        except ClientError as error:
            if not error.response["Error"]["Code"].endswith("NotFoundException"):
                raise
    return answers


@reads("AWS::CloudTrail::Trail")
def trail(place: Place, made: Made) -> Any:
    cloudtrail = client("cloudtrail", place.region)
    described = cloudtrail.describe_trails(trailNameList=[made.physical_id])["trailList"][0]
    return [
        described,
        {"EnableLogFileValidation": described["LogFileValidationEnabled"]},
        cloudtrail.get_trail_status(Name=made.physical_id),
        cloudtrail.get_event_selectors(TrailName=made.physical_id),
        cloudtrail.list_tags(ResourceIdList=[described["TrailARN"]])["ResourceTagList"],
    ]


@reads("AWS::IAM::Role")
def role(place: Place, made: Made) -> Any:
    iam, name = client("iam", place.region), made.physical_id
    inline = iam.list_role_policies(RoleName=name)["PolicyNames"]
    return [
        iam.get_role(RoleName=name)["Role"],
        iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"],
        [iam.get_role_policy(RoleName=name, PolicyName=policy) for policy in inline],
        iam.list_role_tags(RoleName=name)["Tags"],
    ]


@reads("AWS::IAM::Policy")
def inline_policy(place: Place, made: Made) -> Any:
    iam = client("iam", place.region)
    roles = [one["RoleName"] for page in iam.get_paginator("list_roles").paginate() for one in page["Roles"]]
    holders = [name for name in roles if made.physical_id in iam.list_role_policies(RoleName=name)["PolicyNames"]]
    return [{"Roles": holders}, *(iam.get_role_policy(RoleName=name, PolicyName=made.physical_id) for name in holders)]


@reads("AWS::IAM::ManagedPolicy")
def managed_policy(place: Place, made: Made) -> Any:
    iam = client("iam", place.region)
    policy = iam.get_policy(PolicyArn=made.physical_id)["Policy"]
    holders = iam.list_entities_for_policy(PolicyArn=made.physical_id)["PolicyRoles"]
    return [
        policy,
        iam.get_policy_version(PolicyArn=made.physical_id, VersionId=policy["DefaultVersionId"])["PolicyVersion"],
        {"Roles": [one["RoleName"] for one in holders]},
    ]


@reads("AWS::IAM::InstanceProfile")
def instance_profile(place: Place, made: Made) -> Any:
    profile = client("iam", place.region).get_instance_profile(InstanceProfileName=made.physical_id)["InstanceProfile"]
    return [profile, {"Roles": [one["RoleName"] for one in profile["Roles"]]}]


@reads("AWS::Logs::LogGroup")
def log_group(place: Place, made: Made) -> Any:
    logs = client("logs", place.region)
    groups = logs.describe_log_groups(logGroupNamePrefix=made.physical_id)["logGroups"]
    tags = logs.list_tags_for_resource(resourceArn=made.attributes["Arn"].removesuffix(":*"))["tags"]
    return [
        [one for one in groups if one["logGroupName"] == made.physical_id],
        [{"Key": key, "Value": value} for key, value in tags.items()],
    ]


@reads("AWS::Logs::LogStream")
def log_stream(place: Place, made: Made) -> Any:
    logs = client("logs", place.region)
    groups = [one["logGroupName"] for one in logs.describe_log_groups()["logGroups"]]
    streams = [
        {"LogGroupName": group, **stream}
        for group in groups
        for stream in logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=made.physical_id)["logStreams"]
    ]
    return [one for one in streams if one["logStreamName"] == made.physical_id]


@reads("AWS::Logs::MetricFilter")
def metric_filter(place: Place, made: Made) -> Any:
    filters = client("logs", place.region).describe_metric_filters(filterNamePrefix=made.physical_id)["metricFilters"]
    return [one for one in filters if one["filterName"] == made.physical_id]


@reads("AWS::Logs::QueryDefinition")
def query_definition(place: Place, made: Made) -> Any:
    return []


@reads("AWS::SSM::Parameter")
def parameter(place: Place, made: Made) -> Any:
    return client("ssm", place.region).get_parameter(Name=made.physical_id)["Parameter"]


@reads("AWS::SecretsManager::Secret")
def secret(place: Place, made: Made) -> Any:
    return client("secretsmanager", place.region).describe_secret(SecretId=made.physical_id)

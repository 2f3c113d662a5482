from __future__ import annotations

from typing import Any

from ..errors import NotModelled
from ..fit import renamed
from ..provider import Made, Provider, Work, provides


@provides
class Bucket(Provider):
    """Made bare, then configured: every configuration is an idempotent put."""

    rtype = "AWS::S3::Bucket"
    replaced_by = frozenset({"BucketName", "ObjectLockEnabled"})
    aliases = {
        "LifecycleConfiguration.Rules[].ExpirationInDays": "Days",
        "LoggingConfiguration.DestinationBucketName": "TargetBucket",
        "LoggingConfiguration.LogFilePrefix": "TargetPrefix",
        "InventoryConfigurations[].Enabled": "IsEnabled",
        "InventoryConfigurations[].ScheduleFrequency": "Frequency",
        "InventoryConfigurations[].Destination.BucketArn": "Bucket",
    }

    def create(self, work: Work) -> Made:
        name = work.name("BucketName").lower()
        region = work.place.region
        place = None if region == "us-east-1" else {"LocationConstraint": region}
        ownership = work.take("OwnershipControls", {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
        work.call(
            "s3",
            "CreateBucket",
            Bucket=name,
            CreateBucketConfiguration=place,
            ObjectLockEnabledForBucket=work.take("ObjectLockEnabled"),
            ObjectOwnership=ownership["Rules"][0]["ObjectOwnership"],
        )
        if work.take("AccessControl", "Private") != "Private":
            raise NotModelled("an AccessControl other than Private is not modelled")
        work.release("AccessControl")
        _configure(work, name)
        return Made(name, _attributes(name, region))

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        for fixed in ("BucketName", "ObjectLockEnabled", "OwnershipControls", "AccessControl"):
            work.take(fixed)
        unchangeable = changed - set(_PUTS)
        if unchangeable:
            return super().update(work, made, unchangeable)
        _configure(work, made.physical_id)
        return made

    def delete(self, work: Work, made: Made) -> None:
        work.call("s3", "DeleteBucket", Bucket=made.physical_id)


def _attributes(name: str, region: str) -> dict[str, str]:
    return {
        "Arn": f"arn:aws:s3:::{name}",
        "DomainName": f"{name}.s3.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.{region}.amazonaws.com",
    }


def _configure(work: Work, bucket: str) -> None:
    for name, put in _PUTS.items():
        value = work.take(name)
        if value is not None:
            put(work, bucket, value)


def _versioning(work: Work, bucket: str, value: Any) -> None:
    work.call("s3", "PutBucketVersioning", Bucket=bucket, VersioningConfiguration=value)


def _encryption(work: Work, bucket: str, value: Any) -> None:
    names = {
        "ServerSideEncryptionByDefault": "ApplyServerSideEncryptionByDefault",
        "BucketKeyEnabled": "BucketKeyEnabled",
    }
    rules = [renamed(rule, names, work.rtype) for rule in value["ServerSideEncryptionConfiguration"]]
    work.call("s3", "PutBucketEncryption", Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})


def _public_access(work: Work, bucket: str, value: Any) -> None:
    work.call("s3", "PutPublicAccessBlock", Bucket=bucket, PublicAccessBlockConfiguration=value)


def _object_lock(work: Work, bucket: str, value: Any) -> None:
    retention = value.get("Rule", {}).get("DefaultRetention", {})
    if "DefaultEventHold" in retention:
        # Days from the release of a hold become days from the making, the nearest that the emulated service can say.
        days = {key: item for key, item in retention.items() if key != "DefaultEventHold"} | retention["DefaultEventHold"]
        value = {**value, "Rule": {"DefaultRetention": days}}
        work.copied("ObjectLockConfiguration.DefaultEventHold", "kept as a lock of as many days, without the hold")
    work.call("s3", "PutObjectLockConfiguration", Bucket=bucket, ObjectLockConfiguration=value)


def _lifecycle(work: Work, bucket: str, value: Any) -> None:
    rules = [_lifecycle_rule(rule, work.rtype) for rule in value["Rules"]]
    work.call("s3", "PutBucketLifecycleConfiguration", Bucket=bucket, LifecycleConfiguration={"Rules": rules})


def _lifecycle_rule(rule: dict[str, Any], path: str) -> dict[str, Any]:
    names = {
        "Id": "ID",
        "Status": "Status",
        "AbortIncompleteMultipartUpload": "AbortIncompleteMultipartUpload",
        "NoncurrentVersionExpiration": "NoncurrentVersionExpiration",
    }
    expiration = {"ExpirationInDays": "Days", "ExpiredObjectDeleteMarker": "ExpiredObjectDeleteMarker"}
    rest = {key: value for key, value in rule.items() if key not in {*expiration, "Prefix"}}
    expires = {expiration[key]: value for key, value in rule.items() if key in expiration}
    prefix = {"Filter": {"Prefix": rule.get("Prefix", "")}}
    return {
        **renamed(rest, names, f"{path}.LifecycleConfiguration"),
        **prefix,
        **({"Expiration": expires} if expires else {}),
    }


def _logging(work: Work, bucket: str, value: Any) -> None:
    names = {"DestinationBucketName": "TargetBucket", "LogFilePrefix": "TargetPrefix"}
    enabled = renamed(value, names, f"{work.rtype}.LoggingConfiguration")
    work.call(
        "s3", "PutBucketLogging", Bucket=bucket, BucketLoggingStatus={"LoggingEnabled": {"TargetPrefix": "", **enabled}}
    )


def _inventories(work: Work, bucket: str, value: Any) -> None:
    names = {
        "Destination": "Destination",
        "Enabled": "IsEnabled",
        "Id": "Id",
        "IncludedObjectVersions": "IncludedObjectVersions",
        "OptionalFields": "OptionalFields",
        "ScheduleFrequency": "Schedule",
    }
    places = {"BucketArn": "Bucket", "Format": "Format", "Prefix": "Prefix"}
    path = f"{work.rtype}.InventoryConfigurations"
    for inventory in value:
        given = renamed(inventory, names, path)
        given["Destination"] = {"S3BucketDestination": renamed(given["Destination"], places, f"{path}.Destination")}
        given["Schedule"] = {"Frequency": given["Schedule"]}
        work.call(
            "s3",
            "PutBucketInventoryConfiguration",
            Bucket=bucket,
            Id=given["Id"],
            InventoryConfiguration=given,
        )


def _replication(work: Work, bucket: str, value: Any) -> None:
    rules = [{("ID" if key == "Id" else key): item for key, item in rule.items()} for rule in value["Rules"]]
    configuration = {"Role": value["Role"], "Rules": rules}
    work.call("s3", "PutBucketReplication", Bucket=bucket, ReplicationConfiguration=configuration)


def _tags(work: Work, bucket: str, value: Any) -> None:
    work.call("s3", "PutBucketTagging", Bucket=bucket, Tagging={"TagSet": value})


_PUTS = {
    "VersioningConfiguration": _versioning,
    "BucketEncryption": _encryption,
    "PublicAccessBlockConfiguration": _public_access,
    "ObjectLockConfiguration": _object_lock,
    "LifecycleConfiguration": _lifecycle,
    "LoggingConfiguration": _logging,
    "InventoryConfigurations": _inventories,
    "ReplicationConfiguration": _replication,
    "Tags": _tags,
}


@provides
class BucketPolicy(Provider):
    rtype = "AWS::S3::BucketPolicy"
    replaced_by = frozenset({"Bucket"})

    def create(self, work: Work) -> Made:
        bucket = work.take("Bucket")
        policy = work.take("PolicyDocument")
        work.call("s3", "PutBucketPolicy", Bucket=bucket, Policy=policy)
        if any("Condition" in statement for statement in policy["Statement"]):
            work.copied(
                "PolicyDocument", "stored and readable; statements with a Condition are not enforced on requests"
            )
        return Made(bucket)

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        return self.create(work)

    def delete(self, work: Work, made: Made) -> None:
        work.call("s3", "DeleteBucketPolicy", Bucket=made.physical_id)

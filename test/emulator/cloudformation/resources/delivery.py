from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Stream(Provider):
    rtype = "AWS::Kinesis::Stream"
    replaced_by = frozenset({"Name"})
    aliases = {"RetentionPeriodHours": "RetentionPeriodHours", "StreamEncryption.KeyId": "KeyId"}

    def create(self, work: Work) -> Made:
        name = work.name("Name")
        hours, encryption = work.take("RetentionPeriodHours"), work.take("StreamEncryption")
        tags = {tag["Key"]: tag["Value"] for tag in work.take("Tags", [])}
        work.call("kinesis", "CreateStream", StreamName=name, **work.rest())
        if hours:
            work.call("kinesis", "IncreaseStreamRetentionPeriod", StreamName=name, RetentionPeriodHours=hours)
        if encryption:
            work.call("kinesis", "StartStreamEncryption", StreamName=name, **encryption)
        if tags:
            work.call("kinesis", "AddTagsToStream", StreamName=name, Tags=tags)
        arn = f"arn:aws:kinesis:{work.place.region}:{work.place.account}:stream/{name}"
        return Made(name, {"Arn": arn})

    def delete(self, work: Work, made: Made) -> None:
        work.call("kinesis", "DeleteStream", StreamName=made.physical_id)


@provides
class DeliveryStream(Provider):
    rtype = "AWS::KinesisFirehose::DeliveryStream"
    replaced_by = frozenset({"DeliveryStreamName", "DeliveryStreamType"})

    def create(self, work: Work) -> Made:
        name = work.name("DeliveryStreamName")
        arn = work.call("firehose", "CreateDeliveryStream", DeliveryStreamName=name, **work.rest())["DeliveryStreamARN"]
        return Made(name, {"Arn": arn})

    def delete(self, work: Work, made: Made) -> None:
        work.call("firehose", "DeleteDeliveryStream", DeliveryStreamName=made.physical_id)

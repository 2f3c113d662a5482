from __future__ import annotations

from ..provider import Made, Provider, Work, provides


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


@provides
class Pipe(Provider):
    rtype = "AWS::Pipes::Pipe"
    replaced_by = frozenset({"Name", "Source"})

    def create(self, work: Work) -> Made:
        name = work.name("Name")
        arn = work.call("pipes", "CreatePipe", Name=name, **work.rest())["Arn"]
        return Made(name, {"Arn": arn})

    def delete(self, work: Work, made: Made) -> None:
        work.call("pipes", "DeletePipe", Name=made.physical_id)

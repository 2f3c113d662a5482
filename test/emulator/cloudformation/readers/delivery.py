"""What carries records from one store to another."""

from __future__ import annotations

from typing import Any

from ..provider import Made, Place, client
from ..readback import reads


@reads("AWS::KinesisFirehose::DeliveryStream")
def delivery_stream(place: Place, made: Made) -> Any:
    firehose = client("firehose", place.region)
    described = firehose.describe_delivery_stream(DeliveryStreamName=made.physical_id)["DeliveryStreamDescription"]
    return [described, firehose.list_tags_for_delivery_stream(DeliveryStreamName=made.physical_id)["Tags"]]


@reads("AWS::Pipes::Pipe")
def pipe(place: Place, made: Made) -> Any:
    return client("pipes", place.region).describe_pipe(Name=made.physical_id)

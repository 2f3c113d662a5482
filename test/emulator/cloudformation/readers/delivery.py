"""What carries records from one store to another."""

from __future__ import annotations

from typing import Any

from ..provider import Made, Place, client
from ..readback import reads


@reads("AWS::Kinesis::Stream")
def stream(place: Place, made: Made) -> Any:
    kinesis = client("kinesis", place.region)
    described = kinesis.describe_stream(StreamName=made.physical_id)["StreamDescription"]
    summary = kinesis.describe_stream_summary(StreamName=made.physical_id)["StreamDescriptionSummary"]
    tags = kinesis.list_tags_for_stream(StreamName=made.physical_id)["Tags"]
    return [{"Name": made.physical_id}, described, summary, {"ShardCount": len(described["Shards"])}, tags]


@reads("AWS::KinesisFirehose::DeliveryStream")
def delivery_stream(place: Place, made: Made) -> Any:
    firehose = client("firehose", place.region)
    described = firehose.describe_delivery_stream(DeliveryStreamName=made.physical_id)["DeliveryStreamDescription"]
    return [described, firehose.list_tags_for_delivery_stream(DeliveryStreamName=made.physical_id)["Tags"]]

"""Alarms, alerts and money."""

from __future__ import annotations

import json
from typing import Any

from ..provider import Made, Place, client
from ..readback import reads


@reads("AWS::CloudWatch::Alarm")
def alarm(place: Place, made: Made) -> Any:
    cloudwatch = client("cloudwatch", place.region)
    return [
        cloudwatch.describe_alarms(AlarmNames=[made.physical_id])["MetricAlarms"],
        cloudwatch.list_tags_for_resource(ResourceARN=made.attributes["Arn"])["Tags"],
    ]


@reads("AWS::CloudWatch::Dashboard")
def dashboard(place: Place, made: Made) -> Any:
    return client("cloudwatch", place.region).get_dashboard(DashboardName=made.physical_id)


@reads("AWS::SNS::Topic")
def topic(place: Place, made: Made) -> Any:
    sns = client("sns", place.region)
    return [
        sns.get_topic_attributes(TopicArn=made.physical_id)["Attributes"],
        {"TopicName": made.physical_id.split(":")[-1]},
        sns.list_tags_for_resource(ResourceArn=made.physical_id)["Tags"],
    ]


@reads("AWS::SNS::TopicPolicy")
def topic_policy(place: Place, made: Made) -> Any:
    arn = made.physical_id.split("|")[0]
    attributes = client("sns", place.region).get_topic_attributes(TopicArn=arn)["Attributes"]
    return [{"Topics": [arn]}, attributes["Policy"]]


@reads("AWS::SNS::Subscription")
def subscription(place: Place, made: Made) -> Any:
    return client("sns", place.region).get_subscription_attributes(SubscriptionArn=made.physical_id)["Attributes"]


@reads("AWS::Events::Rule")
def rule(place: Place, made: Made) -> Any:
    events = client("events", place.region)
    return [
        events.describe_rule(Name=made.physical_id),
        events.list_targets_by_rule(Rule=made.physical_id)["Targets"],
        events.list_tags_for_resource(ResourceARN=made.attributes["Arn"])["Tags"],
    ]


@reads("AWS::Lambda::Function")
def function(place: Place, made: Made) -> Any:
    functions = client("lambda", place.region)
    answer = functions.get_function(FunctionName=made.physical_id)
    return [
        answer["Configuration"],
        functions.get_function_concurrency(FunctionName=made.physical_id),
        {"Tags": [{"Key": key, "Value": value} for key, value in answer.get("Tags", {}).items()]},
    ]


@reads("AWS::Lambda::Permission")
def permission(place: Place, made: Made) -> Any:
    return json.loads(client("lambda", place.region).get_policy(FunctionName=made.attributes["Function"])["Policy"])


@reads("AWS::Budgets::Budget")
def budget(place: Place, made: Made) -> Any:
    budgets, account = client("budgets", place.region), place.account
    notifications = budgets.describe_notifications_for_budget(AccountId=account, BudgetName=made.physical_id)
    return [
        budgets.describe_budget(AccountId=account, BudgetName=made.physical_id)["Budget"],
        notifications["Notifications"],
    ]


@reads("AWS::CDK::Metadata")
def metadata(place: Place, made: Made) -> Any:
    return []

from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Topic(Provider):
    rtype = "AWS::SNS::Topic"
    replaced_by = frozenset({"TopicName"})

    def create(self, work: Work) -> Made:
        name, key, tags = work.name("TopicName"), work.take("KmsMasterKeyId"), work.take("Tags")
        attributes = {"KmsMasterKeyId": key} if key else None
        arn = work.call("sns", "CreateTopic", Name=name, Attributes=attributes, Tags=tags)["TopicArn"]
        return Made(arn, {"TopicArn": arn, "TopicName": name})

    def delete(self, work: Work, made: Made) -> None:
        work.call("sns", "DeleteTopic", TopicArn=made.physical_id)


@provides
class TopicPolicy(Provider):
    rtype = "AWS::SNS::TopicPolicy"

    def create(self, work: Work) -> Made:
        topics, policy = work.take("Topics"), work.take("PolicyDocument")
        for topic in topics:
            work.call("sns", "SetTopicAttributes", TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
        return Made(f"{topics[0]}|policy")

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        return self.create(work)

    def delete(self, work: Work, made: Made) -> None:
        """SNS has no call that takes a policy away; the topic goes with it or keeps it."""


@provides
class Subscription(Provider):
    rtype = "AWS::SNS::Subscription"
    replaced_by = frozenset({"Endpoint", "Protocol", "TopicArn"})

    def create(self, work: Work) -> Made:
        arn = work.call("sns", "Subscribe", ReturnSubscriptionArn=True, **work.rest())["SubscriptionArn"]
        return Made(arn, {"Arn": arn})

    def delete(self, work: Work, made: Made) -> None:
        work.call("sns", "Unsubscribe", SubscriptionArn=made.physical_id)

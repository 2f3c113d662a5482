from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Metadata(Provider):
    """What the CDK CLI adds to every stack to be counted by; AWS makes nothing of it either."""

    rtype = "AWS::CDK::Metadata"

    def create(self, work: Work) -> Made:
        work.release("Analytics")
        return Made(f"{work.place.stack}-{work.logical_id}")

    def update(self, work: Work, made: Made, changed: set[str]) -> Made:
        work.release("Analytics")
        return made

    def delete(self, work: Work, made: Made) -> None:
        """There is nothing."""

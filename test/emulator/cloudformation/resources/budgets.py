from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Budget(Provider):
    rtype = "AWS::Budgets::Budget"
    forgotten = {
        "NotificationsWithSubscribers[].Subscribers": "the emulated service cannot list subscribers",
        "ResourceTags": "the emulated service has no tags of budgets",
    }

    def create(self, work: Work) -> Made:
        account, budget = work.place.account, work.take("Budget")
        notifications, tags = work.take("NotificationsWithSubscribers"), work.take("ResourceTags")
        work.call(
            "budgets",
            "CreateBudget",
            AccountId=account,
            Budget=budget,
            NotificationsWithSubscribers=notifications,
            ResourceTags=tags,
        )
        return Made(budget["BudgetName"])

    def delete(self, work: Work, made: Made) -> None:
        work.call("budgets", "DeleteBudget", AccountId=work.place.account, BudgetName=made.physical_id)

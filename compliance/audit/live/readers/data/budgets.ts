import {
  type Budget,
  BudgetsClient,
  DescribeBudgetCommand,
  ListTagsForResourceCommand,
  type Notification,
  paginateDescribeNotificationsForBudget,
  paginateDescribeSubscribersForNotification,
} from '@aws-sdk/client-budgets';
import { answering, given } from '../../../../../aws/errors';
import { GONE, type Properties } from './parts';
import { type About, type Question, serviceReader } from './service-reader';
import { everyPage, picked, tagsOf, tidy } from './shapes';

const gone = answering(GONE, 'NotFoundException');

const BUDGET: Question<BudgetsClient> = {
  action: 'budgets:ViewBudget',
  names: ['Budget'],
  read: ({ client, id, region, abortSignal }) =>
    client
      .send(new DescribeBudgetCommand({ AccountId: region.account, BudgetName: id, ShowFilterExpression: true }), {
        abortSignal,
      })
      .then(({ Budget: budget }) => ({ Budget: budgetOf(given(budget, 'budget')) }))
      .catch(gone),
};

const NOTIFICATIONS: Question<BudgetsClient> = {
  action: 'budgets:ViewBudget',
  names: ['NotificationsWithSubscribers'],
  read: (about) => notificationsOf(about).catch(gone),
};

const TAGS: Question<BudgetsClient> = {
  action: 'budgets:ListTagsForResource',
  names: ['ResourceTags'],
  read: ({ client, id, region: { partition, account }, abortSignal }) =>
    client
      .send(new ListTagsForResourceCommand({ ResourceARN: `arn:${partition}:budgets::${account}:budget/${id}` }), {
        abortSignal,
      })
      .then((answer) => ({ ResourceTags: tagsOf(answer.ResourceTags).Tags }))
      .catch(gone),
};

export const budgets = serviceReader({
  type: 'AWS::Budgets::Budget',
  client: BudgetsClient,
  questions: [BUDGET, NOTIFICATIONS, TAGS],
});

async function notificationsOf(about: About<BudgetsClient>): Promise<Properties> {
  const { client, id, region, abortSignal } = about;
  const of = { AccountId: region.account, BudgetName: id };
  const pages = paginateDescribeNotificationsForBudget({ client }, of, { abortSignal });
  const notifications = await everyPage(pages, (page) => page.Notifications);
  return { NotificationsWithSubscribers: await Promise.all(notifications.map((one) => notified(one, about))) };
}

async function notified(
  Notification: Notification,
  { client, id, region, abortSignal }: About<BudgetsClient>,
): Promise<Properties> {
  const of = { AccountId: region.account, BudgetName: id, Notification };
  const pages = paginateDescribeSubscribersForNotification({ client }, of, { abortSignal });
  return {
    Notification: picked(Notification, ['ComparisonOperator', 'NotificationType', 'Threshold', 'ThresholdType']),
    Subscribers: await everyPage(pages, ({ Subscribers }) => Subscribers),
  };
}

/** The API has amounts as text. */
const budgetOf = ({ BudgetLimit: limit, ...budget }: Budget): unknown =>
  tidy({
    ...picked(budget, ['BudgetName', 'BudgetType', 'CostFilters', 'FilterExpression', 'Metrics', 'TimeUnit']),
    BudgetLimit: limit && { Amount: Number(limit.Amount), Unit: limit.Unit },
  });

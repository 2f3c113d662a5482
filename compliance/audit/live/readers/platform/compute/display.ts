import { CloudWatchClient, paginateListDashboards, type DashboardEntry } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeQueryDefinitionsCommand,
  type QueryDefinition,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Deployed } from '../../../reading';
import { serviceReader } from '../../data/service-reader';
import { everyPage } from '../../data/shapes';
import { matched, unlessChosen } from '../found';

/** Only that they are there: what they show is no setting of anything. */
export const dashboards = serviceReader({
  type: 'AWS::CloudWatch::Dashboard',
  client: CloudWatchClient,
  listings: [
    {
      action: 'cloudwatch:ListDashboards',
      names: ['DashboardName'],
      list: async ({ client, deployed, abortSignal }) => {
        const all = await everyPage(
          paginateListDashboards({ client }, {}, { abortSignal }),
          ({ DashboardEntries }) => DashboardEntries,
        );
        return matched(deployed, all, ({ DashboardName }) => DashboardName, dashboardProperties);
      },
    },
  ],
});

const dashboardProperties = ({ DashboardName }: DashboardEntry, deployed: Deployed) =>
  unlessChosen(deployed, { DashboardName }, 'DashboardName');

export const savedQueries = serviceReader({
  type: 'AWS::Logs::QueryDefinition',
  client: CloudWatchLogsClient,
  listings: [
    {
      action: 'logs:DescribeQueryDefinitions',
      names: ['LogGroupNames', 'Name', 'QueryString'],
      list: async ({ client, deployed, abortSignal }) => {
        const all: QueryDefinition[] = [];
        let nextToken: string | undefined;
        do {
          const page = await client.send(new DescribeQueryDefinitionsCommand({ nextToken }), { abortSignal });
          all.push(...(page.queryDefinitions ?? []));
          ({ nextToken } = page);
        } while (nextToken !== undefined);
        return matched(deployed, all, ({ queryDefinitionId }) => queryDefinitionId, queryProperties);
      },
    },
  ],
});

const queryProperties = ({ name, queryString, logGroupNames }: QueryDefinition) => ({
  LogGroupNames: logGroupNames,
  Name: name,
  QueryString: queryString,
});

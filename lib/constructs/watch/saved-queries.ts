import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_EVENTS, LOG_FIELDS } from '../../../media/contract/log-events';
import type { RegionPlan } from '../../../regions/plan/types';
import { tiersOf } from './tier-alarms';

export interface SavedQueriesProps {
  readonly plan: RegionPlan;
}

/** The questions that are asked in a hurry, ready in CloudWatch Logs Insights over the log groups of all cells. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { plan }: SavedQueriesProps) {
    super(scope, id);
    for (const { id: queryId, title, lines } of QUERIES)
      new CfnQueryDefinition(this, queryId, {
        name: `${plan.names.prefix}/${title}`,
        logGroupNames: logGroups(plan),
        queryString: lines.join('\n| '),
      });
  }
}

const { callId, event, reason, tier } = LOG_FIELDS;

/** Whoever asks puts the id of the call in place of this word. */
const CALL_ID_PLACEHOLDER = 'CALL_ID';

const QUERIES = [
  {
    id: 'OneCall',
    title: 'one call by its id',
    lines: [
      `fields @timestamp, ${tier}, ${event}, ${reason}, @message`,
      `filter ${callId} = "${CALL_ID_PLACEHOLDER}"`,
      'sort @timestamp asc',
    ],
  },
  {
    id: 'RefusedCalls',
    title: 'refused calls',
    lines: [`filter ${event} = "${LOG_EVENTS.callRefused}"`, `stats count() as refused by ${reason}, bin(5m)`],
  },
  {
    id: 'RecordingsNotStored',
    title: 'recordings not stored',
    lines: [
      `fields @timestamp, ${callId}, ${event}, ${reason}`,
      `filter ${event} in ["${LOG_EVENTS.recordingFailed}", "${LOG_EVENTS.recordingAdopted}"]`,
      'sort @timestamp desc',
    ],
  },
] as const;

const logGroups = (plan: RegionPlan): string[] =>
  plan.cells.flatMap((cell) =>
    tiersOf(cell).map((watched) => `${plan.names.logGroupPrefix}/${cell.azId}/${watched.tier}`),
  );

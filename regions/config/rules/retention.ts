import { becauseOf, requirementsFor } from '../../../compliance/requirements';
import { LONGEST_LOG_DAYS, logRetentionDays } from '../../plan/log-retention';
import { LOCKED_CLASSES } from '../../plan/vaults';
import type { Finding } from '../finding';
import { DATA_CLASSES, type DataClass, type DeploymentConfig } from '../schema';
import { when, type Rule } from './rule';

export const retentionIsNeverWeaker: Rule = ({ retention = {}, frameworks }) => {
  const required = requirementsFor(frameworks);
  return DATA_CLASSES.flatMap((dataClass) => {
    const { days, lockMode } = retention[dataClass] ?? {};
    const { floorDays, lockMode: floorMode, sides } = required[dataClass];
    const because = becauseOf(required[dataClass]);
    return [
      ...when(days !== undefined && days < floorDays, {
        path: ['retention', dataClass, 'days'],
        allowed: `${floorDays} days or more, for ${because}`,
        change: `it to ${floorDays}, or remove it`,
      }),
      ...when(lockMode === 'GOVERNANCE' && floorMode === 'COMPLIANCE', {
        path: ['retention', dataClass, 'lockMode'],
        allowed: `COMPLIANCE, for ${sides.protection.join(', ')}`,
        change: 'it to COMPLIANCE, or remove it',
      }),
      ...when(lockMode !== undefined && !LOCKED_CLASSES.includes(dataClass), {
        path: ['retention', dataClass, 'lockMode'],
        allowed: `a lock on ${LOCKED_CLASSES.join(', ')}, the classes kept as objects`,
        change: 'the block: remove it',
      }),
    ];
  });
};

/** Classes kept as events of log groups. */
const LOGGED: readonly DataClass[] = ['prompt', 'log'];

/** Beyond, an event is kept for ever or not at all, and a log group without a stated end is a finding of every pack. */
export const logsFitTheLogGroups: Rule = ({ retention = {} }) =>
  LOGGED.flatMap((dataClass) => {
    const days = retention[dataClass]?.days;
    return when(days !== undefined && logRetentionDays(days) === undefined, {
      path: ['retention', dataClass, 'days'],
      allowed: `${LONGEST_LOG_DAYS} days at most, the longest that CloudWatch keeps a log and then ends it`,
      change: `it to ${LONGEST_LOG_DAYS}, and export what must be kept longer`,
    });
  });

/** What makes some class locked so that nobody, the root user included, can delete it: each is a reason. */
function complianceLocks({ retention = {}, frameworks }: DeploymentConfig): Pick<Finding, 'path' | 'got'>[] {
  const required = requirementsFor(frameworks);
  const asked = DATA_CLASSES.filter((dataClass) => retention[dataClass]?.lockMode === 'COMPLIANCE');
  const implied = DATA_CLASSES.filter((dataClass) => required[dataClass].lockMode === 'COMPLIANCE');
  return [
    ...asked.map((dataClass) => ({ path: ['retention', dataClass, 'lockMode'], got: 'COMPLIANCE' })),
    ...when(implied.length > 0, {
      path: ['frameworks'],
      got: `${frameworks.join(', ')}, which lock ${implied.join(', ')} in COMPLIANCE mode`,
      allowed: '',
      change: '',
    }),
  ];
}

export const irreversibleLocksAreAccepted: Rule = (config) => {
  const { purpose, acceptIrreversible } = config;
  const locks = complianceLocks(config);
  if (purpose === 'sandbox') {
    const allowed = 'nothing irreversible in a sandbox, which is made to be deleted';
    const accepted = when(acceptIrreversible === true, {
      path: ['acceptIrreversible'],
      allowed,
      change: 'the file: remove it',
    });
    return [...accepted, ...locks.map((lock) => ({ ...lock, allowed, change: 'it, or the purpose to production' }))];
  }
  if (acceptIrreversible === true) return [];
  const allowed = 'COMPLIANCE only with acceptIrreversible: true, because nobody can undo it';
  return locks.map((lock) => ({ ...lock, allowed, change: 'the file: add acceptIrreversible: true' }));
};

import { lifecycle } from '../../../media/contract/lifecycle';
import { inEachCell, unless } from './invariant';

/** Auto Scaling keeps a hook for a hundred heartbeats or 48 hours; ECS protects a task for 2880 minutes at most. */
const HEARTBEATS = 100;
const PROTECTION_MINUTES = 2880;

/** Nothing that ends a node or a task may come before the end of the longest call. */
export const nothingCutsACall = inEachCell(({ edge, media }, { plan }) => {
  const seconds = plan.maxCallMinutes * 60;
  const { hookHeartbeatSeconds, protectionMinutes } = lifecycle(plan.maxCallMinutes);
  return [
    ...[...edge.containers, ...media.containers].flatMap(({ name, stopTimeoutSeconds }) =>
      unless(stopTimeoutSeconds >= seconds, `${name} is killed after ${stopTimeoutSeconds} s`),
    ),
    ...unless(hookHeartbeatSeconds * HEARTBEATS >= seconds, `a hook ends after ${hookHeartbeatSeconds * HEARTBEATS} s`),
    ...unless(hookHeartbeatSeconds >= 30 && hookHeartbeatSeconds <= 7200, `a heartbeat of ${hookHeartbeatSeconds} s`),
    ...unless(
      protectionMinutes >= plan.maxCallMinutes && protectionMinutes <= PROTECTION_MINUTES,
      `protection for ${protectionMinutes} minutes`,
    ),
  ];
});

/** A spool takes a day of the calls that a node can hold: 115 MB an hour each. */
export const spoolHoldsADay = inEachCell(({ media: { spoolGiB, callsPerNode } }) =>
  unless(spoolGiB * 1024 ** 3 >= callsPerNode * 24 * 115e6, `${spoolGiB} GiB for ${callsPerNode} calls`),
);

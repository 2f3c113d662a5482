import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';

export const AUD_04: Control = {
  id: 'AUD-04',
  title: 'Every flow of every VPC is logged.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC7.2' }],
  severity: 'error',
  sources: ['nag'],
  checkedOn: '2026-11-22',
  builds: 'A flow log of the VPC with all traffic, into an encrypted log group.',
  onTemplate: 'Each VPC has a flow log of its own whose TrafficType is ALL.',
  live: 'ec2:DescribeFlowLogs',
  check: (evidence) => evidence.ofType('AWS::EC2::VPC').map((vpc) => judge(evidence, vpc)),
};

function judge(evidence: Evidence, vpc: Resource): Judgement {
  const logs = evidence.ofType('AWS::EC2::FlowLog');
  const subjectOf = (log: Resource) => evidence.at(log, 'ResourceId');
  const own = logs.filter((log) => evidence.resourceOf(subjectOf(log), 'AWS::EC2::VPC') === vpc);
  const traffic = own.map((log) => evidence.at(log, 'TrafficType'));
  if (traffic.includes('ALL')) return met(vpc, 'a flow log has all its traffic');
  if (!isKnown([traffic, logs.map(subjectOf)]))
    return unclear(vpc, 'whether a flow log has all its traffic cannot be read; write ResourceId and TrafficType out');
  const got = own.length > 0 ? `its flow log has ${shown(traffic[0])} traffic only` : 'it has no flow log';
  return unmet(vpc, `${got}; log the VPC with TrafficType ALL`);
}

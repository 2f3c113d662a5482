import type { Control, Judgement } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { routesOf, strayRoutes, type SubnetRoutes } from './shared/routes';
import { zonesOf } from './shared/zones';

/** Residency by construction: what has no route out takes no audio and no text out, whoever wrote the model's image. */
export const NET_07: Control = {
  id: 'NET-07',
  title: 'Subnets of inference and data have no route out of the VPC.',
  citations: [
    { authority: 'soc2', text: 'TSC 2017 CC6.7' },
    { authority: 'residency', text: 'inference and data stay in the declared jurisdiction' },
  ],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds:
    'One route table a cell without any route, for its inference and data subnets, and for media where no queue is bridged; AWS is reached by endpoints.',
  onTemplate:
    'The route tables of subnets that are tagged or used by stt, llm, tts or data lead to no gateway, NAT, peering, interface or appliance.',
  live: 'ec2:DescribeRouteTables; ec2:DescribeNatGateways',
  check: (evidence) => {
    const routesTo = routesOf(evidence);
    const strays = strayRoutes(evidence).map((route) => hidden(`the table of route ${route.logicalId} cannot be read`));
    return innerSubnets(evidence).map((subnet): Judgement => {
      const flaws = [...flawsOf(routesTo(subnet)), ...strays];
      return verdict(subnet, flaws, 'its route table leads nowhere outside');
    });
  },
};

const innerSubnets = (evidence: Evidence) =>
  [...zonesOf(evidence, 'AWS::EC2::Subnet')]
    .filter(([, zones]) => zones.has('inference') || zones.has('data'))
    .map(([subnet]) => subnet);

function flawsOf({ table, waysOut }: SubnetRoutes): readonly Flaw[] {
  if (!table)
    return [hidden('it has no route table in these templates and follows the main one of its VPC; associate one')];
  return waysOut.map(({ by, target, certain }) =>
    certain
      ? wrong(`${by.logicalId} leads out by ${target}; remove it and reach AWS by endpoints`)
      : hidden(`${by.logicalId} leads to a ${target} that cannot be read; remove it or name the gateway`),
  );
}

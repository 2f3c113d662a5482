import type { SynthEvidence } from '../../compliance/audit/evidence';
import type { DeploymentConfig } from '../../regions/config/schema';

interface Rule {
  readonly CidrIp?: string;
  readonly CidrIpv6?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
}

const listOf = (value: unknown): Rule[] => (Array.isArray(value) ? value : []);

/** Rules inside a group, and rules that stand beside it. */
const ingressOf = ({ stacks }: SynthEvidence): Rule[] =>
  stacks.flatMap(({ template }) =>
    Object.values(template.Resources ?? {}).flatMap(({ Type, Properties = {} }): Rule[] => {
      if (Type === 'AWS::EC2::SecurityGroup') return listOf(Properties['SecurityGroupIngress']);
      return Type === 'AWS::EC2::SecurityGroupIngress' ? [Properties] : [];
    }),
  );

const isWide = ({ FromPort = 0, ToPort = 65_535 }: Rule): boolean => ToPort - FromPort >= 32_768 - 1024;

/** Addresses that some security group of the templates admits and the file declares nowhere, and ranges without bound. */
export function strangersAdmitted(evidence: SynthEvidence, { regions }: DeploymentConfig): string[] {
  const declared = new Set(
    Object.values(regions).flatMap(({ carriers, queueNetwork }) =>
      [...carriers, ...(queueNetwork ? [queueNetwork] : [])].flatMap(({ signallingCidrs, mediaCidrs }) => [
        ...signallingCidrs,
        ...mediaCidrs,
      ]),
    ),
  );
  const inside = Object.values(regions).map(({ vpcCidr }) => vpcCidr.split('.').slice(0, 2).join('.'));
  return ingressOf(evidence)
    .filter((rule) => {
      const { CidrIp = '', CidrIpv6 } = rule;
      const known = declared.has(CidrIp) || inside.some((sixteen) => CidrIp.startsWith(`${sixteen}.`)) || CidrIp === '';
      return CidrIpv6 !== undefined || !known || isWide(rule);
    })
    .map((rule) => JSON.stringify(rule));
}

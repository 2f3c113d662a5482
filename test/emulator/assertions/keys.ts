import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand } from '@aws-sdk/client-kms';
import { roleArns } from '../../../lib/constructs/records/arns';
import type { RegionPlan } from '../../../regions/plan/types';
import { VAULTS } from '../../../regions/plan/vaults';
import type { Region } from './aws';
import { type Check, check } from './check';
import { keyArn } from './key-arn';
import { conditionOf, denialsOf } from './policy';

/** Keys that lie in the copies' region. */
const COPIES: ReadonlySet<string> = new Set([...VAULTS.map(({ copyKey }) => copyKey), 'copiesTopic']);

/** Every key under its alias: enabled, rotating, and destroyed by break-glass only. */
export function keyChecks(plan: RegionPlan, region: Region, copies: Region): Check[] {
  const { copiesTopic, ...always } = plan.names.keyAliases;
  const aliases = plan.copies.alerts === 'own' ? { ...always, copiesTopic } : always;
  return Object.entries(aliases).flatMap(([name, alias]) => {
    const isCopy = COPIES.has(name);
    const deployer = isCopy ? plan.copies.cfnExecutionRoleArn : plan.names.cfnExecutionRoleArn;
    return checksOf(alias, isCopy ? copies : region, { breakGlass: roleArns(plan).breakGlass, deployer });
  });
}

interface Exempt {
  readonly breakGlass: string;
  readonly deployer: string;
}

function checksOf(alias: string, region: Region, { breakGlass, deployer }: Exempt): Check[] {
  const except = { destruction: [breakGlass], reconfiguration: [deployer, breakGlass].toSorted() };
  return [
    check(`key ${alias}: state and rotation`, { state: 'Enabled', manager: 'CUSTOMER', rotates: true }, async () => {
      const { KeyMetadata } = await region.kms.send(new DescribeKeyCommand({ KeyId: alias }));
      const KeyId = await keyArn(region, alias);
      const { KeyRotationEnabled } = await region.kms.send(new GetKeyRotationStatusCommand({ KeyId }));
      return { state: KeyMetadata?.KeyState, manager: KeyMetadata?.KeyManager, rotates: KeyRotationEnabled };
    }),
    check(
      `key ${alias}: who may destroy or change it`,
      { denials: ['DenyDestruction', 'DenyReconfiguration'], except },
      async () => {
        const policy = await policyOf(region, alias);
        const exempt = (sid: string) =>
          [conditionOf(policy, sid, 'ArnNotEquals', 'aws:PrincipalArn')].flat().map(String).toSorted();
        return {
          denials: denialsOf(policy),
          except: { destruction: exempt('DenyDestruction'), reconfiguration: exempt('DenyReconfiguration') },
        };
      },
    ),
  ];
}

async function policyOf(region: Region, alias: string): Promise<string> {
  const KeyId = await keyArn(region, alias);
  const { Policy = '' } = await region.kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
  return Policy;
}

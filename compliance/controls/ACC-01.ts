import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import { vaultPowers, type Power, type Powers } from './shared/vault-powers';

/** Whoever holds two of these alone can make, hear and unmake a record without anybody else. */
export const ACC_01: Control = {
  id: 'ACC-01',
  title:
    'Whoever writes records neither reads nor deletes them, and whoever administers their keys does not read them.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.312(a)(1)' },
    { authority: 'soc2', text: 'TSC 2017 CC6.3' },
  ],
  severity: 'error',
  sources: ['S3', 'A11'],
  checkedOn: '2026-11-22',
  builds: 'Separate roles for writing, playback, holding, keys and emergencies, each with its own policy and trust.',
  onTemplate:
    "No role's policies, with those of the buckets and keys that name it, give it both sides; inline, attached and AWS-managed policies count.",
  live: 'iam:ListRoles; iam:GetPolicyVersion; iam:SimulatePrincipalPolicy',
  check: (evidence) => {
    if (evidence.vaults.length === 0) return [];
    const powersOf = vaultPowers(evidence);
    return evidence.ofType('AWS::IAM::Role').flatMap((role) => judge(role, powersOf(role)));
  },
};

const INCOMPATIBLE: readonly (readonly [Power, Power])[] = [
  ['write', 'read'],
  ['write', 'delete'],
  ['administer the key of', 'read'],
];

function judge(role: Resource, { certain, possible }: Powers): readonly Judgement[] {
  if (possible.size === 0) return [];
  const both = clashIn(certain);
  if (both) return [unmet(role, `it may ${both.join(' and ')} records; give each duty a role of its own`)];
  const maybe = clashIn(possible);
  if (maybe)
    return [unclear(role, `whether it may ${maybe.join(' and ')} records cannot be read; write its policies out`)];
  return [met(role, `of records it may only ${[...possible].join(', ')}`)];
}

const clashIn = (powers: ReadonlySet<Power>) => INCOMPATIBLE.find((pair) => pair.every((power) => powers.has(power)));

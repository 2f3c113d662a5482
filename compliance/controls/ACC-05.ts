import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { numberIn } from './shared/records';

/** HIPAA names no number; an hour is what AWS gives a role that asks for nothing. */
const LONGEST_SECONDS = 3600;

export const ACC_05: Control = {
  id: 'ACC-05',
  title: 'A session of a role ends by itself within an hour.',
  citations: [{ authority: 'hipaa', text: '45 CFR 164.312(a)(2)(iii)' }],
  severity: 'warning',
  sources: ['S2'],
  checkedOn: '2026-11-22',
  builds: "Roles with sessions of one hour, which is IAM's default.",
  onTemplate:
    'MaxSessionDuration of roles and SessionDuration of permission sets of IAM Identity Center are not above one hour; left out, they are one hour.',
  live: 'iam:GetRole; sso-admin:DescribePermissionSet',
  check: (evidence) => [
    ...evidence.ofType('AWS::IAM::Role').map((role) => judge(evidence, role, 'MaxSessionDuration', numberIn)),
    ...evidence.ofType('AWS::SSO::PermissionSet').map((set) => judge(evidence, set, 'SessionDuration', secondsOf)),
  ],
};

function judge(evidence: Evidence, resource: Resource, property: string, read: (value: unknown) => number): Judgement {
  const value = evidence.at(resource, property) ?? undefined;
  if (value === undefined) return met(resource, 'its sessions last an hour, which is the default');
  const seconds = isKnown(value) ? read(value) : Number.NaN;
  if (Number.isNaN(seconds)) return unclear(resource, `${property} cannot be read; write out at most an hour`);
  return seconds <= LONGEST_SECONDS
    ? met(resource, `its sessions last ${seconds} seconds at most`)
    : unmet(resource, `${property} is ${shown(value)}; set it to an hour or less`);
}

/** ISO 8601 as permission sets have it: `PT1H30M`. */
function secondsOf(value: unknown): number {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(String(value));
  if (!parts || String(value) === 'PT') return Number.NaN;
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

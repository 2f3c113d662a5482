import type { Finding, Path } from '../finding';
import type { DeploymentConfig } from '../schema';
import { partitionOrAws, repeats, when, type Rule } from './rule';

type Role = keyof DeploymentConfig['principals'];
const PEOPLE = ['role/aws-reserved/sso.amazonaws.com/', 'user/'] as const;
const ROLES: readonly Role[] = ['playback', 'recordsOfficer', 'keyAdmin', 'breakGlass'];

/**
 * Who may act is a person, with MFA: an IAM user, or an Identity Center role whose provider asks for it. IAM passes no MFA
 * information from role to role (IAM User Guide, "Secure API access with MFA"), so no other role could ever assume one.
 */
export const principalsAreOfTheAccount: Rule = ({ principals, account, regions }) => {
  const partition = partitionOrAws(Object.keys(regions)[0] ?? '');
  const prefix = `arn:${partition}:iam::${account}:`;
  return ROLES.flatMap((role) =>
    principals[role].flatMap((arn, index) =>
      when(!PEOPLE.some((path) => arn.startsWith(`${prefix}${path}`)) || /[*?]/.test(arn), {
        path: ['principals', role, index],
        allowed: `a person of account ${account}, without wildcard: ${PEOPLE.map((path) => `${prefix}${path}…`).join(' or ')}`,
        change: 'it; a plain role cannot show that its user signed in with MFA',
      }),
    ),
  );
};

/**
 * Nobody holds the keys and hears the calls, nor sets holds and deletes keys (45 CFR 164.312(a)(1); TSC CC6.3). A sandbox,
 * where one person does it all, still keeps keys apart from records.
 */
export const dutiesAreSeparate: Rule = ({ principals, purpose }) =>
  ROLES.flatMap((role, order) => {
    const others = ROLES.slice(0, order).filter(
      (other) => purpose === 'production' || [role, other].includes('keyAdmin'),
    );
    return principals[role].flatMap((arn, index) => {
      const other = others.find((name) => principals[name].includes(arn));
      return when(other !== undefined, {
        path: ['principals', role, index],
        got: `${arn}, also ${other}`,
        allowed: 'another principal for each of the four roles',
        change: 'one of the two',
      });
    });
  });

/** The parent of the hostname becomes a public zone of the region, so it must be one's own and no other region's. */
export const zonesAreDistinct: Rule = ({ regions }) => {
  const names = Object.keys(regions);
  const zones = Object.values(regions).map(({ sip }) => sip.hostname.split('.').slice(1).join('.'));
  const pathOf = (index: number): Path => ['regions', names[index] ?? '', 'sip', 'hostname'];
  const bare = zones.flatMap((zone, index) =>
    when(!zone.includes('.'), {
      path: pathOf(index),
      allowed: 'a name of at least three parts, because its parent becomes a zone of yours',
      change: 'it to e.g. sip.use1.example.com',
    }),
  );
  return [...bare, ...repeats(zones, pathOf, 'the parent of a hostname')];
};

export const attestationsAreDistinct: Rule = ({ attestations = [] }): Finding[] =>
  repeats(
    attestations.map(({ id }) => id),
    (index) => ['attestations', index, 'id'],
    'an attestation',
  );

/**
 * Every call is recorded, and where the caller is cannot be known from the number. Some states of the US ask for the
 * consent of all parties, so the strictest holds.
 */
export const callersAreToldOfRecording: Rule = ({ purpose, jurisdiction, consent }) =>
  when(purpose === 'production' && jurisdiction === 'US' && consent.mode === 'none', {
    path: ['consent', 'mode'],
    allowed: 'notice, beep or explicit-dtmf in the US, where some states ask for consent of all parties',
    change: 'it to notice',
  });

/** What a caller says is understood by a model, and none may hear a caller before the consent. */
export const consentIsGivenByKey: Rule = ({ consent, regions }) =>
  when(consent.mode === 'explicit-voice' && Object.values(regions).some(({ media }) => media.kind === 'asterisk'), {
    path: ['consent', 'mode'],
    allowed:
      'explicit-dtmf, where a key answers: no model may hear a caller before consent, so nobody could understand a spoken yes',
    change: 'it to explicit-dtmf, or take media containers of your own',
  });

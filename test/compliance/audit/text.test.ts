import * as fc from 'fast-check';
import { textReport } from '../../../compliance/audit/reporters/text';
import { asked, finding, postureOf, WAIVER } from '../../support/findings';
import { kitPosture } from '../../support/postures';

const PLAIN = { colour: false, width: 80, all: false };

const logGroups = Array.from({ length: 26 }, (_, at) =>
  finding({
    control: 'AUD-08',
    title: 'Log groups are protected from deletion.',
    status: 'waived',
    severity: 'warning',
    resource: `Log${at}`,
    message: 'can be deleted in one call',
    remedy: 'set DeletionProtectionEnabled',
    waiver: WAIVER,
  }),
);

const held = finding({ status: 'met', control: 'ENC-01', title: 'Vaults are encrypted.', message: 'has a key' });

test('what is to mend comes first, in full; what is waived is a line with its end', () => {
  const { remedy: _, ...met } = held;
  const soonest = finding({ ...logGroups[0], resource: 'Other', waiver: { ...WAIVER, expires: '2027-01-31' } });
  const posture = postureOf([
    finding({ location: { file: 'vault.yaml', line: 12 } }),
    ...logGroups,
    soonest,
    finding({ control: 'GOV-06', status: 'attested', attestedUntil: '2027-09-02' }),
    met,
  ]);
  expect(textReport(posture, PLAIN)).toBe(
    [
      'posture of templates on 2026-11-26',
      '  voicecell 0.1.0, 93 controls',
      '  clinic: hipaa; us-east-1',
      '',
      'HIPAA: unmet 1, waived 27, attested 1, met 1',
      '  unmet fatal REC-02  Recordings cannot be deleted before their time.',
      '    found   has no lock',
      '    mend    set ObjectLockEnabled',
      '    at      clinic/us-east-1/records Vault, vault.yaml:12',
      '  waived      27 until 2027-01-31  AUD-08',
      '  attested     1 until 2027-09-02  GOV-06',
      '',
      'all: unmet 1, waived 27, attested 1, met 1',
      '--verbose tells who waived or attested what, and why',
      'next: mend what is unmet, show what is indeterminate, and audit again;',
      '      --baseline with the JSON of this posture fails for what is worse only',
    ].join('\n'),
  );
});

test('a deployment has a ledger in which to waive', () => {
  const text = textReport(postureOf([finding()], { inputs: asked({ mode: 'deployment' }) }), PLAIN);
  expect(text).toContain('or waive it in\n      compliance/waivers.yaml with reason, owner and expiry');
});

test('of many places of an unmet control the first are shown', () => {
  const open = logGroups.map((_, at) => finding({ resource: `Log${at}` }));
  const text = textReport(postureOf(open), PLAIN);
  expect(text).toContain(
    [
      '    at      26 places:',
      '            - clinic/us-east-1/records Log0',
      '            - clinic/us-east-1/records Log1',
      '            - clinic/us-east-1/records Log2',
      '            - and 23 more; --verbose lists them',
    ].join('\n'),
  );
});

test('what holds, who answers for a waiver, and every place are shown when all is asked for', () => {
  const text = textReport(postureOf([...logGroups, held]), { ...PLAIN, all: true });
  expect(text).toContain('  met fatal ENC-01  Vaults are encrypted.');
  expect(text).toContain(
    [
      '    waived  by platform until 2027-03-01, 95 days left: The carrier has no other',
      '            door until spring.',
    ].join('\n'),
  );
  expect(text).toContain('            - clinic/us-east-1/records Log25');
  expect(text).not.toContain('--verbose');
});

test('a rule of a long name leaves its title lines of its own, and says its pack once where it is summed up', () => {
  const control = 'HIPAA.Security::HIPAA.Security-VPCNoUnrestrictedRouteToIGW';
  const title = 'A rule of another pack finds nothing.';
  expect(textReport(postureOf([finding({ control, title })]), PLAIN)).toContain(
    [`  unmet fatal ${control}`, `    ${title}`, '    found   has no lock'].join('\n'),
  );
  const waived = finding({ control, title, status: 'waived' });
  expect(textReport(postureOf([waived]), PLAIN)).toContain(
    '  waived       1 without an end    HIPAA.Security-VPCNoUnrestrictedRouteToIGW',
  );
});

test('a place is a file with its line, a construct where there is no resource, and said once', () => {
  const placed = finding({ stack: 'vault.yaml', location: { file: 'vault.yaml', line: 12 } });
  expect(textReport(postureOf([placed]), PLAIN)).toContain('    at      vault.yaml:12 Vault (us-east-1)');
  const { resource: _, ...whole } = finding({ constructPath: 'clinic/us-east-1/records/Vault/Policy' });
  expect(textReport(postureOf([whole]), PLAIN)).toContain('    at      clinic/us-east-1/records/Vault/Policy\n');
});

test('what several authorities ask is told once, under the one with the worst finding, and named by the others', () => {
  const both = finding({ framework: ['hipaa', 'soc2'] });
  const one = finding({ control: 'GOV-03', framework: ['soc2'], status: 'indeterminate', severity: 'error' });
  const text = textReport(postureOf([both, one]), PLAIN);
  expect(text.match(/REC-02 {2}Recordings/g)).toHaveLength(1);
  expect(text).toContain('SOC 2: unmet 1, indeterminate 1');
  expect(text).toContain('  told above: REC-02 unmet 1');
});

test('the framework with something unmet stands above those that only wait', () => {
  const text = textReport(
    postureOf([
      finding({ control: 'GOV-01', framework: ['house'] }),
      finding({ control: 'GOV-03', framework: ['hipaa'], status: 'waived', waiver: WAIVER }),
    ]),
    PLAIN,
  );
  expect(text.indexOf('This kit: unmet 1')).toBeLessThan(text.indexOf('HIPAA: waived 1'));
});

test('colours mark answers when asked for, and break no line elsewhere than without', () => {
  const posture = postureOf([finding(), ...logGroups]);
  const coloured = textReport(posture, { ...PLAIN, colour: true });
  expect(coloured).toContain('  \u001B[1;31munmet\u001B[0m fatal REC-02');
  expect(coloured.replaceAll(/\p{Cc}\[[\d;]*m/gu, '')).toBe(textReport(posture, PLAIN));
});

test('what differs in the account is told by property', () => {
  const drift = [
    { property: 'ObjectLockEnabled', template: true, live: false },
    { property: 'Tags', template: ['x'] },
  ];
  const text = textReport(postureOf([finding({ drift })]), PLAIN);
  expect(text).toContain('    drifted ObjectLockEnabled: true in the template, false in the account');
  expect(text).toContain('    drifted Tags: ["x"] in the template, nothing in the account');
});

test('what soon ends and what could not be read is told before the end', () => {
  const attested = finding({ control: 'GOV-06', status: 'attested', attestedUntil: '2026-12-06' });
  const waivers = [{ ...WAIVER, rule: 'AUD-08', scope: ['records/**'], expires: '2026-11-27', daysLeft: 1, covers: 3 }];
  const text = textReport(
    postureOf([attested], { waivers, inputs: asked({ limits: ['a.yaml: no transform'] }) }),
    PLAIN,
  );
  expect(text).toContain(
    [
      'ends within 30 days',
      '  waiver of AUD-08: 2026-11-27, 1 day left; ask platform',
      '  attestation of GOV-06 for clinic: 2026-12-06, 10 days left',
      '',
      'could not be read',
      '  - a.yaml: no transform',
    ].join('\n'),
  );
});

test('a clean posture of the kit says so, with the digest that makes it evidence', () => {
  const posture = kitPosture('sandbox');
  const text = textReport(posture, PLAIN);
  expect(text).toContain('next: nothing to mend');
  expect(text).toContain(posture.sha256);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('whatever a template says, a line is a line: nothing that a terminal acts on or an eye is fooled by', () => {
  const hostile = fc.string({ unit: 'binary' }).map((text) => `${text}\u001B[2J\u202Eevil\r\n\u009B1m`);
  fc.assert(
    fc.property(hostile, hostile, (message, place) => {
      const posture = postureOf([
        finding({ message, stack: place, resource: place, waiver: { ...WAIVER, reason: place } }),
      ]);
      const text = textReport(posture, PLAIN);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    }),
  );
});

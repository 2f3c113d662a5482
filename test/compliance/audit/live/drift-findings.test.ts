import { driftFindings } from '../../../../compliance/audit/live/drift-findings';
import { findingOf, type AuditUnit } from '../../../../compliance/audit/findings';
import { findingAt } from '../../../../compliance/audit/live/running/finding';
import { overall } from '../../../../compliance/controls/control';
import { VUL_04 } from '../../../../compliance/controls/VUL-04';
import { kitEvidence } from '../../../support/kit-evidence';
import { AS_OF } from '../../../support/postures';

const LEDGER = { waivers: [], asOf: AS_OF };

function sandbox(): AuditUnit {
  const [audited] = kitEvidence(['sandbox']);
  if (!audited) throw new Error('the sandbox has no evidence');
  return audited;
}

test('what is as written is so in the settings that are read, and no more is claimed', () => {
  const same = new Map([['records', 3]]);
  const compared = { drifts: new Map(), gone: [], unread: new Map(), added: [], unknown: [], same };
  const findings = driftFindings(sandbox(), compared, LEDGER);
  expect(findings.map(({ status, message }) => [status, message])).toEqual([
    ['met', '3 resources of records are as their template says, in the settings that are read'],
  ]);
});

test('credentials in an address are in no finding, nor in its remedy', () => {
  const audited = sandbox();
  const text = 'it runs user:ghp_x@ghcr.io/a; take https://me:pw@example.com/b';
  const told = findingOf(audited, VUL_04, overall('unmet', text), LEDGER);
  expect(told).toMatchObject({
    message: 'it runs …@ghcr.io/a',
    remedy: 'take https://…@example.com/b',
  });
  const place = { audited, region: 'us-east-1', type: 'AWS::ECS::Service', resource: undefined, name: 'stt' };
  expect(findingAt(place, VUL_04, { status: 'unmet', message: text.split(';')[0] ?? '' }).message).toBe(told.message);
});

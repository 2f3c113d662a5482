import type { DeploymentConfig } from '../../regions/config/schema';
import { check } from '../../regions/config/semantics';
import { planDeployment } from '../../regions/plan';
import { deploymentConfig } from '../support/config';
import { readLock } from '../../regions/lock';

const faults = (config: DeploymentConfig): string[] =>
  check(config).map(({ path, got = '', allowed }) => `${path.join('.')}: ${got}; ${allowed}`);

const ceiling = (days: number) => ({ days, because: 'the contract with Acme' });

const settledBy = { legalBasis: 'GDPR Article 17(3)(b)', approver: 'privacy officer', expires: '2027-06-30' };

describe('a ceiling below a floor', () => {
  const config = (days: number) =>
    deploymentConfig({ frameworks: ['hipaa'], retention: { transcript: { ceiling: ceiling(days) } } });

  test('names both sides and the basis that would settle it', () => {
    expect(check(config(2191))).toEqual([
      expect.objectContaining({
        path: ['retention', 'transcript', 'ceiling', 'days'],
        got: '2191 for the contract with Acme, against 2192 for hipaa (45 CFR 164.312(c)(1); 164.316(b)(2)(i))',
        change: expect.stringContaining('GDPR Article 17(3)(b)'),
      }),
    ]);
    expect(faults(config(2192))).toEqual([]);
  });

  test('of voicemail is one against recordings too, for one bucket holds both', () => {
    const retention = { recording: { days: 400 }, voicemail: { ceiling: ceiling(400) } };
    expect(faults(deploymentConfig({ frameworks: ['soc2'], retention }))).toEqual([]);
    expect(
      faults(deploymentConfig({ frameworks: ['hipaa'], retention: { voicemail: { ceiling: ceiling(400) } } })),
    ).toHaveLength(2);
  });

  test('is planned for the floor when somebody has settled it', () => {
    const config = deploymentConfig({
      frameworks: ['hipaa'],
      retention: { transcript: { ceiling: { ...ceiling(400), settledBy } } },
    });
    expect(faults(config)).toEqual([]);
    const lock = readLock();
    if (!lock.ok) throw new Error('the lock file is damaged');
    const [plan] = planDeployment(config, lock.lock);
    expect(plan?.retention.transcript.days).toBe(2192);
    expect(plan?.requirements.transcript).toMatchObject({ floorDays: 2192, ceilingDays: 400, settledBy });
  });

  test('is not asked for in the same breath', () => {
    const retention = { cdr: { days: 401, ceiling: ceiling(400) } };
    expect(faults(deploymentConfig({ frameworks: ['soc2'], retention }))).toEqual([
      'retention.cdr.days: ; 400 days at most, for the contract with Acme',
    ]);
  });
});

describe('card data', () => {
  const both = { pauseResume: true, dtmfMask: true };

  test('in records that FINRA locks is a conflict that names both', () => {
    const config = deploymentConfig({ frameworks: ['finra', 'pci'], acceptIrreversible: true });
    expect(faults(config)).toEqual([
      expect.stringMatching(/^frameworks: pci without cardData: PCI DSS .* and finra \(17 CFR .*\) locks recording, /),
    ]);
    expect(faults({ ...config, cardData: both })).toEqual([]);
  });

  test.each([
    { pauseResume: true, dtmfMask: false },
    { pauseResume: false, dtmfMask: true },
  ])('is not kept out by %j', (cardData) => {
    expect(faults(deploymentConfig({ frameworks: ['pci'], cardData }))).toEqual([
      expect.stringContaining('cardData: '),
    ]);
  });
});

describe('regions that a contract allows', () => {
  test('that lie nowhere in the jurisdiction leave none', () => {
    expect(faults(deploymentConfig({ jurisdiction: 'US', allowedRegions: ['eu-west-1'] }))).toEqual([
      'allowedRegions: eu-west-1, none of which is of jurisdiction US; some of us-east-1, us-east-2, us-west-1, us-west-2',
    ]);
  });

  test('bind the region that is deployed, and the one of its copies', () => {
    const config = deploymentConfig({ allowedRegions: ['us-east-2'] });
    expect(faults(config)).toEqual([
      expect.stringMatching(/^regions\.us-east-1: us-east-1; regions of allowedRegions/),
    ]);
    const lock = readLock();
    if (!lock.ok) throw new Error('the lock file is damaged');
    const [plan] = planDeployment(deploymentConfig({ allowedRegions: ['us-east-1', 'us-west-2'] }), lock.lock);
    expect(plan?.copies.region).toBe('us-west-2');
    expect(plan?.dataRegions).toEqual(['us-east-1', 'us-west-2']);
  });
});

import { run as deploy } from '../../bin/commands/deploy';
import { ended, readInputs, type Inputs } from '../../bin/inputs';
import { renderSummary } from '../../compliance/audit/reporters/summary-text';
import { isClean, summarise } from '../../compliance/audit/summary';
import { ran } from '../support/command';
import { deploymentYaml, yamlFile } from '../support/config';

const settledUntil = (expires: string): string => {
  const settledBy = { legalBasis: 'GDPR Article 17(3)(b)', approver: 'counsel', expires };
  const ceiling = { days: 400, because: 'the contract with Acme', settledBy };
  return yamlFile(deploymentYaml({ frameworks: ['hipaa'], retention: { transcript: { ceiling } } }));
};

function inputsOf(file: string): Inputs {
  const read = readInputs([file]);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.inputs;
}

const LINE =
  /demo\.yaml:\d+:\d+ retention\.transcript\.ceiling\.settledBy\.expires: got "2026-06-30", allowed a last day that is not past, change it once counsel has decided anew/;

describe('what settles a ceiling until a day', () => {
  const inputs = inputsOf(settledUntil('2026-06-30'));

  test('holds through that day and is a problem with its place on the next', () => {
    expect(ended(inputs, '2026-06-30')).toEqual([]);
    expect(ended(inputs, '2026-07-01')).toEqual([expect.stringMatching(LINE)]);
  });

  test('fails a synthesis that is told a later date, and is said', () => {
    const evidence = { outdir: 'cdk.out', stacks: [], findings: [], waived: [] };
    const on = (today: string) =>
      summarise({ plans: [], evidence, met: new Map(), ledger: [], ended: ended(inputs, today) });
    expect(isClean(on('2026-06-30'))).toBe(true);
    expect(isClean(on('2026-07-01'))).toBe(false);
    expect(renderSummary(on('2026-07-01'))).toMatch(LINE);
    expect(renderSummary(on('2026-07-01'))).toContain('findings 1');
  });

  test.each([
    ['2026-06-30', true],
    ['2999-12-31', false],
  ])('that is %s: deploying refuses it is %s', async (expires, refused) => {
    const { code, err } = await ran(deploy, settledUntil(expires));
    expect(code).toBe(2);
    expect(err.includes('settledBy.expires')).toBe(refused);
  });
});

import { CONTROLS } from '../../compliance/controls/catalogue';
import { endpointsOf } from '../../compliance/controls/shared/endpoints';
import { usedServices } from '../../compliance/controls/shared/used-services';
import { readWaivers } from '../../compliance/nag/waivers';
import { KINDS, mutantsOf } from '../mutants';
import { flagged } from '../mutants/flagged';
import { killer, scopeKiller } from '../mutants/judge';
import { mutantsOfKind } from '../mutants/mutant';
import { oneOfEachKind } from '../mutants/sample';
import { scopeMutantsOf } from '../mutants/scope';
import { deploymentYaml, yamlFile } from '../support/config';
import { kitEvidence } from '../support/kit-evidence';

const ledger = readWaivers();
const waivers = ledger.ok ? ledger.waivers : [];
const kit = kitEvidence().map(({ name, unit, evidence }) => ({
  name,
  unit,
  evidence,
  mutants: mutantsOf(unit, evidence.set.stacks),
}));
const all = kit.flatMap(({ mutants }) => mutants);

// Thousands of mutants take a minute or two: CI judges them all, others one of every kind.
const judged = new Set(process.env['CI'] === 'true' ? all : oneOfEachKind(all));

test('there are hundreds of mutants, each with an id and a template of its own', () => {
  expect(all.length).toBeGreaterThanOrEqual(600);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(new Set(all.map(({ changes }) => changes)).size).toBe(all.length);
});

/** No deployment that ships chooses PCI DSS. */
const [paying] = kitEvidence([
  yamlFile(deploymentYaml({ frameworks: ['pci'], cardData: { pauseResume: true, dtmfMask: true } })),
]);
if (!paying) throw new Error('a deployment whose callers pay by card has no templates');
const ofCards = mutantsOf(paying.unit, paying.evidence.set.stacks).filter(({ owner }) => owner === 'PRV-05');

test('every control has mutants, of templates or of what a deployment says of itself', () => {
  const said = kit.flatMap(({ unit }) => scopeMutantsOf(unit));
  const owners = new Set([...all, ...ofCards, ...said].map(({ owner }) => owner));
  expect(CONTROLS.map(({ id }) => id).filter((id) => !owners.has(id))).toEqual([]);
});

test('every mutant of the nodes that callers tell their cards is caught', () => {
  const isKilled = killer(paying.evidence);
  expect(ofCards).toHaveLength(4 * 2);
  expect(ofCards.filter((mutant) => !isKilled(mutant)).map(({ what }) => what)).toEqual([]);
});

describe.each(kit)('templates of $name', ({ unit, evidence, mutants }) => {
  test('nothing is found where nobody has broken them', () => {
    expect(flagged(unit, evidence, waivers)).toEqual([]);
  });

  test('no endpoint is paid for that nothing calls', () => {
    const used = usedServices(evidence);
    const endpoints = endpointsOf(evidence).map(({ service = 'unknown' }) => service);
    expect(endpoints.filter((service) => !used.has(service))).toEqual([]);
  });

  test('whatever it says too little of itself is caught', () => {
    const isKilled = scopeKiller(evidence);
    const survivors = scopeMutantsOf(unit).filter((mutant) => !isKilled(mutant));
    expect(survivors.map(({ owner, what }) => `${owner} does not see that ${what}`)).toEqual([]);
  });

  test('every mutant is caught by the control that owns it', () => {
    const isKilled = killer(evidence);
    const survivors = mutants.filter((mutant) => judged.has(mutant) && !isKilled(mutant));
    expect(survivors.map(({ owner, what }) => `${owner} does not see ${what}`)).toEqual([]);
  });
});

test('rules beside the copies of a lone region are as needed as those of a guard', () => {
  const sandbox = kit.find(({ name }) => name === 'sandbox');
  if (!sandbox) throw new Error('no sandbox ships');
  const { unit, evidence } = sandbox;
  const beside = KINDS.filter(({ owner }) => owner === 'AUD-07')
    .flatMap((kind) => mutantsOfKind(kind, unit, evidence.set.stacks))
    .filter(({ stack }) => stack.endsWith('copies'));
  const isKilled = killer(evidence);
  expect(beside).toHaveLength(16);
  expect(beside.filter((mutant) => !isKilled(mutant)).map(({ what }) => what)).toEqual([]);
});

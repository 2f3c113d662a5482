import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { oneLine } from '../../../compliance/audit/reporters/clean';
import { junitReport } from '../../../compliance/audit/reporters/junit';
import type { Finding } from '../../../compliance/audit/posture';
import { finding, postureOf, WAIVER } from '../../support/findings';
import { kitPosture } from '../../support/postures';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Elements in the order in which they open; throws where the text is not well-formed XML. */
function elementsOf(xml: string): readonly Element[] {
  const parser = new SaxesParser();
  const elements: Element[] = [];
  const open: Element[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return elements;
}

const named = (elements: readonly Element[], name: string): readonly Element[] =>
  elements.filter((element) => element.name === name);

const outcomeOf = (over: Partial<Finding>): Element | undefined =>
  elementsOf(junitReport(postureOf([finding(over)]))).at(-1);

test.each([
  ['unmet', 'error', 'failure'],
  ['indeterminate', 'fatal', 'error'],
  ['waived', 'error', 'skipped'],
  ['notApplicable', 'error', 'skipped'],
  ['met', 'error', 'system-out'],
  ['attested', 'error', 'system-out'],
  ['unmet', 'warning', 'skipped'],
  ['met', 'warning', 'system-out'],
] as const)('what is %s at severity %s is told as %s', (status, severity, element) => {
  expect(outcomeOf({ status, severity })?.name).toBe(element);
});

test('a failure says what was found, where, what to change, and who asks', () => {
  const failure = outcomeOf({ location: { file: 'a.yaml', line: 3 } });
  expect(failure?.attributes).toEqual({ message: 'has no lock', type: 'fatal' });
  expect(failure?.text).toBe(
    [
      'has no lock',
      'at clinic/us-east-1/records Vault, a.yaml:3',
      'mend: set ObjectLockEnabled',
      'HIPAA: 45 CFR 164.316(b)(2)(i)',
    ].join('\n'),
  );
});

test('what is skipped says why', () => {
  const waived = outcomeOf({ status: 'waived', severity: 'error', waiver: WAIVER });
  expect(waived?.attributes['message']).toBe('waived: has no lock');
  expect(waived?.text).toContain('waived by platform until 2027-03-01, 95 days left');
  expect(outcomeOf({ severity: 'warning' })?.attributes['message']).toBe('a warning, which fails nothing: has no lock');
});

test('every unit has a suite for each authority, which counts its cases', () => {
  const elements = elementsOf(
    junitReport(
      postureOf([
        finding({ framework: ['hipaa', 'soc2'] }),
        finding({ framework: ['soc2'], control: 'AVL-03', status: 'indeterminate' }),
        finding({ unit: 'broker', status: 'met' }),
      ]),
    ),
  );
  expect(named(elements, 'testsuite').map(({ attributes }) => [attributes['name'], attributes['tests']])).toEqual([
    ['clinic: HIPAA', '1'],
    ['clinic: SOC 2', '2'],
    ['broker: HIPAA', '1'],
  ]);
  expect(elements[0]?.attributes).toEqual({
    name: 'voicecell',
    tests: '4',
    failures: '2',
    errors: '1',
    skipped: '0',
    time: '0',
  });
  expect(named(elements, 'testcase')).toHaveLength(4);
});

test('the posture of a whole deployment is well-formed and has no failure', () => {
  const [root] = elementsOf(junitReport(kitPosture('healthcare-us')));
  expect(Number(root?.attributes['tests'])).toBeGreaterThan(1000);
  expect([root?.attributes['failures'], root?.attributes['errors']]).toEqual(['0', '0']);
});

test('whatever templates say is text and no markup', () => {
  const text = fc.string({ unit: 'binary' }).map((some) => `${some}]]><a b="& &amp;'\u0000\uFFFE\uD800\u001B[2J\u202E`);
  fc.assert(
    fc.property(text, text, (message, place) => {
      const hostile = { message, remedy: place, stack: place, resource: place, unit: place, title: message };
      const findings = (['unmet', 'waived', 'met'] as const).map((status) =>
        finding({ ...hostile, status, waiver: { ...WAIVER, reason: message } }),
      );
      const elements = elementsOf(junitReport(postureOf(findings)));
      expect(named(elements, 'failure')[0]?.attributes['message']).toBe(oneLine(message));
      expect(elements.map(({ name }) => name)).toEqual([
        'testsuites',
        'testsuite',
        'testcase',
        'failure',
        'testcase',
        'skipped',
        'testcase',
        'system-out',
      ]);
    }),
  );
});

import { writeFileSync } from 'node:fs';
import { formatProblem, readDeployment, type Problem } from '../../regions/config';
import { deploymentConfig, deploymentYaml, regionConfig, yamlFile } from '../support/config';

function problemsOf(text: string): readonly Problem[] {
  const result = readDeployment(yamlFile(text));
  return result.ok ? [] : result.problems;
}

/** Problems as a person sees them, without the folder of the file. */
const linesOf = (text: string): string[] =>
  problemsOf(text).map((problem) => formatProblem({ ...problem, file: 'demo.yaml' }));

const lineOf = (text: string, part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

test('a valid deployment is read', () => {
  expect(readDeployment(yamlFile(deploymentYaml()))).toMatchObject({ ok: true, config: deploymentConfig() });
});

test('a config knows where each of its values is written', () => {
  const text = deploymentYaml();
  const result = readDeployment(yamlFile(text));
  expect(result.ok && result.locate(['regions', 'us-east-1', 'vpcCidr'])).toMatchObject({
    line: lineOf(text, 'vpcCidr'),
    col: 14,
  });
});

describe('a problem is one line with place, value got, values allowed and what to change', () => {
  test('for a value of the wrong kind', () => {
    const text = deploymentYaml().replace('peakConcurrentCalls: 100', 'peakConcurrentCalls: ten');
    expect(linesOf(text)).toStrictEqual([
      `demo.yaml:${lineOf(text, 'peakConcurrentCalls')}:26 regions.us-east-1.peakConcurrentCalls: got "ten", allowed a whole number from 1 to 100000, change it to e.g. 100`,
    ]);
  });

  test('for a mistyped key, at the key and with the key that was meant', () => {
    const text = deploymentYaml().replace('aiDisclosure:', 'aiDisclosre:');
    const line = lineOf(text, 'aiDisclosre');
    expect(linesOf(text)).toContainEqual(
      expect.stringMatching(
        `^demo.yaml:${line}:1 aiDisclosre: got the unknown key aiDisclosre, .* change it to aiDisclosure$`,
      ),
    );
  });

  test.each(['edge', 'media'])('for Spot under %s, whose nodes hold calls', (tier) => {
    const text = deploymentYaml().replace(new RegExp(`^( *)${tier}:\\n`, 'm'), `$&$1  spot: true\n`);
    expect(text).toContain('spot: true');
    expect(linesOf(text)).toContainEqual(
      expect.stringContaining(`regions.us-east-1.${tier}.spot: got the unknown key`),
    );
  });

  test('for a missing key, at the block that lacks it', () => {
    const text = deploymentYaml().replace(/ *vpcCidr: .*\n/, '');
    expect(linesOf(text)).toStrictEqual([
      `demo.yaml:${lineOf(text, 'us-east-1:')}:3 regions.us-east-1.vpcCidr: got nothing, allowed between /16 and /20`.replace(
        'between /16 and /20',
        'an IPv4 CIDR such as 198.51.100.0/24, change the block: add vpcCidr',
      ),
    ]);
  });

  test('for an account id that YAML takes for a number', () => {
    const text = deploymentYaml().replace('"123456789012"', '123456789012');
    expect(linesOf(text)).toContainEqual(
      expect.stringContaining('got 123456789012, allowed a quoted 12-digit account id, change it: put it in quotes'),
    );
  });

  test.each([
    [
      'azIds: [a, b, c, d, e]',
      'cells.azIds: got a list of 5, allowed a list of 1 to 4, each an AZ id such as use1-az4',
    ],
    ['azids: [use1-az4]', 'cells: got a block of azids, allowed a block of azIds or a block of count'],
  ])('for %s, of which there are two forms', (cells, expected) => {
    const text = deploymentYaml({ regions: { 'us-east-1': regionConfig({ cells: { count: 2 } }) } });
    expect(linesOf(text.replace('count: 2', cells)).join('\n')).toContain(expected);
  });

  test.each(['voice--prod', 'voice-', 'v', 'a-name-too-long-1'])(
    'for the name %s, which no trail could have',
    (name) => {
      expect(linesOf(deploymentYaml({ deployment: name }))).toStrictEqual([
        expect.stringContaining(
          'allowed 2 to 16 lower-case letters, digits and single dashes inside such as voice-prod',
        ),
      ]);
    },
  );

  test('for a word outside a list, with the nearest one', () => {
    expect(linesOf(deploymentYaml().replace('transport: tls', 'transport: tlss'))).toStrictEqual([
      expect.stringContaining('got "tlss", allowed tls, tcp, or udp, change it to tls'),
    ]);
  });
});

test('every problem is told at once: shape, meaning, and both regions, in the order of the file', () => {
  const text = deploymentYaml({
    jurisdiction: 'USA',
    regions: { 'us-east-1': regionConfig({ vpcCidr: '8.8.0.0/16' }), 'us-west-9': regionConfig() },
  }).replace('mode: notice', 'mode: whisper');
  const found = problemsOf(text.replace('monthlyBudgetUsd: 1000', 'monthlyBudgetUsd: -1'));
  expect(found.map(({ path }) => path)).toStrictEqual(expect.arrayContaining(['consent.mode', 'monthlyBudgetUsd']));
  expect(found.map(({ line }) => line)).toStrictEqual(found.map(({ line }) => line).toSorted((a, b) => a - b));
});

test('one broken region does not hide what is wrong with the meaning of another', () => {
  const west = regionConfig({ vpcCidr: '8.8.0.0/16' });
  const text = deploymentYaml({ regions: { 'us-east-1': regionConfig(), 'us-west-2': west } });
  const found = problemsOf(text.replace('peakConcurrentCalls: 100', 'peakConcurrentCalls: ten'));
  expect(found.map(({ path }) => path)).toStrictEqual(
    expect.arrayContaining(['regions.us-east-1.peakConcurrentCalls', 'regions.us-west-2.vpcCidr']),
  );
});

test.each([
  ['acceptIrreversible: yes, please'],
  ['attestations: [{ id: baa, statement: accepted, by: me, date: 2026-31-01 }]'],
  ['retention: { recording: { days: many } }'],
  ['sessionManager: maybe'],
])('a mistake in a setting that may be left out hides no other: %s', (mistake) => {
  const text = deploymentYaml({ regions: { 'us-east-1': regionConfig({ vpcCidr: '8.8.0.0/16' }) } });
  const found = problemsOf(`${text}${mistake}\n`);
  expect(found.map(({ path }) => path)).toContain('regions.us-east-1.vpcCidr');
  expect(found).toHaveLength(2);
});

const twoRegions = (change: string): string => {
  const east = regionConfig();
  return deploymentYaml({ regions: { 'us-east-1': east } })
    .replace('us-east-1:\n', 'us-east-1: &east\n')
    .concat(
      '  us-west-2:\n    <<: *east\n    vpcCidr: 10.21.0.0/16\n    cells: { count: 2 }\n',
      '    sip:\n      hostname: sip.usw2.demo.example.com\n',
      '      certificateSecretArn: arn:aws:secretsmanager:us-west-2:123456789012:secret:x-AbCdEf\n',
      change,
    );
};

describe('anchors and merge keys', () => {
  test('a region may take over another and change a part', () => {
    const result = readDeployment(yamlFile(twoRegions('')));
    expect(result.ok && result.config.regions['us-west-2']).toMatchObject({
      vpcCidr: '10.21.0.0/16',
      peakConcurrentCalls: 100,
    });
  });

  test('a mistake in a block used twice is told once, where it is written', () => {
    const text = twoRegions('').replace('callsPerNode: 200', 'callsPerNode: many');
    expect(problemsOf(text)).toStrictEqual([expect.objectContaining({ line: lineOf(text, 'callsPerNode: many') })]);
  });

  test('an alias without anchor is a problem with its place', () => {
    const text = twoRegions('    media: *nowhere\n');
    expect(linesOf(text)).toStrictEqual([
      expect.stringMatching(
        `^demo.yaml:${lineOf(text, '*nowhere')}:12 got \\*nowhere, which no &anchor before it defines`,
      ),
    ]);
  });

  test.each(['<<: 5', '<<: [1]', '<<: *text', '<<: ~'])('%s merges no block', (merge) => {
    const text = `deployment: &text demo\n${merge}\n`;
    expect(linesOf(text)).toStrictEqual([expect.stringMatching(/^demo.yaml:2:1 got a merge of what is no block/)]);
  });

  test('aliases that would expand without end are refused', () => {
    const bomb = Array.from({ length: 12 }, (_, i) => `a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}]`).join('\n');
    expect(linesOf(bomb.replaceAll('*a-1, ', 'x, '))).toStrictEqual([
      expect.stringContaining('aliases that expand too far'),
    ]);
  });
});

describe('what is no deployment at all is a problem and no exception', () => {
  test.each([
    ['an empty file', '', 'got no mapping'],
    ['a list', '- a\n- b\n', 'got no mapping'],
    ['broken YAML', 'a: [1, 2\nb: }', 'change the text here'],
    ['a key written twice', 'a: 1\na: 2\n', 'Map keys must be unique'],
    ['a tab as indentation', 'a:\n\tb: 1\n', 'got Tabs are not allowed as indentation'],
  ])('%s', (_, text, expected) => {
    expect(linesOf(text).join('\n')).toContain(expected);
  });

  test('a missing file', () => {
    const result = readDeployment('no-such-folder/demo.yaml');
    expect(result.ok ? [] : result.problems.map(formatProblem)).toStrictEqual([
      'no-such-folder/demo.yaml:1:1 got no such file, allowed a readable YAML file, change the file, or its path',
    ]);
  });

  test.each([
    ['bytes of another encoding', Buffer.from('persona: caf\u00e9', 'latin1'), 'bytes that are no UTF-8'],
    ['UTF-16', Buffer.from('\ufeffpurpose: sandbox', 'utf16le'), 'bytes that are no UTF-8'],
    ['megabytes', Buffer.alloc(1_048_577, 'a'), '1048577 bytes'],
  ])('%s', (_, bytes, got) => {
    const file = yamlFile('');
    writeFileSync(file, bytes);
    expect(readDeployment(file)).toMatchObject({ ok: false, problems: [{ got }] });
  });

  test('a folder', () => {
    expect(readDeployment(__dirname)).toMatchObject({
      ok: false,
      problems: [{ got: expect.stringContaining('EISDIR') }],
    });
  });
});

const withBudget = (value: string): string =>
  linesOf(deploymentYaml().replace('monthlyBudgetUsd: 1000', `monthlyBudgetUsd: ${value}`)).join('\n');

describe('what is printed is safe to print', () => {
  test('a credential is not repeated', () => {
    const printed = withBudget('AKIAIOSFODNN7EXAMPLE');
    expect(printed).toContain('a hidden text of 20 characters');
    expect(printed).not.toContain('AKIA');
  });

  test('control characters cannot forge a line or a colour', () => {
    expect(withBudget(String.raw`"a\nb\e[31m\u202Ec"`)).toContain('got "a?b?[31m?c"');
  });

  test('a long value is shortened', () => {
    expect(withBudget('x'.repeat(500))).toContain(`got "${'x'.repeat(59)}…"`);
  });
});

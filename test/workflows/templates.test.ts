import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';

const GITHUB = path.join(__dirname, '..', '..', '.github');
const MARKER = '<!-- voicecell templates -->';
const LARGEST_COMMENT = 65_536;

const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Assembly = Readonly<Record<string, unknown>>;

/** A folder of its own, each file in a stage. */
function assembly(files: Assembly): string {
  const place = mkdtempSync(path.join(folder, 'assembly-'));
  for (const [name, body] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    writeFileSync(path.join(place, name), JSON.stringify(body, null, 1));
  }
  return place;
}

function commentOn(base: string, proposed: string, said = 'checks met 9, findings 0\n', ...posture: string[]): string {
  const summary = path.join(folder, 'summary.txt');
  writeFileSync(summary, said);
  return execFileSync(path.join(GITHUB, 'template-diff.sh'), [base, proposed, summary, ...posture], {
    encoding: 'utf8',
  });
}

const compared = (before: Assembly, after: Assembly): string => commentOn(assembly(before), assembly(after));

const SHOP = { 'stage/network.template.json': { Resources: { Vpc: { Cidr: '10.0.0.0/16' } } } };

/** What lies outside every fence: what a reader of the page sees as text. */
function prose(comment: string): string {
  const [outside, open] = comment.split('\n').reduce<[string[], string]>(
    ([seen, fence], line) => {
      if (fence !== '') return [seen, /^ {0,3}`+$/.test(line) && line.trim().length >= fence.length ? '' : fence];
      const [opening = ''] = /^`{3,}/.exec(line) ?? [];
      return [opening ? seen : [...seen, line], opening];
    },
    [[], ''],
  );
  expect(open).toBe('');
  return outside.join('\n');
}

test('a comment names itself, says what was checked, and that nothing changes', () => {
  const comment = compared(SHOP, SHOP);
  expect(comment.startsWith(`${MARKER}\n`)).toBe(true);
  expect(comment).toContain('checks met 9, findings 0');
  expect(prose(comment)).toContain('No change in 1 templates.');
});

test('templates that change, come and go are shown in the order of their names, and nothing but templates', () => {
  const before = { ...SHOP, 'stage/old.template.json': { A: 1 }, 'stage/manifest.json': { time: 1 } };
  const after = {
    'stage/network.template.json': { Resources: { Vpc: { Cidr: '10.9.0.0/16' } } },
    'stage/watch.template.json': { Alarms: {} },
    'stage/manifest.json': { time: 2 },
  };
  const comment = compared(before, after);
  const headers = comment.split('\n').filter((line) => line.startsWith('diff --git'));
  expect(headers.map((line) => path.basename(line, '.template.json'))).toEqual(['network', 'old', 'watch']);
  expect(comment).toContain('-   "Cidr": "10.0.0.0/16"');
  expect(comment).toContain('+   "Cidr": "10.9.0.0/16"');
  expect(comment).not.toContain('manifest');
  expect(commentOn(assembly(before), assembly(after))).toBe(comment);
});

const FENCES = { 'stage/cell.template.json': { '```': '```', Text: '\n```\n</details>' } };

test.each([
  ['a template with fences in it', () => compared(SHOP, FENCES)],
  ['a finding with a fence in it', () => commentOn(assembly(SHOP), assembly({}), '```\n</details>\nfound\n')],
  ['a summary without an end of line', () => commentOn(assembly(SHOP), assembly(SHOP), 'stopped')],
])('%s stays inside its own fence', (_, make) => {
  const comment = make();
  expect(prose(comment).match(/<\/details>/g)?.length ?? 0).toBe(prose(comment).match(/<details>/g)?.length ?? 0);
});

test.each([
  ['many lines', Array.from({ length: 20_000 }, (_, index) => `é${index}`)],
  ['one line of great length', ['é'.repeat(100_000)]],
])('a change of %s is cut between lines, its fence closed, and fits into a comment', (_, list) => {
  const comment = compared(SHOP, { 'stage/cell.template.json': { list } });
  expect(comment.length).toBeLessThan(LARGEST_COMMENT);
  expect(comment).toMatch(/^\.\.\. and \d+ lines more$/m);
  expect(prose(comment)).toContain('</details>');
  expect(comment).not.toContain('\uFFFD');
});

test('a change of hundreds of templates fits, too', () => {
  const many = Array.from({ length: 600 }, (_, index) => [`stage/${'n'.repeat(90)}${index}.template.json`, { A: 1 }]);
  const comment = compared({}, Object.fromEntries(many) as Assembly);
  expect(comment.length).toBeLessThan(LARGEST_COMMENT);
  expect(prose(comment)).toContain('The base gives no templates to compare with: all are new.');
});

test('a change that could not be synthesised says why, and does not seem to delete everything', () => {
  const comment = commentOn(assembly(SHOP), path.join(folder, 'nowhere'), 'demo.yaml:3:1 got x, allowed y, change z\n');
  expect(comment).toContain('demo.yaml:3:1 got x');
  expect(prose(comment)).toContain('The proposed change gives no templates.');
  expect(comment).not.toContain('diff --git');
});

const withPosture = (posture: string, after: Assembly = SHOP): string => {
  const file = path.join(folder, 'posture.md');
  writeFileSync(file, posture);
  return commentOn(assembly(SHOP), assembly(after), undefined, file);
};

test('what became of the posture stands before the templates, in the one comment', () => {
  const comment = withPosture('### Posture: 1 worse, 0 better\n');
  expect(comment.startsWith(`${MARKER}\n### Posture: 1 worse, 0 better\n`)).toBe(true);
  expect(prose(comment)).toContain('### Templates');
});

test('the longest posture and many changes fit into one comment, the posture whole', () => {
  const posture = `${'é'.repeat(39_990)} end\n`;
  const many = { 'stage/cell.template.json': { list: Array.from({ length: 20_000 }, (_, index) => `line ${index}`) } };
  const comment = withPosture(posture, many);
  expect(comment).toContain(posture);
  expect(comment).toMatch(/^\.\.\. and \d+ lines more$/m);
  expect(comment.length).toBeLessThan(LARGEST_COMMENT);
});

test('a posture that there is not is said to be missing, and one that nobody asked for is not', () => {
  const file = path.join(folder, 'no-posture.md');
  expect(commentOn(assembly(SHOP), assembly(SHOP), undefined, file)).toContain('There are not two postures to compare');
  expect(compared(SHOP, SHOP)).not.toContain('Posture');
});

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

const workflows = readdirSync(path.join(GITHUB, 'workflows'));

describe.each(workflows)('%s', (name) => {
  const text = readFileSync(path.join(GITHUB, 'workflows', name), 'utf8');
  const { permissions, jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('has no credentials of a cloud, and may write comments and code scanning alerts at most', () => {
    expect(text).not.toMatch(/secrets\.|id-token|aws-actions|AWS_[A-Z]+/);
    expect(permissions).toEqual({ contents: 'read', 'pull-requests': 'write', 'security-events': 'write' });
  });

  test('names actions by commit', () => {
    const actions = steps.flatMap(({ uses = [] }) => uses);
    expect(actions.filter((action) => !/^[\w-]+(\/[\w-]+)+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  test('has steps that the shell can parse, without what others write put into them', () => {
    for (const { run = '' } of steps) {
      expect(spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
      expect(run).not.toContain('${{');
    }
  });
});

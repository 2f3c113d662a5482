import { renderRegions, reportRegions } from '../../regions/catalog';
import { run } from '../../bin/commands/regions';

async function voicecell(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(args, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('report of where a cell fits', () => {
  const text = renderRegions(reportRegions({ gpu: ['g6e.2xlarge'], media: ['c7i.2xlarge'] }));

  test('fits in 80 columns', () => {
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('lists the AZ ids that can hold it beside their region', () => {
    expect(text).toMatch(/^ {2}us-east-1 +use1-az1 use1-az2 use1-az4 use1-az6$/m);
    expect(text).toMatch(/^ {2}ap-northeast-1 +apne1-az1 apne1-az4$/m);
  });

  test('says for an AZ that cannot what it lacks, the nearest that can and what it could hold instead', () => {
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'use1-az5 no g6e.2xlarge; nearest: use1-az1; or here: p5.4xlarge for g6e.2xlarge',
    );
    expect(text).toContain('no g6e.2xlarge; nearest: eu-central-1 euc1-az1');
    expect(text).toContain('no g6e.2xlarge; nearest: none in CH');
  });

  test('names the regions nobody has read, the source and its age', () => {
    expect(text).toContain('mx-central-1');
    expect(text).toContain('Offerings as of 2026-05');
  });
});

describe('voicecell regions', () => {
  test('prints the report for the jurisdiction asked for', async () => {
    const { code, out } = await voicecell('--jurisdiction', 'EU', '--gpu', 'g6.2xlarge');
    expect(code).toBe(0);
    expect(out).toContain('eu-west-3');
    expect(out).not.toContain('us-east-1');
  });

  test('prints JSON with what each AZ lacks', async () => {
    const { out } = await voicecell('--json', '--jurisdiction', 'CH', '--gpu', 'g6.xlarge');
    expect(JSON.parse(out)).toMatchObject({
      regions: [{ region: 'eu-central-2', azs: [{ missing: ['g6.xlarge'] }, {}, {}] }],
    });
  });

  test('exits 1 when no AZ of the jurisdiction can hold the cell', async () => {
    expect((await voicecell('--jurisdiction', 'UK')).code).toBe(1);
  });

  test.each([
    [['--gpu', 'g6e.3xlarge'], /^got --gpu g6e.3xlarge, allowed .*g6e\.2xlarge.*$/],
    [['--gpu', 'c7i.2xlarge'], /^got --gpu c7i.2xlarge, allowed g4ad\.\*, .*$/],
    [['--media', 'g6.xlarge'], /^got --media g6.xlarge, allowed c6in\.\*, .*$/],
    [['--jurisdiction', 'eu'], /^got --jurisdiction eu, allowed US, .*EU.*$/],
  ])('answers %j in one line with the values allowed', async (args, line) => {
    expect(await voicecell(...args)).toEqual({ code: 2, out: '', err: expect.stringMatching(line) });
  });

  test.each([[['--zone', 'x']], [['extra']], [['--gpu']]])(
    'answers bad usage %j with one line and the usage',
    async (args) => {
      const { code, err } = await voicecell(...args);
      expect(code).toBe(2);
      expect(err.split('\n')[1]).toMatch(/^usage: voicecell regions/);
    },
  );
});

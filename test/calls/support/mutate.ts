/** A small generator with a seed, so that a run that found something can be run again. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Mutation = (text: Buffer, random: (below: number) => number) => Buffer;

const lines = (text: Buffer): string[] => text.toString('latin1').split('\r\n');
const joined = (all: readonly string[]): Buffer => Buffer.from(all.join('\r\n'), 'latin1');

const NASTY = [
  '',
  '\0',
  '-1',
  '4294967296',
  '%s%n%x',
  '"',
  '<',
  ';',
  '\r\n ',
  '\u00ff',
  'A'.repeat(5_000),
  '\\"',
  '{',
  '$du',
];

const MUTATIONS: readonly Mutation[] = [
  function flipByte(text, random) {
    const bent = Buffer.from(text);
    bent[random(bent.length)] = random(256);
    return bent;
  },
  function cut(text, random) {
    return text.subarray(0, random(text.length));
  },
  function dropLine(text, random) {
    const all = lines(text);
    all.splice(random(all.length), 1);
    return joined(all);
  },
  function repeatLine(text, random) {
    const all = lines(text);
    const at = random(all.length);
    all.splice(at, 0, ...Array.from({ length: 1 + random(200) }, () => all[at] ?? ''));
    return joined(all);
  },
  function swapLines(text, random) {
    const all = lines(text);
    const [a, b] = [random(all.length), random(all.length)];
    [all[a], all[b]] = [all[b] ?? '', all[a] ?? ''];
    return joined(all);
  },
  function nastyValue(text, random) {
    const all = lines(text);
    const at = random(all.length);
    const line = all[at] ?? '';
    const from = random(line.length + 1);
    all[at] = line.slice(0, from) + (NASTY[random(NASTY.length)] ?? '') + line.slice(from + random(8));
    return joined(all);
  },
  function lie(text, random) {
    return Buffer.from(
      text.toString('latin1').replace(/Content-Length: \d+/, `Content-Length: ${random(70_000) - 100}`),
      'latin1',
    );
  },
];

/** One to four mutations, one after the other. A datagram holds no more than 65,000 bytes of it. */
export function mutated(text: string, random: (below: number) => number): Buffer {
  let bent: Buffer = Buffer.from(text);
  for (let times = 1 + random(4); times > 0; times -= 1) {
    const mutation = MUTATIONS[random(MUTATIONS.length)];
    if (mutation && bent.length > 0) bent = mutation(bent, random);
  }
  return bent.subarray(0, 60_000);
}

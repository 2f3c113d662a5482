import { EnergyVad } from '../../../media/agent/vad/energy';
import { loadSilero, modelFile, SileroVad } from '../../../media/agent/vad/silero';
import { isSpeech } from '../../../media/agent/vad/speech-gate';
import type { Vad } from '../../../media/agent/vad';
import expected from './support/speech-probabilities.json';
import { louder, silence, spoken, tone } from './support/speech';

const model = loadSilero(modelFile());
const silero = (): Vad => new SileroVad(model);

function probabilities(vad: Vad, samples: Int16Array): number[] {
  const count = Math.floor(samples.length / vad.windowSamples);
  return Array.from({ length: count }, (_, at) =>
    vad.probability(samples.subarray(at * vad.windowSamples, (at + 1) * vad.windowSamples)),
  );
}

test('the Silero model gives what the reference runtime gives', () => {
  const ours = probabilities(silero(), spoken());
  expect(ours).toHaveLength(expected.length);
  for (const [at, one] of ours.entries()) expect(one).toBeCloseTo(expected[at] ?? -1, 3);
});

test('calls do not hear each other', () => {
  const [one, other] = [silero(), silero()];
  probabilities(one, spoken());
  expect(probabilities(other, spoken())).toEqual(probabilities(silero(), spoken()));
});

test('neither silence nor a hum nor hiss is speech to it', () => {
  const hiss = Int16Array.from({ length: 16_000 }, (_, at) => ((at * 7_919) % 1_009) - 504);
  for (const noise of [silence(1_000), tone(1_000, 50, 2_000), hiss])
    expect(Math.max(...probabilities(silero(), noise))).toBeLessThan(0.5);
});

test('the energy detector hears soft speech over a soft line', () => {
  const vad = new EnergyVad();
  expect(Math.max(...probabilities(vad, silence(500)))).toBeLessThan(0.5);
  expect(Math.max(...probabilities(vad, louder(spoken(), 0.3)))).toBeGreaterThan(0.5);
});

describe('what comes back of its own voice', () => {
  const agentLevel = 3_000;

  test.each([
    [-15, false],
    [-12, false],
    [-6, true],
  ])('%d dB of it: the caller speaks: %s', (decibels, caller) => {
    const level = agentLevel * 10 ** (decibels / 20);
    expect(isSpeech({ probability: 0.99, level, playedLevel: agentLevel }, false)).toBe(caller);
  });

  test('a soft caller is heard while the agent is silent', () => {
    expect(isSpeech({ probability: 0.9, level: 120, playedLevel: 0 }, false)).toBe(true);
  });
});

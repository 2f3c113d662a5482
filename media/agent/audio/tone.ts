import { RATE } from '../stages/types';

const HZ = 440;
const MS = 150;
const PEAK = 3_000;

/** Two soft beeps: still here, when there is no voice to say so. */
export function stillHere(): Int16Array {
  const length = (RATE * MS) / 1000;
  const beep = Int16Array.from({ length }, (_, at) => {
    const fade = Math.sin((Math.PI * at) / length);
    return Math.round(PEAK * fade * Math.sin((2 * Math.PI * HZ * at) / RATE));
  });
  const both = new Int16Array(3 * length);
  both.set(beep);
  both.set(beep, 2 * length);
  return both;
}

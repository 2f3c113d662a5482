/** About -50 dBFS: no voice is that soft. */
const VOICE = 100;
/** Kept in front of the first loud sample, so that a soft consonant is not cut. */
const KEPT = 160;

/** Drops the silence that engines put before a sentence; stateful, one a reply. */
export function leadingTrim(): (samples: Int16Array) => Int16Array {
  let begun = false;
  return (samples) => {
    if (begun) return samples;
    const first = samples.findIndex((sample) => Math.abs(sample) > VOICE);
    if (first < 0) return new Int16Array();
    begun = true;
    return samples.subarray(Math.max(0, first - KEPT));
  };
}

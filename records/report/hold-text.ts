import { hang } from '../../regions/wrap';
import { type CallResult, isDone } from '../hold/hold';
import type { ObjectResult } from '../hold/objects';
import { counted } from './words';

export interface HoldsIn {
  readonly region: string;
  readonly results: readonly CallResult[];
}

/** Every call with every object and copy of it, at 80 columns. */
export function renderHolds(matter: string, regions: readonly HoldsIn[]): string {
  const results = regions.flatMap((one) => one.results);
  const undone = results.filter((result) => !isDone(result)).length;
  return [
    ...regions.filter(({ results: some }) => some.length > 0).flatMap(regionLines),
    `${matter}: ${results.length - undone} of ${counted(results.length, 'call')} done${undone > 0 ? `, ${undone} NOT DONE` : ''}`,
  ].join('\n');
}

const regionLines = ({ region, results }: HoldsIn): string[] => [region, ...results.flatMap(callLines)];

const callLines = ({ callId, noted, objects, problems }: CallResult): string[] => [
  ...hang(`  ${callId}  `, noted),
  ...objects.flatMap(objectLines),
  ...problems.flatMap((line) => hang('    FAILED  ', line)),
];

const STATES: Readonly<Record<ObjectResult['state'], string>> = { on: 'on', off: 'off', failed: 'FAILED' };

const objectLines = ({ place, key, versionId, state, why }: ObjectResult): string[] => [
  ...hang(`    ${STATES[state].padEnd(6)}  ${place.padEnd(5)}  `, `${key} ${versionId}`),
  ...(why ? hang(' '.repeat(19), why) : []),
];

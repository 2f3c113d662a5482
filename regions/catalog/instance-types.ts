import { familyOf } from './families';
import { instanceTypesFile } from './files';
import type { InstanceType } from './types';

export const INSTANCE_TYPES: ReadonlyMap<string, InstanceType> = new Map(Object.entries(instanceTypesFile.types));

/** Specs of a tracked GPU or media instance type, or undefined for any other: nothing is guessed. */
export const instanceType = (type: string): InstanceType | undefined => INSTANCE_TYPES.get(type);

/** Types worth naming to somebody who asked for one the catalogue does not know: its family's sizes, else the families. */
export function alternativesTo(type: string, accept: (spec: InstanceType) => boolean): string[] {
  const accepted = [...INSTANCE_TYPES].filter(([, spec]) => accept(spec)).map(([name]) => name);
  const sizes = accepted.filter((name) => familyOf(name) === familyOf(type));
  return sizes.length > 0 ? sizes : [...new Set(accepted.map((name) => `${familyOf(name)}.*`))];
}

import { uuidOf } from '../../../controls/formats/oscal-ids';
import type { Finding } from '../../posture';
import { gathered } from '../grouping';
import { line, prop, type Named } from './parts';

export interface Subjects {
  /** The resources. */
  readonly inventory: readonly object[];
  /** The unit as a whole. */
  readonly component: object;
}

/** What was looked at, so that observations can name it. */
export function subjectsOf({ name, findings }: Named): Subjects {
  const placed = findings.filter(({ resource }) => resource !== undefined);
  return {
    component: {
      uuid: componentUuid(name),
      type: 'this-system',
      title: line(name),
      description: line(`${name} as a whole`),
      status: { state: 'operational' },
    },
    inventory: gathered(placed, subjectUuid).flatMap((same) => same.slice(0, 1).map(inventoryItem)),
  };
}

/** A reference to what a finding is about. */
export const subjectOf = (finding: Finding): object => ({
  'subject-uuid': subjectUuid(finding),
  type: finding.resource === undefined ? 'component' : 'inventory-item',
  title: line(finding.resource ?? finding.unit),
});

const inventoryItem = (finding: Finding): object => ({
  uuid: subjectUuid(finding),
  description: line([finding.stack, finding.resource].filter(Boolean).join(' ')),
  props: [
    ...named('resource-type', finding.type),
    ...named('region', finding.region),
    ...named('stack', finding.stack),
    ...named('logical-id', finding.resource),
    ...named('construct-path', finding.constructPath),
  ],
});

const named = (name: string, value: string | undefined): object[] => (value === undefined ? [] : [prop(name, value)]);

const subjectUuid = ({ unit, region = '', stack = '', resource }: Finding): string =>
  resource === undefined ? componentUuid(unit) : uuidOf(`resource ${JSON.stringify([unit, region, stack, resource])}`);

const componentUuid = (unit: string): string => uuidOf(`unit ${unit}`);

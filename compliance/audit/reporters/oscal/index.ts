import { OSCAL_VERSION, uuidOf } from '../../../controls/formats/oscal-ids';
import type { Finding, Posture } from '../../posture';
import { oneLine } from '../clean';
import { gathered } from '../grouping';
import { visible } from '../json';
import { uriOf } from '../uri';
import { countsText, MODE_WORDS } from '../words';
import { findingsPart } from './findings';
import { observationOf } from './observations';
import { dayTime, line, prop, toolUuid, type Named } from './parts';
import { risksOf } from './risks';
import { subjectsOf } from './subjects';

/** A posture as OSCAL 1.2.1 assessment results, a result for each unit. Identifiers follow from content. Pure. */
export const oscalReport = (posture: Posture): string => visible({ 'assessment-results': resultsOf(posture) }, 0);

const resultsOf = (posture: Posture): object => ({
  uuid: uuidOf(`assessment-results ${posture.sha256}`),
  metadata: {
    title: 'voicecell posture',
    // No clock: the day as of which the posture is.
    'last-modified': dayTime(posture.inputs.asOf),
    version: line(posture.tool.version),
    'oscal-version': OSCAL_VERSION,
    props: [prop('posture-sha256', posture.sha256), prop('mode', posture.inputs.mode)],
  },
  'import-ap': { href: `#${PLAN}` },
  results: unitsOf(posture).map((unit) => resultOf(posture, unit)),
  'back-matter': { resources: [planResource(posture), ...posture.inputs.files.map(fileResource)] },
});

const PLAN = uuidOf('assessment plan');

const planResource = ({ catalogue }: Posture): object => ({
  uuid: PLAN,
  title: 'The catalogue of controls',
  description: `${catalogue.controls} controls, each asked of every resource it is about, and ${catalogue.auditControls.length} that only an audit judges; voicecell controls --format oscal prints them.`,
});

const fileResource = ({ path, sha256 }: Posture['inputs']['files'][number]): object => ({
  uuid: uuidOf(`file ${sha256} ${path}`),
  title: line(path),
  rlinks: [{ href: uriOf(path), hashes: [{ algorithm: 'SHA-256', value: sha256 }] }],
});

/** Every unit has a result, also one of which nothing is asked. */
function unitsOf({ inputs, findings }: Posture): readonly Named[] {
  const names = [...new Set([...inputs.units.map(({ name }) => name), ...findings.map(({ unit }) => unit)])];
  const byName = new Map(gathered(findings, ({ unit }) => unit).map((mine) => [mine[0]?.unit, mine]));
  const units = names.map((name) => ({ name, findings: byName.get(name) ?? [] }));
  return units.length > 0 ? units : [{ name: 'nothing', findings: [] }];
}

function resultOf(posture: Posture, unit: Named): object {
  const { inputs, summary, sha256 } = posture;
  const observed = unit.findings.map((finding) => observationOf(finding, posture));
  const risks = risksOf(unit, posture);
  const { inventory, component } = subjectsOf(unit);
  return {
    uuid: uuidOf(`result ${sha256} ${unit.name}`),
    title: line(unit.name),
    description: [
      `Posture of ${MODE_WORDS[inputs.mode]}: ${countsText(summary)} in all.`,
      ...inputs.limits.map(oneLine),
    ].join('\n\n'),
    start: dayTime(inputs.asOf),
    end: dayTime(inputs.asOf),
    'local-definitions': {
      components: [component, toolComponent(posture)],
      ...filled('inventory-items', inventory),
    },
    'reviewed-controls': { 'control-selections': [selectionOf(unit.findings)] },
    ...filled('observations', observed),
    ...filled('risks', risks),
    ...filled('findings', findingsPart(unit, posture)),
  };
}

/** OSCAL has no empty lists. */
const filled = (name: string, items: readonly object[]): object => (items.length > 0 ? { [name]: items } : {});

const toolComponent = ({ tool }: Posture): object => ({
  uuid: toolUuid,
  type: 'software',
  title: 'voicecell',
  description: `voicecell ${oneLine(tool.version)}, which judged the evidence.`,
  status: { state: 'operational' },
});

const selectionOf = (findings: readonly Finding[]): object => {
  const ids = [...new Set(findings.map(({ control }) => control))].toSorted();
  return ids.length > 0
    ? { 'include-controls': ids.map((id) => ({ 'control-id': id.toLowerCase() })) }
    : { 'include-all': {} };
};

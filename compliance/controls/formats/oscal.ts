import type { AuditControl } from '../../audit/audit-controls';
import { SOURCES } from '../../frameworks/sources';
import type { Authority, Control } from '../control';
import { AUTHORITIES } from './markdown';
import { OSCAL_VERSION, uuidOf } from './oscal-ids';

/**
 * The catalogue as an OSCAL 1.2.1 component definition: one component, the kit, with an implementation for each authority.
 * Identifiers follow from content, so the same controls give the same document.
 */
export const controlsOscal = (
  controls: readonly Control[],
  auditControls: readonly AuditControl[],
  version: string,
): string => JSON.stringify({ 'component-definition': definitionOf(controls, auditControls, version) }, undefined, 2);

const definitionOf = (controls: readonly Control[], auditControls: readonly AuditControl[], version: string) => ({
  uuid: uuidOf(`component-definition ${version} ${[...controls, ...auditControls].map(({ id }) => id).join()}`),
  metadata: {
    title: 'voicecell controls',
    // No clock: the day on which the youngest source was read.
    'last-modified': `${lastChecked(controls)}T00:00:00Z`,
    version,
    'oscal-version': OSCAL_VERSION,
  },
  components: [
    {
      uuid: uuidOf('component voicecell'),
      type: 'software',
      title: 'voicecell',
      description: 'Infrastructure as code for co-located voice AI: stacks of one region.',
      'control-implementations': authoritiesIn([...controls, ...auditControls]).map((authority) =>
        implementationOf(authority, controls, auditControls),
      ),
    },
  ],
});

const lastChecked = (controls: readonly Control[]): string =>
  controls
    .map(({ checkedOn }) => checkedOn)
    .toSorted()
    .at(-1) ?? '1970-01-01';

const authoritiesIn = (controls: readonly AuditControl[]): readonly Authority[] => [
  ...new Set(controls.flatMap(({ citations }) => citations.map(({ authority }) => authority))),
];

const implementationOf = (
  authority: Authority,
  controls: readonly Control[],
  auditControls: readonly AuditControl[],
) => ({
  uuid: uuidOf(`implementation ${authority}`),
  source: `#${authority}`,
  description: `What voicecell builds and checks for ${AUTHORITIES[authority]}.`,
  'implemented-requirements': [
    ...controls.filter(asks(authority)).map((control) => requirementOf(authority, control)),
    ...auditControls.filter(asks(authority)).map((control) => auditRequirementOf(authority, control)),
  ],
});

const asks =
  (authority: Authority) =>
  ({ citations }: AuditControl): boolean =>
    citations.some((citation) => citation.authority === authority);

const requirementOf = (authority: Authority, control: Control) => ({
  uuid: uuidOf(`requirement ${authority} ${control.id}`),
  'control-id': control.id.toLowerCase(),
  description: `${control.title} ${control.builds}`,
  props: [
    ...propsOf(authority, control),
    { name: 'checked-on-template', value: control.onTemplate },
    { name: 'checked-live', value: control.live },
    ...control.sources.map((key) => ({ name: 'source', value: SOURCES[key]?.what ?? key, class: 'reference' })),
  ],
});

const auditRequirementOf = (authority: Authority, control: AuditControl) => ({
  uuid: uuidOf(`requirement ${authority} ${control.id}`),
  'control-id': control.id.toLowerCase(),
  description: control.title,
  props: [...propsOf(authority, control), { name: 'checked-live', value: control.live }],
});

const propsOf = (authority: Authority, { citations, severity }: AuditControl) => [
  ...citations
    .filter((citation) => citation.authority === authority)
    .map(({ text }) => ({ name: 'citation', value: text })),
  { name: 'severity', value: severity },
];

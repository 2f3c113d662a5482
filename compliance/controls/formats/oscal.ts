import { SOURCES } from '../../frameworks/sources';
import type { Authority, Control } from '../control';
import { AUTHORITIES } from './markdown';
import { OSCAL_VERSION, uuidOf } from './oscal-ids';

/**
 * The catalogue as an OSCAL 1.2.1 component definition: one component, the kit, with an implementation for each authority.
 * Identifiers follow from content, so the same controls give the same document.
 */
export const controlsOscal = (controls: readonly Control[], version: string): string =>
  JSON.stringify({ 'component-definition': definitionOf(controls, version) }, undefined, 2);

const definitionOf = (controls: readonly Control[], version: string) => ({
  uuid: uuidOf(`component-definition ${version} ${controls.map(({ id }) => id).join()}`),
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
      'control-implementations': authoritiesIn(controls).map((authority) => implementationOf(authority, controls)),
    },
  ],
});

const lastChecked = (controls: readonly Control[]): string =>
  controls
    .map(({ checkedOn }) => checkedOn)
    .toSorted()
    .at(-1) ?? '1970-01-01';

const authoritiesIn = (controls: readonly Control[]): readonly Authority[] => [
  ...new Set(controls.flatMap(({ citations }) => citations.map(({ authority }) => authority))),
];

const implementationOf = (authority: Authority, controls: readonly Control[]) => ({
  uuid: uuidOf(`implementation ${authority}`),
  source: `#${authority}`,
  description: `What voicecell builds and checks for ${AUTHORITIES[authority]}.`,
  'implemented-requirements': controls
    .filter(({ citations }) => citations.some((citation) => citation.authority === authority))
    .map((control) => requirementOf(authority, control)),
});

const requirementOf = (authority: Authority, control: Control) => ({
  uuid: uuidOf(`requirement ${authority} ${control.id}`),
  'control-id': control.id.toLowerCase(),
  description: `${control.title} ${control.builds}`,
  props: [
    ...control.citations
      .filter((citation) => citation.authority === authority)
      .map(({ text }) => ({ name: 'citation', value: text })),
    { name: 'severity', value: control.severity },
    { name: 'checked-on-template', value: control.onTemplate },
    { name: 'checked-live', value: control.live },
    ...control.sources.map((key) => ({ name: 'source', value: SOURCES[key]?.what ?? key, class: 'reference' })),
  ],
});

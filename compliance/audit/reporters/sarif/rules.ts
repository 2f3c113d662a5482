import { AUDIT_CONTROLS } from '../../audit-controls';
import { CONTROLS } from '../../../controls/catalogue';
import type { Finding } from '../../posture';
import { oneLine } from '../clean';
import { authorityName } from '../words';

/** The controls that were judged, and what else was found, by id. */
export function rulesOf(findings: readonly Finding[]): readonly ReturnType<typeof ruleOf>[] {
  const byId = new Map(findings.map((finding) => [finding.control, finding]));
  return [...byId.values()].toSorted((a, b) => (a.control < b.control ? -1 : 1)).map(ruleOf);
}

function ruleOf({ control, title, severity, citations }: Finding) {
  const asked = citations.map(({ authority, text }) => `${authorityName(authority)}: ${oneLine(text)}`);
  const help = [...asked, ...readingOf(control)];
  return {
    id: control,
    name: control,
    shortDescription: { text: oneLine(title) },
    fullDescription: { text: oneLine(title) },
    help: { text: help.join('\n'), markdown: help.map((line) => `- ${line}`).join('\n') },
    defaultConfiguration: { level: severity === 'warning' ? 'warning' : 'error' },
    properties: {
      precision: 'high',
      'security-severity': SEVERITIES[severity],
      tags: ['security', ...new Set(citations.map(({ authority }) => authority))],
    },
  };
}

/** How it is read, where this version knows it. */
function readingOf(control: string): readonly string[] {
  const known = CONTROLS.find(({ id }) => id === control);
  if (known) return [`Read in templates: ${known.onTemplate}`, `Read live: ${known.live}`];
  return AUDIT_CONTROLS.filter(({ id }) => id === control).map(({ live }) => `Looked at: ${live}`);
}

/** GitHub calls 9 and more critical, 7 and more high, 4 and more medium. */
const SEVERITIES: Readonly<Record<Finding['severity'], string>> = { fatal: '9.0', error: '7.0', warning: '4.0' };

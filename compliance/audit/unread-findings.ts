import type { Control } from '../controls/control';
import { sha256 } from './canonical';
import type { Finding } from './posture';

/** The control of what could not be read. */
export const EVIDENCE = {
  id: 'EVIDENCE',
  title: 'Everything that was to be judged could be read.',
  citations: [{ authority: 'house', text: 'what is not read is not judged' }],
  severity: 'error',
  live: 'what a template leaves to others (nested stacks, macros, modules, values that it does not write out) or has too much of, and types of resources that no reader asks an account for',
} as const satisfies Pick<Control, 'id' | 'title' | 'citations' | 'severity' | 'live'>;

/** What could not be read as findings: it was to be judged and is not, which is no pass. */
export const unreadFindings = (unit: string, lines: readonly string[]): Finding[] =>
  [...new Map(lines.map((line) => [fingerprintOf(unit, line), line]))].map(([fingerprint, line]) => ({
    control: EVIDENCE.id,
    title: EVIDENCE.title,
    framework: ['house'],
    status: 'indeterminate',
    severity: EVIDENCE.severity,
    unit,
    message: line,
    remedy: REMEDIES.find(([pattern]) => pattern.test(line))?.[1] ?? 'mend or give what is named, and audit again',
    citations: EVIDENCE.citations,
    fingerprint,
  }));

/** The same when lines are added above it. */
const fingerprintOf = (unit: string, line: string): string =>
  sha256([EVIDENCE.id, unit, line.replaceAll(/:\d{1,9}:\d{1,9}(?= )/g, '')].join('\n'));

/** First that fits. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/nested stack .* is not judged/, 'give the template of the nested stack too, where its TemplateURL leads to'],
  [
    /is a module|transform .* is not run|Fn::Transform|is not expanded/,
    'give the processed template: aws cloudformation get-template --template-stage Processed',
  ],
  [/is not written out/, 'give the parameters it rests on with --parameter, or the processed template'],
  [/too large/, 'give it as smaller resources, or in templates of their own'],
  [/, change /, 'mend the template where the line says'],
];

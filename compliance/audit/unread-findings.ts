import { sha256 } from './canonical';
import type { Finding } from './posture';

/** What could not be read as findings: it was to be judged and is not, which is no pass. */
export const unreadFindings = (unit: string, lines: readonly string[]): Finding[] =>
  [...new Map(lines.map((line) => [fingerprintOf(unit, line), line]))].map(([fingerprint, line]) => ({
    control: 'EVIDENCE',
    title: 'Everything that was to be judged could be read.',
    framework: ['house'],
    status: 'indeterminate',
    severity: 'error',
    unit,
    message: line,
    remedy: REMEDIES.find(([pattern]) => pattern.test(line))?.[1] ?? 'mend or give what is named, and audit again',
    citations: [{ authority: 'house', text: 'what is not read is not judged' }],
    fingerprint,
  }));

/** The same when lines are added above it. */
const fingerprintOf = (unit: string, line: string): string =>
  sha256(['EVIDENCE', unit, line.replaceAll(/:\d{1,9}:\d{1,9}(?= )/g, '')].join('\n'));

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

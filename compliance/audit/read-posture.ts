import { findingsOf } from '../../regions/config/shape';
import { dotted } from '../../regions/config/problem';
import { plain, shown } from '../../regions/config/display';
import { valueAt } from '../../regions/config/yaml-file';
import { isRecord } from '../templates/template-set';
import { isSealed } from './assess';
import { POSTURE_VERSION, type Posture } from './posture';
import { postureSchema } from './posture-schema';

export type ReadPosture =
  { readonly ok: true; readonly posture: Posture } | { readonly ok: false; readonly problems: readonly string[] };

/** Reads a posture that was written as JSON, or says line by line why it is none, such as that somebody has changed it. */
export function readPosture(text: string): ReadPosture {
  const parsed = parse(text);
  if (!isRecord(parsed))
    return refused('got no JSON object, allowed a posture that voicecell audit --format json wrote');
  const { $schema: _, ...content } = parsed;
  const { version } = content;
  if (version !== POSTURE_VERSION)
    return refused(
      `version: got ${shown(version)}, allowed ${POSTURE_VERSION}, change it by an audit with this voicecell`,
    );
  const read = postureSchema.safeParse(content);
  if (!read.success) return { ok: false, problems: shapeProblems(content, read.error.issues) };
  return isSealed(read.data) ? { ok: true, posture: read.data } : refused(BROKEN_SEAL);
}

const BROKEN_SEAL =
  'sha256: got another digest than that of the content, which somebody has changed; audit anew, or take the report as it was written';

/** A file that is none at all has a problem at each of its findings. */
const MOST_PROBLEMS = 10;

const shapeProblems = (content: unknown, issues: Parameters<typeof findingsOf>[2]): readonly string[] =>
  findingsOf(postureSchema, content, issues.slice(0, MOST_PROBLEMS)).map(({ path, got, allowed, change }) =>
    plain(`${dotted(path)}: got ${got ?? shown(valueAt(content, path), path)}, allowed ${allowed}, change ${change}`),
  );

const refused = (problem: string): ReadPosture => ({ ok: false, problems: [problem] });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

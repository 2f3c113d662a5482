import type { Finding, Inputs } from '../../posture';
import { oneLine } from '../clean';
import { isRelative, uriOf } from '../uri';
import { foundText } from '../words';

/** One finding that is open. */
export function resultOf(finding: Finding, inputs: Inputs, ruleIndex: number | undefined): object {
  return {
    ruleId: finding.control,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levelOf(finding),
    message: { text: messageOf(finding) },
    locations: [locationOf(finding, inputs)],
    partialFingerprints: {
      'voicecell/v1': finding.fingerprint,
      // The one GitHub goes by; it would make it from the text of the line, which a template that is not committed has not.
      primaryLocationLineHash: `${finding.fingerprint}:1`,
    },
    properties: { status: finding.status, unit: finding.unit, ...(finding.region ? { region: finding.region } : {}) },
  };
}

function levelOf({ status, severity }: Finding): 'error' | 'warning' | 'note' {
  if (severity !== 'warning') return 'error';
  return status === 'indeterminate' ? 'note' : 'warning';
}

const messageOf = (finding: Finding): string =>
  [`${finding.title} Found: ${foundText(finding)}.`, finding.remedy === undefined ? '' : `Mend: ${finding.remedy}.`]
    .map(oneLine)
    .filter(Boolean)
    .join(' ');

/** What is about a deployment as a whole is shown at the first file that was judged. */
function locationOf({ location, constructPath, unit, stack, resource }: Finding, { files }: Inputs): object {
  const [first] = files;
  const place = location ?? (first && { file: first.path, line: 1 });
  const name = constructPath ?? ([stack, resource].filter(Boolean).join('/') || unit);
  return {
    ...(place ? { physicalLocation: physicalOf(place) } : {}),
    logicalLocations: [{ fullyQualifiedName: oneLine(name), kind: resource === undefined ? 'module' : 'resource' }],
  };
}

function physicalOf({ file, line }: { readonly file: string; readonly line: number }): object {
  const uri = uriOf(file);
  return {
    artifactLocation: { uri, ...(isRelative(uri) ? { uriBaseId: '%SRCROOT%' } : {}) },
    region: { startLine: line },
  };
}

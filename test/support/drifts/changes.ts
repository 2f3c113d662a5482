import { VUL_04 } from '../../../compliance/controls/VUL-04';
import type { Finding } from '../../../compliance/audit/posture';

/** What differs between two audits of one account. */
export interface Changes {
  /** Of the control on drift: `LedgerTable.TimeToLiveSpecification`, `FlowLog is gone`, `Vpc has AWS::EC2::NatGateway`. */
  readonly found: readonly string[];
  /** Of every other control: `ENC-04 unmet KeysRecordingKey`. */
  readonly minded: readonly string[];
}

export function changesBetween(before: readonly Finding[], after: readonly Finding[]): Changes {
  const news = without(after, before);
  const olds = without(before, after);
  const gone = new Set(news.filter(isGone).map(placeOf));
  const answered = new Set(news.map(({ control }) => control));
  // A control that no longer asks anything of a resource that is still there.
  const silent = olds.filter((old) => !answered.has(old.control) && !gone.has(placeOf(old)));
  return {
    found: sorted([
      ...news.filter(isOfDrift).flatMap((finding) => found(finding, before)),
      ...silent.filter(isOfDrift).map((old) => `${nameOf(old)} is as written again`),
    ]),
    minded: sorted([
      ...news.filter((one) => !isOfDrift(one)).map((one) => `${one.control} ${one.status} ${nameOf(one)}`.trim()),
      ...silent.filter((one) => !isOfDrift(one)).map((one) => `${one.control} silent ${nameOf(one)}`.trim()),
    ]),
  };
}

/** Those of which the others have none that says the same; how many are as written changes with each drift. */
const without = (some: readonly Finding[], others: readonly Finding[]): Finding[] => {
  const said = new Set(others.map(sayingOf));
  return some.filter((one) => !said.has(sayingOf(one)) && !(isOfDrift(one) && one.status === 'met'));
};

const sayingOf = ({ fingerprint, status, message, ...finding }: Finding): string =>
  [fingerprint, status, message, isOfDrift(finding) ? JSON.stringify(finding.drift) : ''].join('\n');

const isOfDrift = ({ control }: Pick<Finding, 'control'>): boolean => control === VUL_04.id;

const isGone = ({ message }: Finding): boolean => message.startsWith('it is not in the account');

function found(finding: Finding, before: readonly Finding[]): string[] {
  if (isGone(finding)) return [`${nameOf(finding)} is gone`];
  const [, type] = /^(AWS::\S+) .* hangs on it/.exec(finding.message) ?? [];
  if (type !== undefined) return [`${nameOf(finding)} has ${type}`];
  if (finding.status !== 'unmet') return [`${nameOf(finding)} ${finding.status}`];
  const known = before.find(({ fingerprint }) => fingerprint === finding.fingerprint)?.drift ?? [];
  // What the emulator does not keep differs before; it counts when it differs otherwise.
  const same = new Set(known.map((one) => JSON.stringify(one)));
  const drifted = (finding.drift ?? []).filter((one) => !same.has(JSON.stringify(one)));
  return drifted.map(({ property }) => `${nameOf(finding)}.${property}`);
}

/** Without the hash that the CDK puts behind it; what is in no template has an id for a name. */
const nameOf = ({ resource = '', type = '' }: Finding): string =>
  resource.startsWith('Live') ? type : resource.replace(/[0-9A-F]{8}$/, '');

const placeOf = ({ stack = '', resource = '' }: Finding): string => `${stack}#${resource}`;

const sorted = (lines: readonly string[]): string[] => [...new Set(lines)].toSorted();

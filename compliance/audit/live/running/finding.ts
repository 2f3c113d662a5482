import type { Control } from '../../../controls/control';
import { applies } from '../../../controls/unit';
import type { Resource } from '../../../templates/template-set';
import { sha256 } from '../../canonical';
import type { AuditUnit } from '../../findings';
import { withoutCredentials } from '../../hidden';
import type { Finding, Status } from '../../posture';
import type { RuntimeRule } from './rules';

/** Where something was found: a resource of the templates, or what the account calls it where no template has it. */
export interface Place {
  readonly audited: AuditUnit;
  readonly region: string;
  readonly type: string;
  readonly resource: Resource | undefined;
  /** Physical name, for when no template has the resource. */
  readonly name: string;
}

export type Asked = Pick<Control | RuntimeRule, 'id' | 'title' | 'citations' | 'severity'>;

export interface Found {
  readonly status: Extract<Status, 'met' | 'unmet' | 'indeterminate' | 'notApplicable'>;
  readonly message: string;
  /** Where it is unmet or cannot be told. */
  readonly remedy?: string;
}

/** What makes a thing other than it should be, or keeps it from being shown. */
export interface Flaw {
  readonly status: 'unmet' | 'indeterminate';
  readonly text: string;
  /** @default the rule's */
  readonly remedy?: string;
}

export const wrong = (text: string): Flaw => ({ status: 'unmet', text });

/** An answer that did not come, with the action that was refused and what to do about it. */
export const untold = (what: string, { why, remedy }: { readonly why: string; readonly remedy: string }): Flaw => ({
  status: 'indeterminate',
  text: `${what} cannot be told: ${why}`,
  remedy,
});

/** The worst of the flaws decides; all of that kind are told, the same one once. */
export function foundOf(flaws: readonly Flaw[], fine: string, remedy: string): Found {
  const status = (['unmet', 'indeterminate'] as const).find((one) => flaws.some((flaw) => flaw.status === one));
  if (!status) return { status: 'met', message: fine };
  const worst = flaws.filter((flaw) => flaw.status === status);
  return { status, message: summed(worst.map(({ text }) => text)), remedy: worst[0]?.remedy ?? remedy };
}

/** A fleet may have hundreds of the same: so many are named. */
const MOST_NAMED = 3;

function summed(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  const more = different.length - MOST_NAMED;
  return [...different.slice(0, MOST_NAMED), more > 0 ? `and ${more} more` : []].flat().join('; ');
}

/**
 * As a finding. Its fingerprint is of the thing and never of a task or an object, which are others tomorrow; what a template
 * says of the same control and resource is another finding.
 */
export function findingAt({ audited, region, type, resource, name }: Place, asked: Asked, found: Found): Finding {
  const { id: control, title, severity, citations } = asked;
  const stack = resource?.stack.name;
  const shown = resource?.logicalId ?? name;
  return {
    control,
    title,
    framework: askedBy(asked, audited),
    status: found.status,
    severity,
    unit: audited.name,
    region,
    ...(stack === undefined ? {} : { stack }),
    resource: shown,
    type,
    ...whereWritten(resource, audited),
    message: withoutCredentials(found.message),
    ...(found.remedy === undefined ? {} : { remedy: found.remedy }),
    citations,
    fingerprint: sha256([control, audited.name, stack ?? region, shown, 'running'].join('\n')),
  };
}

/** What no framework of the unit asks, its own plan does. */
function askedBy({ citations }: Asked, { unit }: AuditUnit): Finding['framework'] {
  const all = new Set(citations.map(({ authority }) => authority));
  const asking = [...all].filter((authority) => applies({ citations: [{ authority, text: '' }] }, unit));
  return asking.length > 0 ? asking : ['house'];
}

function whereWritten(
  resource: Resource | undefined,
  { locate }: AuditUnit,
): Pick<Finding, 'constructPath' | 'location'> {
  const constructPath = resource?.body.Metadata?.['aws:cdk:path'];
  const location = resource && locate?.(resource);
  return {
    ...(typeof constructPath === 'string' ? { constructPath } : {}),
    ...(location ? { location } : {}),
  };
}

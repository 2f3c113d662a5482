import { MARK, tokenOf, UNKNOWN } from '../../templates/tokens';
import type { Resource } from '../../templates/template-set';
import type { Deployed } from './reading';

/** Between the names that templates give resources and the ids that an account gives them. */
export class Links {
  private readonly byToken = new Map<string, Deployed>();
  private readonly byId = new Map<string, Resource>();

  constructor(deployed: readonly Deployed[]) {
    for (const one of deployed) {
      this.byToken.set(tokenOf(one.resource, ''), one);
      if (!this.byId.has(one.physicalId)) this.byId.set(one.physicalId, one.resource);
    }
  }

  /**
   * What an account may say where a template says this: ids, names and ARNs for resources, and anything for attributes that
   * hold none and for what the template leaves open.
   */
  pattern(written: string): RegExp {
    const parts = written.split(SPLIT).map((part) => (isOpen(part) ? this.allowed(part) : escaped(part)));
    return new RegExp(`^${parts.join('')}$`, 's');
  }

  private allowed(part: string): string {
    const [, mark = '', attribute = ''] = TOKEN.exec(part) ?? [];
    const found = this.byToken.get(`${MARK}${mark}.${MARK}`);
    if (!found || !HOLDS_ID.test(attribute)) return '.*';
    // CloudFormation gives the ARN of a log group with `:*` at its end, and services take it with and without.
    return `.*?${escaped(tailOf(found.physicalId))}(?::\\*)?`;
  }

  /** A value of the account with the ids of its resources as a template names them, so that controls follow them. */
  relink(live: unknown): unknown {
    if (typeof live === 'string') return this.relinkText(live);
    if (Array.isArray(live)) return live.map((item) => this.relink(item));
    if (typeof live !== 'object' || live === null) return live;
    return Object.fromEntries(Object.entries(live).map(([key, value]) => [key, this.relink(value)]));
  }

  private relinkText(text: string): string {
    const whole = this.byId.get(text);
    if (whole) return tokenOf(whole, 'Ref');
    return text.replaceAll(ARN_OF_ID, (arn, id: string) => {
      const found = this.byId.get(id);
      return found ? tokenOf(found, 'Arn') : arn;
    });
  }
}

const TOKEN = new RegExp(`^${MARK}([^${MARK}#]*#[^.${MARK}]*)\\.([^${MARK}]*)${MARK}$`);
const SPLIT = new RegExp(`(${MARK}[^${MARK}]*${MARK}|${UNKNOWN})`);
const isOpen = (part: string): boolean => part.startsWith(MARK) || part === UNKNOWN;

/** Attributes that are, or end with, the physical id of their resource; others, such as a zone's id, are of something else. */
const HOLDS_ID = /^(Ref|Arn|Id|GroupId|VpcId|SubnetId|RouteTableId|InternetGatewayId|LaunchTemplateId|KeyId)$/;

/** Ids that AWS makes, in an ARN: those of names are the same in templates and accounts. */
const ARN_OF_ID = /arn:[\w-]+:[\w-]+:[\w-]*:\d*:[\w-]+\/([0-9a-f-]{36}|[a-z]+-[0-9a-f]{8,17})/g;

/** Of an ARN what tells it apart from its siblings; an id is itself. */
const tailOf = (physicalId: string): string =>
  physicalId.startsWith('arn:') ? (physicalId.split(/[:/]/).at(-1) ?? physicalId) : physicalId;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

import { isKnown } from '../../templates/evaluate';
import type { Resource } from '../../templates/template-set';
import { shown } from '../control';
import type { Evidence } from '../evidence';
import { hidden, wrong, type Flaw } from './flaws';
import { toldTo } from './tasks';

/** A setting that a media node must be told. */
export interface CallSetting {
  /** Environment variable of one of its containers. */
  readonly name: string;
  readonly allowed: readonly string[];
  /** What the deployment says; undefined where nobody says anything. */
  readonly declared: string | undefined;
}

/** What is wrong with how a task is told a setting: not at all, in two ways, with a word nobody knows, or against the deployment. */
export function settingFlaws(evidence: Evidence, task: Resource, setting: CallSetting): readonly Flaw[] {
  const { name, allowed, declared } = setting;
  const told = toldTo(evidence, task, name);
  const odd = told.find((value) => isKnown(value) && !allowed.some((word) => word === value));
  if (told.length === 0) return [wrong(`no container is told ${name}; set it to ${allowed.join(', ')}`)];
  if (odd !== undefined) return [wrong(`${name} is ${shown(odd)}; set it to ${allowed.join(', ')}`)];
  if (!isKnown(told)) return [hidden(`${name} cannot be read; write it out`)];
  if (told.length > 1) return [wrong(`${name} is ${told.map(shown).join(' and ')}; tell all containers the same`)];
  return declared === undefined || told[0] === declared
    ? []
    : [wrong(`${name} is ${shown(told[0])}, but the deployment declares ${declared}; make them the same`)];
}

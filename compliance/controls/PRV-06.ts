import { isKnown } from '../templates/evaluate';
import { asString, type Resource, type StackTemplate } from '../templates/template-set';
import { met, overall, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { namesIn, type Named } from './shared/names';
import { personIn, personInPattern } from './shared/personal-data';

/** Names and tags go into trails, bills and global services: outside the jurisdiction, and past every lock and key. */
export const PRV_06: Control = {
  id: 'PRV-06',
  title: 'No name, tag or key tells who somebody is.',
  citations: [
    { authority: 'soc2', text: 'TSC 2017 CC6.7' },
    { authority: 'hipaa', text: '45 CFR 164.312' },
  ],
  severity: 'error',
  sources: ['GK'],
  checkedOn: '2026-11-22',
  builds: 'Names made of deployment, region and cell; opaque ids in keys.',
  onTemplate:
    'No E.164 number, tel: or e-mail address stands in names, tags, prefixes, stack names, defaults of parameters or patterns of keys, and no pattern has a place for the caller. A number without + looks like an id and is not seen.',
  live: 's3:ListObjectsV2 of a sample',
  check: (evidence) => [
    ...evidence.set.stacks.flatMap(ofStack),
    ...evidence.set.resources.flatMap((resource) => ofResource(evidence, resource)),
  ],
};

function ofStack({ name, body }: StackTemplate): Judgement[] {
  const parameters = Object.entries(body.Parameters ?? {}).map(
    ([id, parameter]) => [`default of parameter ${id}`, asString(parameter?.Default) ?? ''] as const,
  );
  return [['name', name] as const, ...parameters].flatMap(([where, text]) => {
    const person = personIn(text);
    return person ? [overall('unmet', `the ${where} of stack ${masked(name)} holds ${person}; use an opaque id`)] : [];
  });
}

function ofResource(evidence: Evidence, resource: Resource): Judgement[] {
  const names = namesIn(evidence.properties(resource));
  const found = names.map((named) => ({ named, person: personOf(named) })).find(({ person }) => person !== undefined);
  // The finding must not repeat what should not be there.
  if (found) return [unmet(resource, `${found.named.path} holds ${found.person}; use an opaque id`)];
  if (!isKnown(names)) return [unclear(resource, 'a name or tag of it cannot be read; write it out')];
  return names.length > 0 ? [met(resource, 'its names and tags are opaque')] : [];
}

const personOf = ({ text, isPattern }: Named): string | undefined => (isPattern ? personInPattern : personIn)(text);

const masked = (text: string): string => text.replaceAll(/(?<![\w.%+-])[\w.%+-]+@[\w.-]+|\+?\d{8,}/g, '…');

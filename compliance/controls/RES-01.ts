import type { Resource, StackTemplate } from '../templates/template-set';
import { overall, wholeText, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { everyAt, leaving } from './shared/places';
import { allowedList, isAllowed, RESIDENCY } from './shared/residency';

/** What an environment-agnostic stack holds can lie anywhere, so nothing else about residency could be shown. */
export const RES_01: Control = {
  id: 'RES-01',
  title: 'Every stack is bound to a region of the declared jurisdiction.',
  citations: [...RESIDENCY, { authority: 'soc2', text: 'TSC 2017 P6' }],
  severity: 'fatal',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'Stacks whose account and region come from the plan, which takes regions of one jurisdiction only.',
  onTemplate: 'The region of each stack is concrete and allowed, and so are the regions of stack sets.',
  live: 'sts:GetCallerIdentity; cloudformation:ListStacks in every region of the account',
  check: (evidence) => [
    ...evidence.set.stacks.map((stack) => judge(evidence, stack)),
    ...evidence.ofType('AWS::CloudFormation::StackSet').map((stackSet) => judgeStackSet(evidence, stackSet)),
  ],
};

function judge(evidence: Evidence, stack: StackTemplate): Judgement {
  const flaws = flawsOf(evidence, stack);
  const fine = `it lies in ${stack.region}`;
  const resource = anyOf(evidence, stack);
  if (resource) return verdict(resource, flaws, fine);
  const [flaw] = flaws;
  return overall(flaw?.answer ?? 'met', `stack ${stack.name}: ${flaw ? wholeText(flaw) : fine}`);
}

function flawsOf(evidence: Evidence, { region, account }: StackTemplate): readonly Flaw[] {
  if (region === undefined)
    return [wrong(`its stack may be deployed to any region; give it one of ${allowedList(evidence)}`)];
  if (!isAllowed(evidence, region))
    return [wrong(`its stack lies in ${region}; move it to one of ${allowedList(evidence)}`)];
  return account === undefined ? [hidden('its stack may be deployed to any account; give it one')] : [];
}

function anyOf({ set }: Evidence, stack: StackTemplate): Resource | undefined {
  const [logicalId] = Object.keys(stack.body.Resources ?? {});
  return logicalId === undefined ? undefined : set.at(stack, logicalId);
}

function judgeStackSet(evidence: Evidence, stackSet: Resource): Judgement {
  const regions = everyAt(evidence, stackSet, 'StackInstancesGroup.*.Regions.*');
  const flaws = regions.flatMap((region) => leaving(evidence, 'a stack of the set', region));
  return verdict(stackSet, flaws, 'its stacks lie in allowed regions');
}

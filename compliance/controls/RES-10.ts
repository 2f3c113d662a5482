import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { isAllow, roleStatements } from './policy';
import { bedrockUsers } from './shared/bedrock-use';

/** The mode does not propagate between regions and has no resource of CloudFormation: a custom one has to set it. */
export const RES_10: Control = {
  id: 'RES-10',
  title: 'Where Amazon Bedrock is used, it keeps no prompts or answers.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.308(b)' },
    { authority: 'soc2', text: 'TSC 2017 C1.1' },
    { authority: 'residency', text: 'declared jurisdiction: GDPR Chapter V, contract' },
  ],
  severity: 'error',
  sources: ['A6'],
  checkedOn: '2026-11-22',
  builds: 'Inference on GPUs of the cell; nothing that calls Bedrock.',
  onTemplate: 'In each region with a user of Bedrock a custom resource calls PutAccountDataRetention with mode none.',
  live: 'bedrock:GetAccountDataRetention in each region',
  check: (evidence) => {
    const setters = settersIn(evidence);
    const isSetter = (resource: Resource): boolean => setters.some((setter) => setter.resource === resource);
    return bedrockUsers(evidence)
      .filter((user) => !isSetter(user))
      .map((user) => judge(user, setters));
  },
};

/** A custom resource that sets the mode. */
interface Setter {
  readonly resource: Resource;
  /** Undefined where it is not shown, or several. */
  readonly mode: string | undefined;
}

function judge(user: Resource, setters: readonly Setter[]): Judgement {
  const { region } = user.stack;
  const here = setters.filter(({ resource }) => resource.stack.region === region);
  const [first] = here;
  if (!first) {
    const where = region ?? 'its region';
    return unmet(
      user,
      `it uses Bedrock and nothing sets data retention in ${where}; call PutAccountDataRetention, mode none`,
    );
  }
  const other = here.find(({ mode }) => mode !== undefined && mode !== 'none');
  if (other) return unmet(user, `${other.resource.logicalId} sets data retention to ${other.mode}; set none`);
  const hides = here.find(({ mode }) => mode === undefined);
  if (hides) return unclear(user, `the mode that ${hides.resource.logicalId} sets cannot be read; write mode none`);
  return met(user, `${first.resource.logicalId} sets data retention to none`);
}

function settersIn(evidence: Evidence): readonly Setter[] {
  return evidence.set.resources
    .filter(({ type }) => CUSTOM.test(type))
    .flatMap((resource) => {
      const given = JSON.stringify(propertiesInForce(evidence, resource));
      if (CALL.test(given) || isServedByCaller(evidence, resource)) return [{ resource, mode: modeIn(given) }];
      // A handler that cannot be seen: its name says what it does, and nothing shows that it does.
      return /data-?retention/i.test(resource.type) ? [{ resource, mode: undefined }] : [];
    });
}

/** Also of what has no type, such as a loop that a transform has yet to unroll. */
const CUSTOM = /^(?:Custom::|AWS::CloudFormation::CustomResource$)/;

const CALL = /PutAccountDataRetention/i;

/** All but what happens when the stack is deleted. */
const propertiesInForce = (evidence: Evidence, resource: Resource): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(evidence.properties(resource)).filter(([key]) => key !== 'Delete'));

/** Whether the function behind a custom resource may make the call. */
function isServedByCaller(evidence: Evidence, resource: Resource): boolean {
  const handler = evidence.resourceOf(evidence.at(resource, 'ServiceToken'), 'AWS::Lambda::Function');
  const role = handler && evidence.resourceOf(evidence.at(handler, 'Role'), 'AWS::IAM::Role');
  const statements = role ? roleStatements(evidence, role) : [];
  return statements.some((statement) => isAllow(statement) && statement.actions.some((action) => CALL.test(action)));
}

/** `"mode":"none"`, in properties or in a call written as JSON in a text. */
function modeIn(given: string): string | undefined {
  const modes = new Set([...given.matchAll(/mode\\*"\s*:\s*\\*"([^"\\]*)/gi)].map(([, mode = '']) => mode));
  const other = [...modes].find((mode) => mode !== 'none');
  if (other !== undefined) return isKnown(other) ? other : undefined;
  return modes.size === 1 ? 'none' : undefined;
}

import type { StackState } from '../facts/facts';
import { judge, ok, unlessAny, willFail, type Check, type Finding } from '../verdict';

/** States from which a stack is updated, or made as if it were not there (CDK CLI, stack-status). */
const DEPLOYABLE: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'IMPORT_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
  'REVIEW_IN_PROGRESS',
]);

/** States after which CloudFormation takes no update; the CDK CLI deletes such a stack first, if it may. */
const FAILED_CREATION: ReadonlySet<string> = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED']);

const NEEDED = 'no stack of the same name that can neither be updated nor made';

export const stacksCheck: Check = {
  name: 'stacks',
  assess: (_, { region: { stacks } }) => {
    const findings = stacks.map(({ name, region, state }) => judge(state, NEEDED, (it) => findingOf(name, region, it)));
    const standing = stacks.filter(({ state }) => state.known && state.value !== undefined).length;
    return unlessAny(
      findings.filter(({ state, remedy }) => state !== 'ok' || remedy !== undefined),
      ok(`${standing} of ${stacks.length} stand`, NEEDED),
    );
  },
};

function findingOf(name: string, region: string, stack: StackState | undefined): Finding {
  if (!stack || DEPLOYABLE.has(stack.status)) return ok(stack ? `${name} stands` : `no ${name}`, NEEDED);
  const found = `${name} is ${stack.status}`;
  const where = `--stack-name ${name} --region ${region}`;
  if (FAILED_CREATION.has(stack.status)) return failedCreation(found, where, stack);
  if (stack.status.endsWith('_IN_PROGRESS'))
    return willFail(found, NEEDED, `wait, and watch: \`aws cloudformation describe-stack-events ${where}\``);
  if (stack.status === 'UPDATE_ROLLBACK_FAILED')
    return willFail(found, NEEDED, `\`aws cloudformation continue-update-rollback ${where}\``);
  if (stack.status === 'DELETE_FAILED')
    return willFail(found, NEEDED, `remove what holds it, then: \`aws cloudformation delete-stack ${where}\``);
  return willFail(found, NEEDED, `\`aws cloudformation rollback-stack ${where}\``);
}

function failedCreation(found: string, where: string, { terminationProtected }: StackState): Finding {
  const unprotect = `aws cloudformation update-termination-protection --no-enable-termination-protection ${where}`;
  return terminationProtected
    ? willFail(`${found} and protected from deletion`, NEEDED, `unprotect it, then deploy again: \`${unprotect}\``)
    : ok(found, NEEDED, 'its first creation failed; voicecell deploy deletes it and makes it again');
}

import type { RegionPlan } from '../../regions/plan/types';
import type { SecretFacts, SecretState } from '../facts/facts';
import { judge, ok, unlessAny, willFail, type Check, type Finding } from '../verdict';

const NEEDED = 'every secret that containers read';

export const secretsCheck: Check = {
  name: 'secrets',
  assess: (plan, { region: { secrets } }) => {
    const findings = secrets.map((secret) => findingOf(secret, plan));
    const remarkable = findings.filter(({ state, remedy }) => state !== 'ok' || remedy !== undefined);
    return unlessAny(remarkable, ok(`${secrets.length} present`, NEEDED));
  },
};

const findingOf = ({ arn, state }: SecretFacts, { region, sip }: RegionPlan): Finding => {
  const name = nameIn(arn);
  const needed = `secret ${name} in ${region}`;
  const where = `--secret-id ${arn} --region ${region}`;
  const findings: Readonly<Record<SecretState, () => Finding>> = {
    present: () => ok(`${name} is present`, needed),
    // The certificate's key has a finding of its own, beside the certificate.
    'own key': () =>
      ok(
        `${name} is encrypted with a key of the account's own`,
        needed,
        arn === sip.certificateSecretArn ? undefined : KEY_NOTE,
      ),
    'part of an ARN': () =>
      willFail(
        `the ARN of ${name} is not whole: no role would be allowed to read it`,
        needed,
        `write the ARN of this answer in the deployment's file: \`aws secretsmanager describe-secret ${where}\``,
      ),
    absent: () => willFail(`no secret ${name}`, needed, creation(name, region)),
    deleted: () =>
      willFail(`${name} is scheduled for deletion`, needed, `\`aws secretsmanager restore-secret ${where}\``),
  };
  return judge(state, needed, (found) => findings[found]());
};

/** Containers' execution roles may read the secret, and use no key. */
const KEY_NOTE = 'see that the policy of that key lets the tasks decrypt through Secrets Manager: their roles do not';

const creation = (name: string, region: string): string => {
  const plain = name.replace(/-\w{6}$/, '');
  const command = `aws secretsmanager create-secret --name ${plain} --secret-string file://FILE --region ${region}`;
  return `mend its ARN in the deployment's file, or make it and write its ARN there: \`${command}\``;
};

/** Name of a secret with the six characters AWS adds, as its ARN ends. */
const nameIn = (arn: string): string => arn.split(':').slice(6, 7).join('');

import type { SecretFacts } from '../facts/facts';
import { judge, ok, unlessAny, willFail, type Check, type Finding } from '../verdict';

/** Name of a secret without the ARN around it, with the six characters AWS adds. */
export const secretName = (arn: string): string => arn.split(':').slice(6, 7).join('');

const NEEDED = 'every secret that containers read';

export const secretsCheck: Check = {
  name: 'secrets',
  assess: ({ region }, { region: { secrets } }) => {
    const findings = secrets.map((secret) => findingOf(secret, region));
    const problems = findings.filter(({ state }) => state !== 'ok');
    return unlessAny(problems, ok(`${secrets.length} present`, NEEDED));
  },
};

function findingOf({ arn, state }: SecretFacts, region: string): Finding {
  const name = secretName(arn);
  const needed = `secret ${name} in ${region}`;
  return judge(state, needed, (found) => {
    if (found === 'present') return ok(`${name} is present`, needed);
    return found === 'deleted'
      ? willFail(
          `${name} is scheduled for deletion`,
          needed,
          `\`aws secretsmanager restore-secret --secret-id ${name.replace(/-.{6}$/, '')} --region ${region}\``,
        )
      : willFail(`no secret ${name}`, needed, `put it into Secrets Manager in ${region}, or mend its ARN in the file`);
  });
}

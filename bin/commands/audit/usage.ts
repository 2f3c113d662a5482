import { FORMATS } from '../../../compliance/audit/reporters';
import { FAIL_ON } from '../../../compliance/audit/verdict';

export const USAGE = [
  'usage: voicecell audit <deployment>... | --all [--live] [--region R]...',
  '       voicecell audit --template FILE|DIR|GLOB|-... --jurisdiction J',
  '       voicecell audit --policy <deployment>... | --schema',
  '  <deployment>    a name of regions/deployments/, or the path of a YAML file',
  '  --live          the account too: settings, drift, tasks, locks of objects;',
  '                  it reads and changes nothing. --profile P, --role-arn A',
  '  --template      anybody’s CloudFormation, JSON or YAML; - reads standard input',
  '  --framework     of templates: hipaa, finra, finra-taping, soc2, pci',
  '                  (default hipaa, finra and soc2)',
  '  --jurisdiction  of templates: where data may lie, such as US or EU',
  '  --region        of templates: where they are deployed; else: only these',
  '  --parameter     of templates: Name=Value, in place of a default',
  '  --account       of templates: 12 digits, of stacks that do not say theirs',
  '  --attestations  of templates: a YAML file of what people attest',
  `  --format        ${FORMATS.join(', ')}; several with --out`,
  '  --out           folder that gets a file for each format',
  '  --baseline      a posture.json: fail on what is worse, and say what changed',
  '  --diff-out      file that gets the changes as Markdown, for a pull request',
  `  --fail-on       ${FAIL_ON.join(', ')} (default unmet,indeterminate)`,
  '  --store         put the report into the posture vault of the home region',
  '  --verbose       what is met, and waivers and attestations in full',
  '  --policy        print the read-only IAM policy that --live needs',
  '  --schema        print the JSON Schema of a posture',
  'Exit codes: 0 clean, 1 findings, 2 could not run.',
].join('\n');

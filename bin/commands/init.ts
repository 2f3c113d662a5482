import { copyFileSync, constants, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { types } from 'node:util';
import { deploymentSchema } from '../../regions/config/schema';
import { LOCK_FILE } from '../../regions/lock';
import { hang } from '../../regions/wrap';
import { parse } from '../args';
import { deploymentFile, deploymentNames, OWN_LOCK } from '../inputs';
import type { ExitCode, Io } from '../io';
import { refuse } from '../refuse';

export const USAGE = [
  'usage: voicecell init <name> [--from DEPLOYMENT]',
  '  <name>  of the new deployment; <name>.yaml is written here, and the lock file',
  `          ${OWN_LOCK} where there is none`,
  '  --from  a shipped deployment to copy (default sandbox)',
].join('\n');

const SCHEMA = path.join(__dirname, '..', '..', 'regions', 'config', 'deployment.schema.json');

/** Writes a deployment file into the current folder and overwrites nothing. */
export function run(args: readonly string[], io: Io): ExitCode {
  const parsed = parse(args, { from: { type: 'string', default: 'sandbox' } });
  if ('error' in parsed) return refuse(io, [parsed.error, USAGE]);
  const [name, ...rest] = parsed.positionals;
  if (name === undefined || rest.length > 0) return refuse(io, ['name one deployment to make', USAGE]);
  const { from } = parsed.values;
  const problems = [...nameProblems(name), ...fromProblems(from)];
  if (problems.length > 0) return refuse(io, problems);
  const file = `${name}.yaml`;
  const text = renamed(readFileSync(deploymentFile(from), 'utf8'), name);
  const wrote = attempt(() => writeFileSync(file, text, { flag: 'wx' }));
  if (wrote !== 'done') return refuse(io, [`${file}: ${WHY_NOT[wrote]}`]);
  const locked = attempt(() => copyFileSync(LOCK_FILE, OWN_LOCK, constants.COPYFILE_EXCL)) === 'done';
  io.out(report({ file, from, locked }));
  return 0;
}

const nameProblems = (name: string): string[] => {
  const parsed = deploymentSchema.shape.deployment.safeParse(name);
  return parsed.success ? [] : [`got name ${name}, allowed ${parsed.error.issues[0]?.message}, change the name`];
};

const fromProblems = (from: string): string[] =>
  deploymentNames().includes(from)
    ? []
    : [`--from: got ${from}, allowed ${deploymentNames().join(', ')}, change it to one of them`];

const WHY_NOT: Readonly<Record<string, string>> = {
  EEXIST: 'got a file that exists, allowed a new one, change the name or move the file',
  EACCES: 'got a folder you may not write to, allowed one you may, change the folder',
  EROFS: 'got a read-only folder, allowed one you may write to, change the folder',
};

/** `done`, or the system's code for why not; a code nobody expects is thrown. */
function attempt(write: () => void): string {
  try {
    write();
    return 'done';
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && Object.hasOwn(WHY_NOT, String(error.code)))
      return String(error.code);
    throw error;
  }
}

/** The same file with its comments under another name, and without what others have attested. */
const renamed = (text: string, name: string): string =>
  text
    .replace(/^deployment: .*$/m, `deployment: ${name}`)
    .replace(/^# yaml-language-server: .*$/m, schemaLine())
    .replace(/^attestations:.*\n(?:[ #].*\n)*/m, NO_ATTESTATIONS);

const NO_ATTESTATIONS = [
  '# attestations: what no template can show. voicecell synth names each id that is missing; add an entry with',
  '#   id, statement, by and date for what is true of your account',
  '',
].join('\n');

/** Where editors find the schema: in the kit where it is installed around this folder, else where the user puts it. */
function schemaLine(): string {
  const [home = SCHEMA] = SCHEMA.split(`${path.sep}node_modules${path.sep}`);
  const around = home === SCHEMA ? path.join(__dirname, '..', '..') : home;
  const inside = !path.relative(around, process.cwd()).startsWith('..');
  if (inside) return modeline(path.relative('.', SCHEMA).split(path.sep).join('/'));
  return `# for editors: voicecell schema > deployment.schema.json\n${modeline('deployment.schema.json')}`;
}

const modeline = (schema: string): string => `# yaml-language-server: $schema=${schema}`;

interface Made {
  readonly file: string;
  readonly from: string;
  readonly locked: boolean;
}

const report = ({ file, from, locked }: Made): string =>
  [
    `wrote ${file}, a copy of ${from}${locked ? `, and ${OWN_LOCK}, what it pins` : ''}`,
    ...hang(
      'next: ',
      'write your account, principals, carriers, host name, certificate and alarm receiver into it, then',
    ),
    `  npx voicecell plan ./${file}    every decision, and what stands in the way`,
    `  npx voicecell synth ./${file}   templates into cdk.out, checked`,
    `  npx voicecell deploy ./${file}  deploy with the CDK CLI`,
  ].join('\n');

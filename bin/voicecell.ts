import type { ExitCode, Io } from './io';

interface Command {
  readonly USAGE: string;
  run(args: readonly string[], io: Io): ExitCode | Promise<ExitCode>;
}

// Loaded when named: `voicecell regions` should not wait for the CDK.
const COMMANDS: Readonly<Record<string, { readonly about: string; load(): Command }>> = {
  init: {
    about: 'start a deployment of your own from a shipped one',
    load: () => require('./commands/init') as typeof import('./commands/init'),
  },
  synth: {
    about: 'synthesise and check deployments: templates, plan, checks',
    load: () => require('./commands/synth') as typeof import('./commands/synth'),
  },
  plan: {
    about: 'print every decision for a deployment, and why',
    load: () => require('./commands/plan') as typeof import('./commands/plan'),
  },
  images: {
    about: 'lock third-party images by digest; mirror them into ECR',
    load: () => require('./commands/images') as typeof import('./commands/images'),
  },
  weights: {
    about: 'put model weights into the bucket the cells read, with checksums',
    load: () => require('./commands/weights') as typeof import('./commands/weights'),
  },
  preflight: {
    about: 'compare an account with what a deployment needs',
    load: () => require('./commands/preflight') as typeof import('./commands/preflight'),
  },
  deploy: {
    about: 'deploy a deployment to AWS with the CDK CLI',
    load: () => require('./commands/deploy') as typeof import('./commands/deploy'),
  },
  regions: {
    about: 'list the AZ ids that can hold a cell',
    load: () => require('./commands/regions') as typeof import('./commands/regions'),
  },
  catalog: {
    about: 'refresh the catalogue of instance offerings from EC2',
    load: () => require('./commands/catalog') as typeof import('./commands/catalog'),
  },
  audit: {
    about: 'audit a posture: a deployment, any template, a live account',
    load: () => require('./commands/audit') as typeof import('./commands/audit'),
  },
  controls: {
    about: 'list the controls: what must hold, who asks for it, how it is checked',
    load: () => require('./commands/controls') as typeof import('./commands/controls'),
  },
  records: {
    about: 'find, export and hold the records of calls, as the records officer',
    load: () => require('./commands/records') as typeof import('./commands/records'),
  },
  guardrails: {
    about: 'print what the organization should deny: SCP, RCP, AI opt-out',
    load: () => require('./commands/guardrails') as typeof import('./commands/guardrails'),
  },
  schema: {
    about: 'print the JSON Schema of a deployment file, for editors',
    load: () => require('./commands/schema') as typeof import('./commands/schema'),
  },
};

const USAGE = [
  'usage: voicecell <command> [options]',
  '',
  ...Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(11)}${about}`),
  '',
  'voicecell <command> --help says more. Exit codes: 0 clean, 1 findings, 2 could not run.',
].join('\n');

const HELP: ReadonlySet<string> = new Set(['help', '--help', '-h']);

/** `voicecell plan … | head` closes the pipe: nobody reads on. What the command found is still its exit code. */
let isRead = true;

const io: Io = {
  out: (text) => {
    if (isRead) process.stdout.write(`${text}\n`);
  },
  err: (text) => process.stderr.write(`${text}\n`),
};

async function main([name = '', ...args]: readonly string[]): Promise<ExitCode> {
  const asked = HELP.has(name) ? args[0] : name;
  if (!asked) {
    io.out(USAGE);
    return HELP.has(name) ? 0 : 2;
  }
  const command = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked]?.load() : undefined;
  if (!command) {
    io.err(`got command ${asked}, allowed ${Object.keys(COMMANDS).join(', ')}, change the command`);
    return 2;
  }
  if (HELP.has(name) || args.some((arg) => HELP.has(arg))) {
    io.out(command.USAGE);
    return 0;
  }
  return command.run(args, io);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  isRead = false;
});

// Eight lines before every report about a Node that the kit still supports.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // A defect, not a user's mistake: all of it, and never the exit code of a finding.
    console.error(error);
    process.exitCode = 2;
  },
);

import type { ExitCode, Io } from './io';

type Command = (args: readonly string[], io: Io) => ExitCode | Promise<ExitCode>;

// Loaded when named: `voicecell regions` should not wait for the CDK.
const COMMANDS: Readonly<Record<string, { readonly about: string; load(): { run: Command } }>> = {
  synth: {
    about: 'synthesise and check deployments: templates, plan, checks',
    load: () => require('./commands/synth') as typeof import('./commands/synth'),
  },
  plan: {
    about: 'print every decision for a deployment, and why',
    load: () => require('./commands/plan') as typeof import('./commands/plan'),
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
  schema: {
    about: 'print the JSON Schema of a deployment file, for editors',
    load: () => require('./commands/schema') as typeof import('./commands/schema'),
  },
};

const USAGE = [
  'usage: voicecell <command> [options]',
  '',
  ...Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(9)}${about}`),
  '',
  'exit codes: 0 clean, 1 findings, 2 could not run',
].join('\n');

const io: Io = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
};

async function main([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (!name || name === 'help' || name === '--help' || name === '-h') {
    io.out(USAGE);
    return name ? 0 : 2;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    io.err(`got command ${name}, allowed ${Object.keys(COMMANDS).join(', ')}`);
    return 2;
  }
  return command.load().run(args, io);
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

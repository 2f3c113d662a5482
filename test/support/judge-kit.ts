import { readdirSync } from 'node:fs';
import path from 'node:path';
import { wholeText, type Control } from '../../compliance/controls/control';
import { kitEvidence } from './kit-evidence';

// node --import tsx test/support/judge-kit.ts [ID…]: what controls say of the kit's own templates, for who writes one.
const FOLDER = path.join(__dirname, '..', '..', 'compliance', 'controls');
const asked = process.argv.slice(2);
const controls = readdirSync(FOLDER)
  .filter((file) => /^[A-Z]+-\d+\.ts$/.test(file) && (asked.length === 0 || asked.some((id) => file.startsWith(id))))
  .flatMap((file) => Object.values(require(path.join(FOLDER, file)) as Record<string, Control>));
for (const { name, evidence } of kitEvidence())
  for (const control of controls) {
    const judgements = control.check(evidence);
    const counts = ['met', 'unmet', 'indeterminate'].map(
      (answer) => `${judgements.filter((one) => one.answer === answer).length} ${answer}`,
    );
    process.stdout.write(`${name} ${control.id} ${counts.join(', ')}\n`);
    for (const { answer, resource, ...said } of judgements.filter((one) => one.answer !== 'met'))
      process.stdout.write(
        `  ${answer} ${resource?.stack.name ?? ''} ${resource?.logicalId ?? '-'}: ${wholeText(said)}\n`,
      );
  }

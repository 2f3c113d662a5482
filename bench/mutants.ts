import { readWaivers } from '../compliance/nag/waivers';
import { mutantsOf } from '../test/mutants';
import { flagged } from '../test/mutants/flagged';
import { killer } from '../test/mutants/judge';
import type { Mutant } from '../test/mutants/mutant';
import { oneOfEachKind } from '../test/mutants/sample';
import { kitEvidence, type KitEvidence } from '../test/support/kit-evidence';
import { rounded } from './cold-run';
import { peerFindings } from './peer-packs';
import { inTemporaryFolder } from './temporary';

export interface MutantsBench {
  /** Templates of the kit broken in one way each, over the four deployments. */
  readonly mutants: number;
  /** Those that the control which owns them sees. */
  readonly killed: number;
  /** What is said against unbroken templates and no waiver covers. */
  readonly falsePositives: number;
  /** Of one mutant of every kind; of all with `--all`, which takes an hour. */
  readonly peerMutants: number;
  readonly killedOfPeerMutants: number;
  /** Those with a finding of AwsSolutions, HIPAA.Security or NIST 800-53 R5 that the unbroken stack has not. */
  readonly peerKilled: number;
  /** Those whose template the CDK cannot load, counted as not killed. */
  readonly peerUnloaded: number;
  readonly families: Readonly<Record<string, Family>>;
  readonly killRate: number;
  readonly peerKillRate: number;
  readonly seconds: number;
}

/** The same of one family of controls, such as `REC`. */
interface Family {
  readonly mutants: number;
  readonly killed: number;
  readonly peerMutants: number;
  readonly peerKilled: number;
}

/** How many ways of breaking a template are seen, by our controls and by the packs of cdk-nag. */
export function benchMutants(): MutantsBench {
  const started = performance.now();
  const kit = kitEvidence().map((one) => ({ ...one, mutants: mutantsOf(one.unit, one.evidence.set.stacks) }));
  const all = kit.flatMap(({ mutants }) => mutants);
  const shared = new Set(process.argv.includes('--all') ? all : oneOfEachKind(all));
  const killed = new Set(kit.flatMap(({ evidence, mutants }) => mutants.filter(killer(evidence))));
  const answers = new Map(
    kit.flatMap(({ evidence, mutants }) =>
      peerAnswers(
        evidence.set.stacks,
        mutants.filter((mutant) => shared.has(mutant)),
      ),
    ),
  );
  const peerOf = (answer: PeerAnswer) => new Set([...shared].filter((mutant) => answers.get(mutant) === answer));
  const peerKilled = peerOf('killed');
  return {
    mutants: all.length,
    killed: killed.size,
    falsePositives: kit.flatMap(falsePositives).length,
    peerMutants: shared.size,
    killedOfPeerMutants: [...shared].filter((mutant) => killed.has(mutant)).length,
    peerKilled: peerKilled.size,
    peerUnloaded: peerOf('unloaded').size,
    families: familiesOf(all, { killed, shared, peerKilled }),
    killRate: rounded(killed.size / all.length),
    peerKillRate: rounded(peerKilled.size / shared.size),
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

function familiesOf(
  all: readonly Mutant[],
  { killed, shared, peerKilled }: Readonly<Record<'killed' | 'shared' | 'peerKilled', ReadonlySet<Mutant>>>,
): Readonly<Record<string, Family>> {
  const names = [...new Set(all.map(familyOf))].toSorted((a, b) => a.localeCompare(b));
  return Object.fromEntries(
    names.map((name) => {
      const mutants = all.filter((mutant) => familyOf(mutant) === name);
      const among = (some: ReadonlySet<Mutant>): number => mutants.filter((mutant) => some.has(mutant)).length;
      return [
        name,
        {
          mutants: mutants.length,
          killed: among(killed),
          peerMutants: among(shared),
          peerKilled: among(peerKilled),
        },
      ];
    }),
  );
}

const familyOf = ({ owner }: Mutant): string => owner.slice(0, 3);

function falsePositives({ unit, evidence }: KitEvidence): readonly string[] {
  const ledger = readWaivers();
  if (!ledger.ok) throw new Error(ledger.problems.join('\n'));
  return flagged(unit, evidence, ledger.waivers);
}

type PeerAnswer = 'killed' | 'survived' | 'unloaded';

function peerAnswers(
  stacks: KitEvidence['evidence']['set']['stacks'],
  mutants: readonly Mutant[],
): readonly (readonly [Mutant, PeerAnswer])[] {
  return inTemporaryFolder((folder) => {
    const before = new Map(stacks.map((stack) => [stack.name, peerFindings(stack, folder)]));
    return mutants.map((mutant) => {
      const mutated = mutant.apply(stacks).find(({ name }) => name === mutant.stack);
      return [mutant, answerOf(mutated && peerFindings(mutated, folder), before.get(mutant.stack))];
    });
  });
}

type Findings = ReadonlySet<string> | undefined;

function answerOf(found: Findings, known: Findings): PeerAnswer {
  if (!found || !known) return 'unloaded';
  return [...found].some((finding) => !known.has(finding)) ? 'killed' : 'survived';
}

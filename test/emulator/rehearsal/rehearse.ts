import path from 'node:path';
import type { RegionPlan } from '../../../regions/plan/types';
import { GROUPS } from '../assertions';
import { Aws } from '../assertions/aws';
import { type Assertion, type Check, check, judge } from '../assertions/check';
import { changedCellChecks, unchangedChecks } from './again';
import { stacksIn } from './assembly';
import type { Surroundings } from './child';
import { type Naming, writeCopy } from './copy';
import { bootstrap, deploy, planOf, refusedByTheDoor, synthesise, templatesOf } from './deployment';
import type { Emulator } from '..';
import { refusedChecks } from './refused';
import { type Snapshot, snapshotOf } from './snapshot';
import { spoilings, unnoticed } from './spoil';
import type { Steps } from './steps';
import { mirrorChecks, seedMirrors, seedOwnImages } from './supply';
import type { Verdict } from './verdict';

export interface RehearsalProps {
  readonly emulator: Pick<Emulator, 'client' | 'url'>;
  readonly steps: Steps;
  readonly verdict: Verdict;
  readonly around: Surroundings;
}

const EXAMPLE = 'sandbox';
const AS_LOCKED: Naming = (reference) => reference;
/** Another build of the language model's image. */
const NEW_LLM: Naming = (reference) => (reference.startsWith('vllm/') ? `${reference} rebuilt` : reference);

/** The example, deployed as a user does into an emulated account, and what that account then says of itself. */
export class Rehearsal {
  private readonly props: RehearsalProps;
  private readonly aws: Aws;

  constructor(props: RehearsalProps) {
    this.props = props;
    this.aws = new Aws(props.emulator.client);
  }

  async run(): Promise<void> {
    const file = this.lock(AS_LOCKED);
    const plan = planOf(file);
    try {
      const shipped = await this.prepare(plan);
      await this.refuseExample(plan, shipped);
      await this.props.steps.lap(() => this.deploy(file, plan));
      const before = await this.deployAgain(file, plan);
      await this.changeCell(before);
      await this.spoil(planOf(file));
    } finally {
      this.aws.close();
    }
  }

  /** The account is asked and bootstrapped while the example is synthesised. */
  private async prepare(plan: RegionPlan): Promise<string> {
    const { around } = this.props;
    const templates = path.join(around.folder, 'as-shipped');
    await Promise.all([
      this.step('synthesise the example as shipped', () => synthesise(EXAMPLE, templates, around)),
      this.findNothing(plan).then(() => this.props.steps.lap(() => this.bootstrap(plan))),
    ]);
    return templates;
  }

  /** What holds of an account in which nothing stands says nothing of one in which something does. */
  private findNothing(plan: RegionPlan): Promise<void> {
    return this.judge('empty account', 'ask the account before anything stands', async () => {
      const held = (await this.askEverything(plan)).filter(({ holds }) => holds).map(({ what }) => what);
      return [check('assertions that hold of an empty account', [], async () => held)];
    });
  }

  private bootstrap(plan: RegionPlan): Promise<void> {
    const { region, copies } = plan;
    return this.step(`cdk bootstrap ${region} and ${copies.region}`, () => bootstrap(plan, this.props.around));
  }

  /** First of all, so that nothing of the example can stand by accident. */
  private async refuseExample({ account }: RegionPlan, templates: string): Promise<void> {
    const { around, emulator } = this.props;
    // moto takes the first word of a path for the bucket only at this host.
    const bucketsAt = emulator.url.replace('127.0.0.1', 'localhost');
    const plan = planOf(EXAMPLE);
    const expected = { code: 2, says: plan.refusals.map((why) => `${EXAMPLE}/${plan.region}: ${why}`) };
    await this.judge('refused as shipped', 'deploy the example as shipped', () => [
      ...refusedChecks({ plan, stacks: stacksIn(templates), account, bucketsAt }, this.aws),
      check('voicecell deploy of the example as shipped', expected, async () => {
        const { code, text } = await refusedByTheDoor(EXAMPLE, around);
        return { code, says: text.trimEnd().split('\n') };
      }),
    ]);
  }

  private async deploy(file: string, plan: RegionPlan): Promise<void> {
    const { around } = this.props;
    await this.step('voicecell deploy --foundations', () => deploy(file, around, '--foundations'));
    await this.judge('images', 'seed images by ecr:PutImage', async () => {
      await seedOwnImages(templatesOf(around), this.aws);
      await seedMirrors(plan, AS_LOCKED, this.aws);
      return mirrorChecks(plan, this.aws);
    });
    await this.step('voicecell deploy', () => deploy(file, around));
    await this.assert(plan);
  }

  private async assert(plan: RegionPlan): Promise<void> {
    for (const [part, checks] of Object.entries(GROUPS))
      await this.judge(part, `ask the account for its ${part}`, () => checks(plan, this.aws));
  }

  private async deployAgain(file: string, plan: RegionPlan): Promise<Snapshot> {
    const before = await snapshotOf(plan, this.aws);
    const { around } = this.props;
    await this.step('voicecell deploy, nothing changed', () => deploy(file, around));
    const after = await snapshotOf(plan, this.aws);
    await this.judge('second deployment', 'compare', () => unchangedChecks({ before, after }));
    return after;
  }

  private async changeCell(before: Snapshot): Promise<void> {
    const file = this.lock(NEW_LLM);
    const plan = planOf(file);
    await seedMirrors(plan, NEW_LLM, this.aws);
    const { around } = this.props;
    await this.step('voicecell deploy, another image for the LLM', () => deploy(file, around));
    const after = await snapshotOf(plan, this.aws);
    await this.judge('changed cell', 'compare', () =>
      plan.cells.flatMap(({ azId }) => changedCellChecks(plan, azId, { before, after })),
    );
    for (const part of ['records', 'cell'])
      await this.judge(part, `ask again for its ${part}, as now planned`, () => GROUPS[part]?.(plan, this.aws) ?? []);
  }

  /** An assertion that nothing can make fail asserts nothing. */
  private async spoil(plan: RegionPlan): Promise<void> {
    const region = this.aws.in(plan.region);
    const done = plan.cells.slice(0, 1).flatMap((cell) => spoilings({ plan, cell, region }));
    await this.judge('spoiled account', `spoil ${done.length} settings behind the templates' back`, async () => {
      for (const { spoil } of done) await spoil();
      const missed = unnoticed(done, await this.askEverything(plan));
      return [check('spoiled settings that no assertion notices', [], async () => missed)];
    });
  }

  private askEverything(plan: RegionPlan): Promise<Assertion[]> {
    return judge(Object.values(GROUPS).flatMap((checks) => checks(plan, this.aws)));
  }

  private lock(naming: Naming): string {
    return writeCopy(this.props.around.folder, naming);
  }

  private step<T>(what: string, work: () => Promise<T>): Promise<T> {
    return this.props.steps.do(what, work);
  }

  private async judge(part: string, what: string, checks: () => Check[] | Promise<Check[]>): Promise<void> {
    this.props.verdict.add(part, await this.step(what, async () => judge(await checks())));
  }
}

import { Script, createContext } from 'node:vm';
import { surplusOf } from '../../media/roster/lifecycle/surplus';
import { type ScalingRules, type SimulatedTime, decide } from './scaling-simulation';

type Values = Readonly<Record<string, number>>;

/** Metric math of the stacks, as CloudWatch computes it. */
function computer(expression: string): (values: Values) => number {
  const script = new Script(expression);
  const context = createContext({
    IF: (holds: boolean, then: number, otherwise: number) => (holds ? then : otherwise),
  });
  return (values) => script.runInContext(Object.assign(context, values)) as number;
}

interface Node {
  readonly node: string;
  /** It takes calls from then on. */
  readonly from: number;
  /** When each of its calls ends. */
  ends: number[];
  isLeaving: boolean;
}

export interface Day {
  readonly rules: ScalingRules;
  /** The stacks' own expressions. */
  readonly load: string;
  readonly loadAfterScaleIn: string;
  readonly callsPerNode: number;
  /** Calls that begin in a minute, by their length in minutes. */
  readonly arrivals: (minute: number) => readonly number[];
  readonly startMinutes: number;
}

/** The media nodes of one cell, call by call: what policies do to them, and they to calls. */
export class MediaDay {
  readonly past: SimulatedTime = { scaleOuts: [], scaleIns: [], loadPerTask: [] };
  refused = 0;
  taken = 0;
  /** Nodes that began to leave and came back. */
  returns = 0;
  private readonly day: Day;
  private readonly load: (values: Values) => number;
  private readonly loadAfterScaleIn: (values: Values) => number;
  private readonly afterScaleIn: number[] = [];
  private nodes: Node[] = [];
  private desired: number;
  private names = 0;

  constructor(day: Day) {
    this.day = day;
    this.load = computer(day.load);
    this.loadAfterScaleIn = computer(day.loadAfterScaleIn);
    this.desired = day.rules.min;
    for (let index = 0; index < this.desired; index += 1) this.start(0);
  }

  run(minutes: number): this {
    for (let minute = 0; minute < minutes; minute += 1) {
      for (const node of this.nodes) node.ends = node.ends.filter((end) => end > minute);
      for (const length of this.day.arrivals(minute)) this.take(minute, minute + length);
      this.scale(minute);
      this.settle(minute);
    }
    return this;
  }

  /** To the emptiest that is open, as taking turns comes out. */
  private take(minute: number, end: number): void {
    const open = this.nodes.filter(
      ({ from, isLeaving, ends }) => from <= minute && !isLeaving && ends.length < this.day.callsPerNode,
    );
    const [node] = open.toSorted((a, b) => a.ends.length - b.ends.length);
    if (!node) return void (this.refused += 1);
    node.ends.push(end);
    this.taken += 1;
  }

  private scale(minute: number): void {
    const { rules } = this.day;
    const up = this.nodes.filter(({ from }) => from <= minute);
    const calls = up.reduce((sum, { ends }) => sum + ends.length, 0);
    const values = {
      callsPerNode: calls / up.length,
      mediaNodes: up.length,
      running: up.length,
      desired: this.desired,
    };
    this.past.loadPerTask.push(this.load(values));
    this.afterScaleIn.push(this.loadAfterScaleIn(values));
    const now = { minute, current: this.desired, running: up.length, afterScaleIn: this.afterScaleIn };
    const next = decide(rules, this.past, now);
    if (next === this.desired) return;
    (next > this.desired ? this.past.scaleOuts : this.past.scaleIns).push({ minute, calls, tasks: next });
    this.desired = next;
  }

  /** Nodes pick who goes; ECS stops who is empty, and starts what is missing. */
  private settle(minute: number): void {
    const loads = this.nodes.map(({ node, ends, isLeaving }) => ({ node, calls: ends.length, isLeaving }));
    const surplus = new Set(surplusOf(loads, this.nodes.length - this.desired));
    for (const one of this.nodes) {
      if (one.isLeaving && !surplus.has(one.node)) this.returns += 1;
      one.isLeaving = surplus.has(one.node);
    }
    const goes = (one: Node) => one.isLeaving && one.ends.length === 0;
    this.nodes = this.nodes.filter((one) => !goes(one));
    while (this.nodes.length < this.desired) this.start(minute + this.day.startMinutes);
  }

  private start(from: number): void {
    this.nodes.push({ node: `task/${(this.names += 1)}`, from, ends: [], isLeaving: false });
  }
}

import type { CellPlan } from '../../../../regions/plan/cell-types';
import type { AuditUnit } from '../../findings';
import type { Finding } from '../../posture';
import type { ServiceFacts, TaskFacts } from './facts';
import { shortId } from './facts';
import { findingAt, foundOf, untold, wrong, type Flaw, type Found, type Place } from './finding';
import { placementGroupFlaws, subnetFlaws, zoneFlaws, type Running } from './judge-nodes';
import { execFlaws, gpuFlaws, lockedImageFlaws, ownImageFlaws, portFlaws, protectionFlaws } from './judge-tasks';
import { RUNTIME_RULES, type RuntimeRule } from './rules';
import { clusterIn, stagesOf, type Stage } from './stages';

export interface CellJudged {
  readonly audited: AuditUnit;
  readonly region: string;
  readonly cell: CellPlan;
  readonly maxCallMinutes: number;
  readonly now: Date;
  readonly running: Running;
}

/** A cell as it runs, rule by rule and service by service, whether it holds or not. Pure. */
export function judgeCell(judged: CellJudged): Finding[] {
  const stages = stagesOf(judged.cell, judged.audited.evidence);
  return [...stages.flatMap((stage) => judgeStage(judged, stage)), strangers(judged, stages)];
}

interface TaskRule {
  readonly rule: RuntimeRule;
  readonly flaws: (task: TaskFacts, running: Running) => readonly Flaw[];
  readonly fine: string;
  readonly isAbout?: boolean;
}

const taskRules = ({ cell, now, maxCallMinutes }: CellJudged, stage: Stage): readonly TaskRule[] => {
  const kinds = new Set([...stage.images.values()].map(({ kind }) => kind));
  return [
    { rule: RUNTIME_RULES.zone, flaws: zoneFlaws, fine: `run in ${cell.azId}` },
    { rule: RUNTIME_RULES.subnet, flaws: subnetFlaws(stage), fine: `have addresses in ${stage.subnetCidr} only` },
    {
      rule: RUNTIME_RULES.lockedImage,
      flaws: lockedImageFlaws(stage),
      fine: kinds.has('locked') ? 'run the locked images' : 'run no container beyond the plan',
    },
    {
      rule: RUNTIME_RULES.ownImage,
      flaws: ownImageFlaws(stage),
      fine: 'run the images of the kit as built',
      isAbout: kinds.has('own'),
    },
    { rule: RUNTIME_RULES.ports, flaws: portFlaws(stage), fine: 'take no port of a node beyond the plan' },
    {
      rule: RUNTIME_RULES.gpu,
      flaws: gpuFlaws(stage),
      fine: `have ${stage.gpus} GPUs each`,
      isAbout: stage.gpus > 0,
    },
    { rule: RUNTIME_RULES.exec, flaws: execFlaws, fine: 'let nobody open a shell' },
    {
      rule: RUNTIME_RULES.placementGroup,
      flaws: placementGroupFlaws(stage),
      fine: `run in ${stage.placementGroup === 'none' ? 'no placement group' : 'a placement group'}, as planned`,
    },
    {
      rule: RUNTIME_RULES.protection,
      flaws: protectionFlaws(now, maxCallMinutes),
      fine: 'are protected no longer than a call may last',
      isAbout: stage.holdsCalls,
    },
  ];
};

function judgeStage(judged: CellJudged, stage: Stage): Finding[] {
  const place = placeOf(judged, stage);
  const rules = taskRules(judged, stage).filter(({ isAbout = true }) => isAbout);
  return [
    findingAt(place, RUNTIME_RULES.stage, stageFound(judged, stage)),
    ...rules.map((rule) => findingAt(place, rule.rule, tasksFound(judged, stage, rule))),
  ];
}

const placeOf = ({ audited, region, cell }: CellJudged, { service, serviceName }: Stage): Place => ({
  audited,
  region,
  type: 'AWS::ECS::Service',
  resource: service,
  name: `${cell.name}/${serviceName}`,
});

function tasksFound({ running }: CellJudged, { serviceName }: Stage, { rule, flaws, fine }: TaskRule): Found {
  const { tasks } = running.cluster;
  if (!tasks.known) return foundOf([untold(`what runs of ${serviceName}`, tasks)], '', rule.remedy);
  const mine = tasks.value.filter(({ service }) => service === serviceName);
  if (mine.length === 0) return { status: 'notApplicable', message: `no task of ${serviceName} runs` };
  const found = mine.flatMap((task) => flaws(task, running));
  return foundOf(found, `all ${mine.length} tasks ${fine}`, rule.remedy);
}

function stageFound({ running }: CellJudged, stage: Stage): Found {
  const { services } = running.cluster;
  const { remedy } = RUNTIME_RULES.stage;
  if (!services.known) return foundOf([untold(`how much of ${stage.serviceName} runs`, services)], '', remedy);
  const service = services.value.find(({ name }) => name === stage.serviceName);
  const counts = service ? `${service.running} of ${service.desired} wanted tasks run` : '';
  return foundOf(stageFlaws(stage, service), counts, remedy);
}

function stageFlaws({ serviceName, least }: Stage, service: ServiceFacts | undefined): Flaw[] {
  if (!service) return [wrong(`there is no service ${serviceName}`)];
  const { desired, running } = service;
  if (desired === 0) return [wrong(`${serviceName} is stopped: it wants no task, the plan keeps at least ${least}`)];
  if (running === 0) return [wrong(`${serviceName} is down: it wants ${desired} tasks and none runs`)];
  return running < least
    ? [wrong(`${serviceName} runs ${running} of the ${least} tasks that the plan keeps at least`)]
    : [];
}

/** Whatever runs beside the services hears what they hear. */
function strangers({ audited, region, cell, running }: CellJudged, stages: readonly Stage[]): Finding {
  const { tasks } = running.cluster;
  const rule = RUNTIME_RULES.strangers;
  const place = {
    audited,
    region,
    type: 'AWS::ECS::Cluster',
    resource: clusterIn(audited.evidence, cell),
    name: cell.name,
  };
  if (!tasks.known)
    return findingAt(place, rule, foundOf([untold(`what runs in ${cell.name}`, tasks)], '', rule.remedy));
  const planned = new Set(stages.map(({ serviceName }) => serviceName));
  const flaws = tasks.value
    .filter(({ service }) => !planned.has(service ?? ''))
    .map(({ arn, service }) => wrong(`task ${shortId(arn)} is of ${service ? `service ${service}` : 'no service'}`));
  return findingAt(place, rule, foundOf(flaws, `all ${tasks.value.length} tasks are of planned services`, rule.remedy));
}

import { isKnown } from '../templates/evaluate';
import { isRecord, type Resource } from '../templates/template-set';
import { met, overall, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { bedrockUsers } from './shared/bedrock-use';
import { keyOwner } from './shared/customer-key';
import { launchedTier } from './shared/launchers';
import { containersOf, tasksOf } from './shared/tasks';

/** Bedrock's invocation logging has no CloudFormation resource: a custom resource switches it on, per account and region. */
export const AUD_05: Control = {
  id: 'AUD-05',
  title: 'What models are asked and answer is logged in the region, encrypted with a key of the customer.',
  citations: [
    { authority: 'finra', text: 'FINRA Rule 3110; FINRA Regulatory Notice 24-09' },
    { authority: 'hipaa', text: '45 CFR 164.312(b)' },
  ],
  severity: 'error',
  sources: ['A6'],
  checkedOn: '2026-11-22',
  builds: 'An encrypted log group of class prompt for each inference service; Bedrock is not used.',
  onTemplate:
    'Inference logs to an encrypted log group of class prompt of its region; where Bedrock is used, a custom resource of the region switches its logging on.',
  live: 'bedrock:GetModelInvocationLoggingConfiguration; logs:DescribeLogGroups',
  check: (evidence) => [...judgeTasks(evidence), ...judgeNodes(evidence), ...judgeBedrock(evidence)],
};

const TIERS = ['stt', 'llm', 'tts'] as const;

function judgeTasks(evidence: Evidence): Judgement[] {
  const groups = evidence.holding('AWS::Logs::LogGroup', 'prompt');
  return tasksOf(evidence, ...TIERS).map((task) => {
    const targets = containersOf(evidence, task).map(logGroupName);
    const named = new Set(targets.map((target) => evidence.resourceOf(target, LOG_GROUP)));
    const own = groups.find((group) => named.has(group));
    if (own) return judgeGroup(evidence, task, own);
    if (!isKnown([targets, evidence.at(task, 'ContainerDefinitions') === undefined]))
      return unclear(task, 'its log group cannot be read; write awslogs-group out');
    return unmet(task, 'it logs to no log group of class prompt; give it one, tagged voicecell:data-class=prompt');
  });
}

const LOG_GROUP = 'AWS::Logs::LogGroup';

function logGroupName({ LogConfiguration: configuration }: Readonly<Record<string, unknown>>): unknown {
  const options = isRecord(configuration) ? configuration['Options'] : configuration;
  return isRecord(options) ? options['awslogs-group'] : options;
}

function judgeGroup(evidence: Evidence, subject: Resource, group: Resource): Judgement {
  const owner = keyOwner(evidence.at(group, 'KmsKeyId'));
  if (owner === 'customer') return met(subject, `it logs to ${group.logicalId}, encrypted with a key of your own`);
  if (owner === 'unknown') return unclear(subject, `the key of ${group.logicalId} cannot be read; write KmsKeyId out`);
  return unmet(subject, `it logs to ${group.logicalId}, which has no key of your own; set its KmsKeyId`);
}

/** Nodes that run models without ECS: where tasks of the region do the work, they have been judged. */
function judgeNodes(evidence: Evidence): Judgement[] {
  const served = new Set(tasksOf(evidence, ...TIERS).map(({ stack }) => stack.region));
  const nodes = evidence
    .ofType('AWS::EC2::LaunchTemplate', 'AWS::EC2::Instance')
    .filter((node) => !served.has(node.stack.region) && TIERS.some((tier) => tier === launchedTier(evidence, node)));
  const groups = evidence.holding(LOG_GROUP, 'prompt');
  return nodes.map((node) => {
    const near = groups.find(({ stack }) => stack.region === node.stack.region);
    return near
      ? judgeGroup(evidence, node, near)
      : unmet(node, 'its region has no log group of class prompt; add one');
  });
}

function judgeBedrock(evidence: Evidence): Judgement[] {
  const regions = new Set(bedrockUsers(evidence).map(({ stack }) => stack.region));
  const switches = evidence.set.resources.filter((resource) => isSwitch(evidence, resource));
  return [...regions].map((region) => {
    const own = switches.find(({ stack }) => stack.region === region);
    if (own) return judgeSwitch(evidence, own);
    const remedy = 'call PutModelInvocationLoggingConfiguration from a custom resource';
    return overall(
      'unmet',
      `Bedrock is used in ${region ?? 'an unknown region'} without invocation logging; ${remedy}`,
    );
  });
}

const isSwitch = (evidence: Evidence, resource: Resource): boolean =>
  /^(?:Custom::|AWS::CloudFormation::CustomResource)/.test(resource.type) &&
  /ModelInvocationLogging/i.test(resource.type + JSON.stringify(evidence.properties(resource)));

function judgeSwitch(evidence: Evidence, custom: Resource): Judgement {
  const text = JSON.stringify(evidence.properties(custom));
  const groups = evidence.ofType(LOG_GROUP).filter(({ stack }) => stack.region === custom.stack.region);
  const group = groups.find((one) => namesIn(evidence, one).some((name) => text.includes(name)));
  if (group) return judgeGroup(evidence, custom, group);
  return unclear(
    custom,
    'the log group it names is not in these templates; name one, encrypted with a key of your own',
  );
}

function namesIn(evidence: Evidence, group: Resource): readonly string[] {
  const name = evidence.nameOf(group);
  return [`${group.stack.name}#${group.logicalId}.`, ...(name === undefined ? [] : [name])];
}

import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { shown, unclear, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';

/** With IMDSv1 or a second hop, a request that a container can be talked into fetches the credentials of its node. */
export const ACC_04: Control = {
  id: 'ACC-04',
  title: 'Instances answer for their credentials by IMDSv2 only, and no further than to themselves.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.1' }],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'Launch templates with HttpTokens required and a hop limit of 1.',
  onTemplate:
    'MetadataOptions of every launch template, launch configuration and instance have HttpTokens required and HttpPutResponseHopLimit 1, or the service off.',
  live: 'ec2:DescribeInstances; ec2:DescribeLaunchTemplateVersions',
  check: (evidence) => Object.keys(OPTIONS).flatMap((type) => evidence.ofType(type).map((one) => judge(evidence, one))),
};

const INSTANCE = 'AWS::EC2::Instance';

const OPTIONS: Readonly<Record<string, string>> = {
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.MetadataOptions',
  'AWS::AutoScaling::LaunchConfiguration': 'MetadataOptions',
  [INSTANCE]: 'MetadataOptions',
};

function judge(evidence: Evidence, resource: Resource): Judgement {
  const options = OPTIONS[resource.type] ?? '';
  if (resource.type !== INSTANCE || evidence.at(resource, options) !== undefined)
    return verdict(resource, flawsOf(evidence, resource, options), 'it asks for IMDSv2 within one hop');
  return judgeByTemplate(evidence, resource);
}

/** What an instance does not say itself, its launch template says. */
function judgeByTemplate(evidence: Evidence, instance: Resource): Judgement {
  if (evidence.at(instance, 'LaunchTemplate') === undefined)
    return verdict(
      instance,
      [wrong('it has no MetadataOptions; set HttpTokens to required and the hop limit to 1')],
      '',
    );
  const named = ['LaunchTemplateId', 'LaunchTemplateName'].map((key) => evidence.at(instance, `LaunchTemplate.${key}`));
  const template = named.map((name) => evidence.resourceOf(name, 'AWS::EC2::LaunchTemplate')).find(Boolean);
  if (!template) return unclear(instance, 'its launch template is not in these templates; set MetadataOptions here');
  const flaws = flawsOf(evidence, template, 'LaunchTemplateData.MetadataOptions');
  return verdict(instance, flaws, `${template.logicalId} asks for IMDSv2 within one hop`);
}

function flawsOf(evidence: Evidence, resource: Resource, options: string): readonly Flaw[] {
  if (evidence.at(resource, `${options}.HttpEndpoint`) === 'disabled') return [];
  return [
    ...flawOf('HttpTokens', evidence.at(resource, `${options}.HttpTokens`), 'required'),
    ...flawOf('HttpPutResponseHopLimit', evidence.at(resource, `${options}.HttpPutResponseHopLimit`), '1'),
  ];
}

/** An image may change the default, so that what is not said is not known to be right. */
function flawOf(name: string, value: unknown, wanted: string): readonly Flaw[] {
  if (!isKnown(value)) return [hidden(`${name} cannot be read; set it to ${wanted}`)];
  if (String(value) === wanted) return [];
  return [wrong(`${name} is ${value === undefined ? 'not set' : shown(value)}; set it to ${wanted}`)];
}

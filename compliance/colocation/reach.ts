import { HOT_TIERS } from './placement';
import type { HopProblem } from './problem';
import { asString, tagOf, type Resource, type TemplateSet } from '../templates/template-set';
import { hostsIn, hostsInWord } from './hosts';
import { onPath } from './off-path';
import { settingsOf, type Setting } from './settings';
import { regionsOfArnsIn, renderText, UNKNOWN } from '../templates/text';

/** Containers of the hot path may only be pointed at their own host, their cell's namespace and their region's AWS APIs. */
export function environmentProblems(set: TemplateSet): readonly HopProblem[] {
  const tasks = set.ofType('AWS::ECS::TaskDefinition').filter((task) => isHot(task));
  return tasks.flatMap((task) => settingsOf(set, task).flatMap((setting) => settingProblems(set, task, setting)));
}

/** Interface endpoints that lead to another region take the hop to AWS out of the region. */
export function endpointProblems(set: TemplateSet): readonly HopProblem[] {
  return set.ofType('AWS::EC2::VPCEndpoint').flatMap((resource) => {
    const own = resource.stack.region;
    const service = renderText(resource.properties['ServiceName'], set, resource.stack);
    const named =
      asString(resource.properties['ServiceRegion']) ?? /^(?:com|cn)\.[\w.]*amazonaws\.([\w-]+)\./.exec(service)?.[1];
    if (own && named === own) return [];
    const problem = `endpoint ${service} leads to ${named ?? 'an unknown region'}, outside ${own ?? 'an unknown region'}`;
    return [{ hop: 'node → AWS API', resource, problem }];
  });
}

function settingProblems(set: TemplateSet, task: Resource, { name, inCommand, ...setting }: Setting): HopProblem[] {
  const text = onPath(name, setting.text);
  const own = task.stack.region;
  const hop = hopTo(task, name);
  const regions = regionsOfArnsIn(text).filter((region) => region !== own);
  const hosts = (inCommand ? hostsInWord(text) : hostsIn(text)).filter((host) => !staysInside(set, task, host));
  if (text.includes(UNKNOWN) && hosts.length === 0)
    return [{ hop, resource: task, problem: `${name} cannot be resolved from the templates; write its value` }];
  return [
    ...regions.map((region) => ({ hop, resource: task, problem: `${name} holds an ARN of ${region}, outside ${own}` })),
    ...hosts.map((host) => ({ hop, resource: task, problem: leaves(name, host, tagOf(task, 'voicecell:cell')) })),
  ];
}

const hopTo = (task: Resource, name: string): string => `${tagOf(task, 'voicecell:tier')} → ${name}`;

const leaves = (name: string, host: string, cell: string | undefined): string =>
  `${name} points at ${host}, outside cell ${cell}; use a name of the cell's private namespace`;

/** The node itself, or every interface of it to listen on. */
const OWN_HOST: ReadonlySet<string> = new Set(['localhost', '[::1]', '::1', '0.0.0.0', '::']);

function staysInside(set: TemplateSet, task: Resource, host: string): boolean {
  if (OWN_HOST.has(host) || /^127(\.\d{1,3}){3}$/.test(host)) return true;
  if (privateNamesOf(set, task).some((zone) => host === zone || host.endsWith(`.${zone}`))) return true;
  if (tagOf(task, 'voicecell:tier') === 'edge' && publicNamesOf(set, task).includes(host)) return true;
  return awsNamesOf(set, task).some((name) => host === name || host.endsWith(`.${name}`));
}

/** AWS APIs that the region's own endpoints lead to: `kms.us-east-1.amazonaws.com` for `com.amazonaws.us-east-1.kms`. */
const awsNamesOf = (set: TemplateSet, { stack }: Resource): string[] =>
  set
    .ofType('AWS::EC2::VPCEndpoint')
    .filter((endpoint) => endpoint.stack.region === stack.region)
    .flatMap((endpoint) => {
      const service = renderText(endpoint.properties['ServiceName'], set, endpoint.stack);
      const label = service.split(`.${stack.region}.`)[1]?.split('.').toReversed().join('.');
      return label ? [`${label}.${stack.region}.amazonaws.com`] : [];
    });

/** Private namespaces of the task's own cell: their names resolve to this cell only. */
const privateNamesOf = (set: TemplateSet, task: Resource): string[] =>
  set
    .ofType('AWS::ServiceDiscovery::PrivateDnsNamespace')
    .filter((zone) => tagOf(zone, 'voicecell:cell') === tagOf(task, 'voicecell:cell'))
    .flatMap((zone) => asString(zone.properties['Name']) ?? []);

/** Names that the deployment's edge itself answers to: what carriers dial is where a call comes from, not where it goes. */
const publicNamesOf = (set: TemplateSet, task: Resource): string[] =>
  set
    .ofType('AWS::ServiceDiscovery::Service')
    .filter((service) => service.stack.region === task.stack.region)
    .flatMap((service) => {
      const zone = set.resolve(service.stack, service.properties['NamespaceId']);
      const names = [asString(service.properties['Name']), asString(zone?.properties['Name'])];
      return zone?.type === 'AWS::ServiceDiscovery::PublicDnsNamespace' ? [names.join('.')] : [];
    });

const isHot = (task: Resource): boolean => HOT_TIERS.some((tier) => tier === tagOf(task, 'voicecell:tier'));

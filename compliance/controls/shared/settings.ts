import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { textsOf, type Text } from './texts';

/** Something a program is told that may hold the name of a host. */
export interface Setting extends Text {
  /** Words of a command or lines of a script have names of their own that look like hosts. */
  readonly isCode: boolean;
  /** A file in a bucket can say anything, and no template shows it. */
  readonly isOpaque: boolean;
}

interface Place {
  /** What a path within the type looks like. */
  readonly at: RegExp;
  readonly isCode?: boolean;
}

const CODE = { isCode: true } as const;

const PLACES: Readonly<Record<string, readonly Place[]>> = {
  'AWS::ECS::TaskDefinition': [
    {
      at: /^ContainerDefinitions(?:\.\d+)?(?:\.(?:Environment|EnvironmentFiles|DnsServers|ExtraHosts|LogConfiguration)(?:\..+)?)?$/,
    },
    { at: /^ContainerDefinitions\.\d+\.(?:Command|EntryPoint|HealthCheck)(?:\..+)?$/, ...CODE },
  ],
  'AWS::Lambda::Function': [{ at: /^Environment(?:\.Variables)?(?:\..+)?$/ }, { at: /^Code\.ZipFile$/, ...CODE }],
  // What is in a parameter may be prose, such as a prompt.
  'AWS::SSM::Parameter': [{ at: /^Value$/, ...CODE }],
  'AWS::EC2::LaunchTemplate': [{ at: /^LaunchTemplateData(?:\.UserData)?$/, ...CODE }],
  'AWS::EC2::Instance': [{ at: /^UserData$/, ...CODE }],
  'AWS::AutoScaling::LaunchConfiguration': [{ at: /^UserData$/, ...CODE }],
  'AWS::SageMaker::Model': [{ at: /^(?:PrimaryContainer|Containers(?:\.\d+)?)(?:\.Environment(?:\..+)?)?$/ }],
  'AWS::Batch::JobDefinition': [
    { at: /^ContainerProperties(?:\.Environment(?:\..+)?)?$/ },
    { at: /^ContainerProperties\.Command(?:\..+)?$/, ...CODE },
  ],
  'AWS::Events::ApiDestination': [{ at: /^InvocationEndpoint$/ }],
  'AWS::ApiGatewayV2::Integration': [{ at: /^IntegrationUri$/ }],
  'AWS::ApiGateway::Method': [{ at: /^Integration\.Uri$/ }],
  'AWS::ServiceDiscovery::Instance': [{ at: /^InstanceAttributes(?:\.AWS_INSTANCE_CNAME)?$/ }],
};

/** Everything in a resource that can point a program somewhere. */
export function settingsOf(evidence: Evidence, resource: Resource): readonly Setting[] {
  const places = PLACES[resource.type] ?? otherPlaces(evidence, resource);
  if (places.length === 0) return [];
  return textsOf(evidence, resource).flatMap((text) => {
    const place = places.find(({ at }) => at.test(text.path));
    if (!place || /\.\d+\.Name$/.test(text.path)) return [];
    return [{ ...text, isCode: place.isCode ?? false, isOpaque: text.path.includes('.EnvironmentFiles.') }];
  });
}

/** Types of which only some lead to hosts. */
function otherPlaces(evidence: Evidence, resource: Resource): readonly Place[] {
  const is = (path: string, values: RegExp): boolean => values.test(String(evidence.at(resource, path)));
  if (resource.type === 'AWS::SNS::Subscription' && is('Protocol', /^https?$/)) return [{ at: /^Endpoint$/ }];
  if (resource.type === 'AWS::Route53::RecordSet' && is('Type', /^CNAME$/))
    return [{ at: /^ResourceRecords(?:\.\d+)?$/ }];
  return [];
}

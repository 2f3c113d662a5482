import { isRecord, type ResourceBody, type TemplateBody } from '../../template-set';
import { UNKNOWN } from '../../tokens';
import { usesImplicit, eventsOf } from './events';
import { functionFrom } from './function';
import { withGlobals } from './globals';
import { given, made, notKnown, tagsFrom, type Made, type Maker, type Serverless } from './made';
import { policiesIn } from './policies';

export interface Served {
  readonly body: TemplateBody;
  readonly limits: readonly string[];
  /** Logical ids that the template does not have, and the resource each was made from. */
  readonly origins: ReadonlyMap<string, string>;
}

const PREFIX = 'AWS::Serverless::';

/** What AWS::Serverless-2016-10-31 makes of a template, as far as controls look at it. */
export function servedBy(body: TemplateBody, globals: unknown): Served {
  const origins = new Map<string, string>();
  const limits: string[] = [];
  const all = Object.entries(body.Resources ?? {});
  if (!all.some(([, { Type: type }]) => type.startsWith(PREFIX))) return { body, limits, origins };
  const resources = all.flatMap(([id, resource]) => {
    const from = makeOf(id, resource, globals);
    limits.push(...from.limits);
    for (const name of Object.keys(from.resources)) if (name !== id) origins.set(name, id);
    return Object.entries(from.resources);
  });
  const implicit = implicitApis(all.map(([id, resource]) => serverlessOf(id, resource, globals)));
  return { body: { ...body, Resources: { ...implicit, ...Object.fromEntries(resources) } }, limits, origins };
}

function makeOf(id: string, resource: ResourceBody, globals: unknown): Made {
  const kind = resource.Type.startsWith(PREFIX) ? resource.Type.slice(PREFIX.length) : undefined;
  if (kind === undefined || kind === 'Application') return { resources: { [id]: resource }, limits: [] };
  const maker = Object.hasOwn(MAKERS, kind) ? MAKERS[kind] : undefined;
  if (maker) return maker(serverlessOf(id, resource, globals));
  return {
    resources: { [id]: { ...resource, Properties: { [UNKNOWN]: UNKNOWN } } },
    limits: [`${id} (${resource.Type}) is not expanded: what it would make is not judged`],
  };
}

const serverlessOf = (id: string, body: ResourceBody, globals: unknown): Serverless => ({
  id,
  body,
  properties: withGlobals(body.Type.slice(PREFIX.length), body.Properties ?? {}, globals),
});

const tableFrom: Maker = (serverless) => {
  const { PrimaryKey: key, Tags: tags, ...others } = serverless.properties;
  const { Name: name = 'id', Type: type = 'String' } = isRecord(key) ? key : {};
  const letter = { String: 'S', Number: 'N', Binary: 'B' }[String(type)] ?? type;
  const properties = given({
    BillingMode: 'ProvisionedThroughput' in others ? undefined : 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: name, AttributeType: letter }],
    KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
    ...others,
    Tags: tagsFrom(tags),
  });
  return { resources: { [serverless.id]: made(serverless, 'AWS::DynamoDB::Table', properties) }, limits: [] };
};

const machineFrom: Maker = (serverless) => {
  const { id, properties } = serverless;
  const {
    Definition: definition,
    DefinitionUri: uri,
    Policies: policies,
    Events: _,
    Tags: tags,
    ...others
  } = properties;
  const role = `${id}Role`;
  const { strange, ...granted } = policiesIn(policies, role);
  const machine = given({
    RoleArn: 'Role' in others ? others['Role'] : { 'Fn::GetAtt': [role, 'Arn'] },
    ...others,
    Definition: definition ?? (uri === undefined ? undefined : notKnown('DefinitionUri')),
    Tags: tagsFrom(tags),
  });
  const trust = {
    Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  const events = eventsOf(serverless, { Ref: id });
  return {
    resources: {
      [id]: made(serverless, 'AWS::StepFunctions::StateMachine', machine),
      ...('Role' in others
        ? {}
        : { [role]: made(serverless, 'AWS::IAM::Role', { AssumeRolePolicyDocument: trust, ...granted }) }),
      ...events.resources,
    },
    limits: [
      ...strange.map((policy) => `policy ${policy} of ${id} is not written out: what it allows is not known`),
      ...events.limits,
    ],
  };
};

const apiFrom =
  (type: string, stageType: string, apiKey: string): Maker =>
  (serverless) => {
    const {
      StageName: stage = 'Prod',
      DefinitionBody: definition,
      DefinitionUri: uri,
      Tags: tags,
      ...others
    } = serverless.properties;
    const { AccessLogSetting: logs, MethodSettings: methods, TracingEnabled: tracing, ...ofApi } = others;
    const Body = definition ?? notKnown(uri === undefined ? 'Events' : 'DefinitionUri');
    return {
      resources: {
        [serverless.id]: made(serverless, type, given({ ...ofApi, Body, Tags: tagsFrom(tags) })),
        [`${serverless.id}Stage`]: made(
          serverless,
          stageType,
          given({
            [apiKey]: { Ref: serverless.id },
            StageName: stage,
            AccessLogSetting: logs,
            MethodSettings: methods,
            TracingEnabled: tracing,
          }),
        ),
      },
      limits: [],
    };
  };

const MAKERS: Readonly<Record<string, Maker>> = {
  Function: functionFrom,
  SimpleTable: tableFrom,
  StateMachine: machineFrom,
  Api: apiFrom('AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage', 'RestApiId'),
  HttpApi: apiFrom('AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage', 'ApiId'),
  LayerVersion: (serverless) => ({
    resources: { [serverless.id]: made(serverless, 'AWS::Lambda::LayerVersion', { Content: notKnown('ContentUri') }) },
    limits: [],
  }),
};

/** The APIs that SAM makes for functions which name none. */
function implicitApis(all: readonly Serverless[]): Readonly<Record<string, ResourceBody>> {
  const functions = all.filter(({ body }) => body.Type === `${PREFIX}Function`);
  const body = { Body: notKnown('Events') };
  return {
    ...(functions.some((one) => usesImplicit(one, 'Api'))
      ? { ServerlessRestApi: { Type: 'AWS::ApiGateway::RestApi', Properties: body } }
      : {}),
    ...(functions.some((one) => usesImplicit(one, 'HttpApi'))
      ? { ServerlessHttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: body } }
      : {}),
  };
}

import { isRecord, type ResourceBody } from '../../template-set';
import { eventsOf } from './events';
import { given, made, notKnown, tagsFrom, type Maker, type Serverless } from './made';
import { policiesIn } from './policies';

type Block = Readonly<Record<string, unknown>>;

/** Properties that SAM reads itself; all others are those of the function. */
const OF_SAM: ReadonlySet<string> = new Set([
  'CodeUri',
  'InlineCode',
  'ImageUri',
  'Policies',
  'PermissionsBoundary',
  'RolePath',
  'AssumeRolePolicyDocument',
  'Events',
  'Tracing',
  'DeadLetterQueue',
  'Tags',
  'PropagateTags',
  'AutoPublishAlias',
  'AutoPublishAliasAllProperties',
  'AutoPublishCodeSha256',
  'VersionDescription',
  'VersionDeletionPolicy',
  'DeploymentPreference',
  'EventInvokeConfig',
  'FunctionUrlConfig',
  'ProvisionedConcurrencyConfig',
  'IgnoreGlobals',
  'SourceKMSKeyArn',
]);

/** AWS::Serverless::Function: the function, its role where it has none of its own, its alias, URL and event sources. */
export const functionFrom: Maker = (serverless) => {
  const { id, properties } = serverless;
  const role = `${id}Role`;
  const { role: ownRole, limits } = roleOf(serverless, role);
  const events = eventsOf(serverless, { 'Fn::GetAtt': [id, 'Arn'] });
  const resources: Readonly<Record<string, ResourceBody>> = {
    [id]: made(serverless, 'AWS::Lambda::Function', lambda(serverless, role)),
    ...('Role' in properties ? {} : { [role]: ownRole }),
    ...versionOf(serverless),
    ...urlOf(serverless),
    ...events.resources,
  };
  return { resources, limits: [...('Role' in properties ? [] : limits), ...events.limits] };
};

function lambda({ properties }: Serverless, role: string): Block {
  const { Tracing: tracing, DeadLetterQueue: queue, Tags: tags } = properties;
  const kept = Object.entries(properties).filter(([key]) => !OF_SAM.has(key));
  return given({
    Role: { 'Fn::GetAtt': [role, 'Arn'] },
    ...Object.fromEntries(kept),
    Code: codeOf(properties),
    Tags: tagsFrom(tags),
    TracingConfig: tracing === undefined ? undefined : { Mode: tracing },
    DeadLetterConfig: isRecord(queue) ? { TargetArn: queue['TargetArn'] } : undefined,
  });
}

function codeOf({ InlineCode: inline, ImageUri: image, CodeUri: uri }: Block): unknown {
  if (inline !== undefined) return { ZipFile: inline };
  if (image !== undefined) return { ImageUri: image };
  return isRecord(uri) && 'Bucket' in uri ? { S3Bucket: uri['Bucket'], S3Key: uri['Key'] } : notKnown('CodeUri');
}

function roleOf(
  serverless: Serverless,
  name: string,
): { readonly role: ResourceBody; readonly limits: readonly string[] } {
  const { id, properties } = serverless;
  const { Policies: written, PermissionsBoundary: boundary, AssumeRolePolicyDocument: trust = TRUST } = properties;
  const { ManagedPolicyArns: arns, Policies: inline, strange } = policiesIn(written, name);
  const basic = 'VpcConfig' in properties ? 'AWSLambdaVPCAccessExecutionRole' : 'AWSLambdaBasicExecutionRole';
  const standard = [`service-role/${basic}`, ...('Tracing' in properties ? ['AWSXrayWriteOnlyAccess'] : [])];
  const role = made(
    serverless,
    'AWS::IAM::Role',
    given({
      AssumeRolePolicyDocument: trust,
      ManagedPolicyArns: [
        ...standard.map((one) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${one}` })),
        ...arns,
      ],
      Policies: inline.length > 0 ? inline : undefined,
      PermissionsBoundary: boundary,
      Path: properties['RolePath'],
      Tags: tagsFrom(properties['Tags']),
    }),
  );
  const limits = strange.map((policy) => `policy ${policy} of ${id} is not written out: what it allows is not known`);
  return { role, limits };
}

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] }],
};

function versionOf(serverless: Serverless): Readonly<Record<string, ResourceBody>> {
  const { id, properties } = serverless;
  const { AutoPublishAlias: alias } = properties;
  if (typeof alias !== 'string') return {};
  const version = `${id}Version`;
  return {
    [version]: made(serverless, 'AWS::Lambda::Version', { FunctionName: { Ref: id } }),
    [`${id}Alias${alias.replaceAll(/[^A-Za-z0-9]/g, '')}`]: made(serverless, 'AWS::Lambda::Alias', {
      Name: alias,
      FunctionName: { Ref: id },
      FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
    }),
  };
}

function urlOf(serverless: Serverless): Readonly<Record<string, ResourceBody>> {
  const { FunctionUrlConfig: config } = serverless.properties;
  const properties = isRecord(config) ? { TargetFunctionArn: { Ref: serverless.id }, ...config } : undefined;
  return properties ? { [`${serverless.id}Url`]: made(serverless, 'AWS::Lambda::Url', properties) } : {};
}

import { isRecord } from '../../templates/template-set';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a member that only the account has is what a service says of a setting that nobody made. */
export const isUnsaid = (key: string, live: Fields): boolean =>
  // Keys of conditions have colons in their names: no condition is a default, whatever its value.
  !key.includes(':') && (isBlank(live[key]) || isOff(live[key]) || isGiven(key, live));

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === false || value === 0 || value === '' || isEmpty(value);

export const isEmpty = (value: unknown): boolean =>
  (Array.isArray(value) && value.length === 0) || (isRecord(value) && Object.keys(value).length === 0);

/** What says of itself that it is off. */
const isOff = (value: unknown): boolean => isRecord(value) && (value['Enabled'] === false || value['Enable'] === false);

const isGiven = (key: string, live: Fields): boolean =>
  DEFAULTS[key] === live[key] || (TWINS[key] !== undefined && live[TWINS[key]] === live[key]) || isName(key, live);

/** By name of the member. None of them is of a policy. */
const DEFAULTS: Fields = {
  ApproximateCreationDateTimePrecision: 'MILLISECOND',
  AssignPublicIp: 'DISABLED',
  CompressionFormat: 'UNCOMPRESSED',
  CustomTimeZone: 'UTC',
  DefaultResult: 'ABANDON',
  Essential: true,
  HeartbeatTimeout: 3600,
  ManagedDraining: 'ENABLED',
  ManagedTerminationProtection: 'DISABLED',
  Protocol: 'tcp',
  RecoveryPeriodInDays: 35,
  ReturnData: true,
  S3BackupMode: 'Disabled',
  SSEType: 'KMS',
  Strategy: 'ROLLING',
};

/** Members that say what another one says. On a network of its own or its node's, a container has the port it says. */
const TWINS: Readonly<Record<string, string>> = { HostPort: 'ContainerPort' };

/** Answers name a launch template beside its id. */
const isName = (key: string, live: Fields): boolean => key === 'LaunchTemplateName' && 'LaunchTemplateId' in live;

import {
  type EC2Client,
  paginateDescribeLaunchTemplateVersions,
  type LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import { mapAnswer, type Answer } from '../../../../../../aws/answer';
import { answering } from '../../../../../../aws/errors';
import { isRecord } from '../../../../../templates/template-set';
import type { Deployed, LiveRegion, Reading } from '../../../reading';
import { GONE, readingOf, type Properties } from '../../data/parts';
import { everyPage, tagsOf } from '../../data/shapes';
import { allOf } from '../chunks';
import { unlessChosen } from '../found';

export const TEMPLATES_ACTION = 'ec2:DescribeLaunchTemplateVersions';

/** A version of a launch template that a group launches. */
export interface Used {
  readonly id: string;
  /** `3`, `$Latest`, `$Default`. */
  readonly version: string;
}

type Versions = Answer<readonly LaunchTemplateVersion[]>;

/** The newest and the default version of every template of the region; others one by one, of which there are hardly any. */
export async function versionsOf(used: readonly Used[], region: LiveRegion, ec2: EC2Client): Promise<Versions> {
  const usual = await ask(undefined, ['$Latest', '$Default'], region, ec2);
  if (!usual.known) return usual;
  const missing = used.filter((one) => !usual.value.some((version) => isVersion(version, one)));
  const others = missing.map(({ id, version }) => ask(id, [version], region, ec2));
  return allOf([usual, ...(await Promise.all(others))]);
}

const ask = (LaunchTemplateId: string | undefined, Versions: string[], region: LiveRegion, client: EC2Client) =>
  region.ask(TEMPLATES_ACTION, (abortSignal) =>
    everyPage(
      paginateDescribeLaunchTemplateVersions({ client }, { LaunchTemplateId, Versions }, { abortSignal }),
      (page) => page.LaunchTemplateVersions,
    ).catch(answering([], 'InvalidLaunchTemplateId.NotFound', 'InvalidLaunchTemplateId.VersionNotFound')),
  );

function isVersion({ LaunchTemplateId, VersionNumber, DefaultVersion }: LaunchTemplateVersion, used: Used): boolean {
  if (LaunchTemplateId !== used.id) return false;
  return used.version === '$Default' ? DefaultVersion === true : used.version === String(VersionNumber);
}

/** @param used versions that groups launch */
export function templateReading(deployed: Deployed, versions: Versions, used: Answer<readonly Used[]>): Reading {
  const names = ['LaunchTemplateData', 'LaunchTemplateName'];
  const answer = used.known ? mapAnswer(versions, (all) => inUse(deployed, all, used.value)) : used;
  return readingOf(
    deployed,
    [{ names, answer: mapAnswer(answer, (version) => (version ? propertiesOf(version, deployed) : GONE)) }],
    {},
  );
}

/** The version that a group launches; the newest where none does. */
function inUse({ physicalId }: Deployed, all: readonly LaunchTemplateVersion[], used: readonly Used[]) {
  const own = all.filter(({ LaunchTemplateId }) => LaunchTemplateId === physicalId);
  const launched = used.find(({ id, version }) => id === physicalId && version !== '$Latest');
  const newest = own.toSorted((one, other) => (other.VersionNumber ?? 0) - (one.VersionNumber ?? 0))[0];
  return (launched && own.find((version) => isVersion(version, launched))) ?? newest;
}

const propertiesOf = (
  { LaunchTemplateName, LaunchTemplateData: data = {} }: LaunchTemplateVersion,
  deployed: Deployed,
): Properties => {
  const TagSpecifications = data.TagSpecifications?.map(({ ResourceType, Tags }) => ({
    ResourceType,
    ...tagsOf(Tags),
  }));
  const LaunchTemplateData = { ...data, TagSpecifications, UserData: userDataOf(data.UserData, deployed) };
  return unlessChosen(deployed, { LaunchTemplateData, LaunchTemplateName }, 'LaunchTemplateName');
};

/** Text, where the template has the text and lets CloudFormation encode it. */
function userDataOf(encoded: string | undefined, { resource }: Deployed): string | undefined {
  const written = resource.properties['LaunchTemplateData'];
  if (encoded === undefined || !isRecord(written) || typeof written['UserData'] === 'string') return encoded;
  return Buffer.from(encoded, 'base64').toString('utf8');
}

import type { MachineImage } from '../facts/facts';
import { machineImagesOf } from '../facts/wanted';
import { cannotTell, ok, willFail, type Check, type Finding } from '../verdict';

export const machineImagesCheck: Check = {
  name: 'AMIs of the lock',
  assess: (plan, { askedAt, named, region: { machineImages } }) => {
    const ids = machineImagesOf(plan);
    if (!machineImages.known) return [cannotTell(machineImages, ids.join(', '))];
    const found = new Map(machineImages.value.map((image) => [image.id, image]));
    return ids.map((id) => findingOf(id, found.get(id), { region: plan.region, named, now: askedAt }));
  },
};

interface Asked {
  readonly region: string;
  readonly named: string;
  readonly now: Date;
}

function findingOf(id: string, image: MachineImage | undefined, { region, named, now }: Asked): Finding {
  const needed = `${id} available in ${region}`;
  const remedy = `\`voicecell images lock ${named} --update --region ${region}\``;
  if (!image)
    return willFail(`no ${id} in ${region}: deregistered, or not among the account's allowed AMIs`, needed, remedy);
  if (image.state !== 'available') return willFail(`${id} is ${image.state}`, needed, remedy);
  const { deprecatedAt } = image;
  return deprecatedAt !== undefined && new Date(deprecatedAt) <= now
    ? ok(`${id}, deprecated since ${deprecatedAt.slice(0, 10)}`, needed, `it still starts; renew it soon: ${remedy}`)
    : ok(id, needed);
}

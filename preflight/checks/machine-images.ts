import type { RegionPlan } from '../../regions/plan/types';
import type { MachineImage } from '../facts/facts';
import { machineImagesOf } from '../facts/wanted';
import { cannotTell, ok, willFail, type Check, type Finding } from '../verdict';

export const machineImagesCheck: Check = {
  name: 'AMIs of the lock',
  assess: (plan, { askedAt, region: { machineImages } }) => {
    const ids = machineImagesOf(plan);
    if (!machineImages.known) return [cannotTell(machineImages, ids.join(', '))];
    const found = new Map(machineImages.value.map((image) => [image.id, image]));
    return ids.map((id) => findingOf(id, found.get(id), plan, askedAt));
  },
};

function findingOf(id: string, image: MachineImage | undefined, { region }: RegionPlan, now: Date): Finding {
  const needed = `${id} available in ${region}`;
  const remedy = `pin newer AMIs of ${region} in the lock file`;
  if (!image) return willFail(`no ${id} in ${region}: deregistered, or of another region`, needed, remedy);
  if (image.state !== 'available') return willFail(`${id} is ${image.state}`, needed, remedy);
  const { deprecatedAt } = image;
  return deprecatedAt !== undefined && new Date(deprecatedAt) <= now
    ? ok(`${id}, deprecated since ${deprecatedAt.slice(0, 10)}`, needed, `it still starts; ${remedy} soon`)
    : ok(id, needed);
}

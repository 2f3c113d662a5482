import { requirementsFor, requirementsOf, type MergedRequirement } from '../../../compliance/requirements';
import { regionsOf } from '../../catalog';
import { dataRegionsOf } from '../../plan/data-regions';
import type { Finding } from '../finding';
import { DATA_CLASSES, type DataClass } from '../schema';
import { when, type Rule } from './rule';

/** One bucket holds both, so what one of them must be kept the other is kept too. */
const SHARED: readonly DataClass[] = ['recording', 'voicemail'];

const sharing = (dataClass: DataClass): readonly DataClass[] => (SHARED.includes(dataClass) ? SHARED : [dataClass]);

/** Both cannot hold: what a law keeps longer than a contract allows, unless somebody has decided which wins and why. */
export const ceilingsAreNotBelowFloors: Rule = (config) => {
  const { retention = {} } = config;
  const required = requirementsOf(config);
  return DATA_CLASSES.flatMap((dataClass) => {
    const ceiling = retention[dataClass]?.ceiling;
    if (!ceiling || ceiling.settledBy) return [];
    return sharing(dataClass).flatMap((other) =>
      when(required[other].floorDays > ceiling.days, tooLow(dataClass, ceiling, required[other])),
    );
  });
};

const tooLow = (
  dataClass: DataClass,
  { days, because }: { readonly days: number; readonly because: string },
  { floorDays, sides }: MergedRequirement,
): Finding => ({
  path: ['retention', dataClass, 'ceiling', 'days'],
  got: `${days} for ${because}, against ${floorDays} for ${sides.floor.join(', ')}`,
  allowed: 'a ceiling at or above the floor, or one that a legal basis has settled',
  change: `it to ${floorDays}, or add settledBy with the legal duty that wins, such as GDPR Article 17(3)(b), its approver and its end`,
});

/** What is asked for here may not outlast what is asked for two lines below. */
export const daysAreNotAboveCeilings: Rule = ({ retention = {} }) =>
  DATA_CLASSES.flatMap((dataClass) => {
    const { days, ceiling } = retention[dataClass] ?? {};
    return when(days !== undefined && ceiling !== undefined && days > ceiling.days, {
      path: ['retention', dataClass, 'days'],
      allowed: `${ceiling?.days ?? 0} days at most, for ${ceiling?.because ?? ''}`,
      change: `it to ${ceiling?.days ?? 0}`,
    });
  });

/** Card data in a locked record stays there, whoever asks for its removal. */
export const cardDataIsKeptOut: Rule = ({ frameworks, cardData }) => {
  const required = requirementsFor(frameworks);
  const forbidding = DATA_CLASSES.filter((dataClass) => required[dataClass].excludes.includes('card-data'));
  if (forbidding.length === 0 || (cardData?.pauseResume && cardData.dtmfMask)) return [];
  const locked = forbidding.filter((dataClass) => required[dataClass].lockMode);
  const [example] = locked;
  const against = example
    ? `, and ${required[example].sides.protection.join(', ')} locks ${locked.join(', ')}`
    : ` in ${forbidding.join(', ')}`;
  return [
    {
      path: cardData ? ['cardData'] : ['frameworks'],
      got: `${cardData ? JSON.stringify(cardData) : 'pci without cardData'}: PCI DSS 4.0.1 Requirement 3.3.1 allows no card data${against}`,
      allowed: 'cardData with pauseResume: true and dtmfMask: true, which keep it from being written',
      change: cardData ? 'both to true' : 'the file: add cardData',
    },
  ];
};

/** A contract narrows a jurisdiction; it cannot lead out of it, nor leave nothing. */
export const allowedRegionsLeaveSome: Rule = (config) => {
  const { jurisdiction, allowedRegions, regions } = config;
  const known = regionsOf(jurisdiction);
  if (!allowedRegions || known.length === 0) return [];
  const left = dataRegionsOf(config);
  return [
    ...when(left.length === 0, {
      path: ['allowedRegions'],
      got: `${allowedRegions.join(', ')}, none of which is of jurisdiction ${jurisdiction}`,
      allowed: `some of ${known.join(', ')}`,
      change: 'it, or the jurisdiction: the contract or the law that binds the data says which',
    }),
    ...Object.keys(regions).flatMap((region) =>
      when(left.length > 0 && known.includes(region) && !left.includes(region), {
        path: ['regions', region],
        at: 'key',
        got: region,
        allowed: `regions of allowedRegions: ${left.join(', ')}`,
        change: 'it, or allowedRegions',
      }),
    ),
  ];
};

import { JURISDICTIONS, jurisdictionOf, regionFacts, regionsOf } from '../../catalog';
import { anyOf } from '../allowed';
import { nearest } from '../nearest';
import { when, type Rule } from './rule';

const isKnown = (jurisdiction: string): boolean => Object.hasOwn(JURISDICTIONS, jurisdiction);

export const jurisdictionIsKnown: Rule = ({ jurisdiction }) => {
  const known = Object.keys(JURISDICTIONS);
  const meant = nearest(jurisdiction, known) ?? 'the one your data must stay in';
  return when(!isKnown(jurisdiction), { path: ['jurisdiction'], allowed: anyOf(known), change: `it to ${meant}` });
};

export const hasARegion: Rule = ({ regions }) =>
  when(Object.keys(regions).length === 0, {
    path: ['regions'],
    got: 'no region',
    allowed: 'one region or more',
    change: 'the block: add a region such as us-east-1',
  });

/** A region nobody has facts of, or outside the jurisdiction, fails closed: data must not be where no one has looked. */
export const regionsLieInTheJurisdiction: Rule = ({ jurisdiction, regions }) => {
  const allowed = regionsOf(jurisdiction).filter((region) => regionFacts(region));
  if (!isKnown(jurisdiction)) return [];
  return Object.keys(regions).flatMap((region) => {
    const lies = jurisdictionOf(region);
    return when(!allowed.includes(region), {
      path: ['regions', region],
      at: 'key',
      got: lies ? `${region}, which lies in ${lies}` : `the unknown region ${region}`,
      allowed: `regions of ${jurisdiction} in the catalogue: ${allowed.join(', ') || 'none'}`,
      change: `it to ${nearest(region, allowed) ?? allowed[0] ?? 'another jurisdiction'}`,
    });
  });
};

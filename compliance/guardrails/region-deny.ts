import { actionsOf, GLOBAL_SERVICES, HOME_ACTIONS, HOME_REGION } from './global-services';
import type { Denial } from './guardrail';
import { namedDenials } from './named-denials';
import type { Perimeter } from './perimeter';

/**
 * Everything of the service control policy. Nobody is exempt, break-glass included: its role may do nothing elsewhere, and
 * the way out of a wrong guardrail is the management account, on which service control policies do not act.
 */
export const regionDeny = (perimeter: Perimeter): readonly Denial[] => [
  ...(needsHome(perimeter) ? [outside(perimeter, HOME_ACTIONS), atHomeOnly(perimeter)] : [outside(perimeter, [])]),
  ...namedDenials(perimeter),
];

const homeOf = ({ partition }: Perimeter): string | undefined => HOME_REGION[partition];

const needsHome = (perimeter: Perimeter): boolean => {
  const home = homeOf(perimeter);
  return home !== undefined && !perimeter.regions.includes(home);
};

const outside = ({ regions }: Perimeter, others: typeof HOME_ACTIONS): Denial => ({
  denies: `everything outside ${regions.join(', ')}, but for services with one endpoint for the whole partition`,
  notes: ['Service control policies act on no management account and no service-linked role.'],
  statement: {
    Sid: 'DenyOutsideRegions',
    Effect: 'Deny',
    NotAction: [...actionsOf(GLOBAL_SERVICES), ...actionsOf(others)].toSorted(),
    Resource: '*',
    // A list of the allowed: Amazon Bedrock's global profiles ask for the region `unspecified`.
    Condition: { StringNotEquals: { 'aws:RequestedRegion': regions } },
  },
});

const atHomeOnly = (perimeter: Perimeter): Denial => {
  const allowed = [...perimeter.regions, homeOf(perimeter) ?? ''].filter(Boolean).toSorted();
  return {
    denies: `what is answered in ${homeOf(perimeter)} only, such as quotas of IAM, in every other region`,
    notes: [
      `STS is denied there: set AWS_STS_REGIONAL_ENDPOINTS=regional for tools so old that they ask its global endpoint.`,
    ],
    statement: {
      Sid: 'DenyHomeActionsElsewhere',
      Effect: 'Deny',
      Action: actionsOf(HOME_ACTIONS),
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': allowed } },
    },
  };
};

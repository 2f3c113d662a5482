import type { Finding } from './finding';
import {
  carriersAreDistinct,
  carriersFitTheSecurityGroup,
  regulatedCallsAreEncrypted,
  srtpNeedsTls,
} from './rules/carriers';
import { cellsAreDistinct, countedCellsAreFeasible, namedCellsAreFeasible, productionHasTwoCells } from './rules/cells';
import {
  addressesFitAStack,
  containersFitTheNode,
  nodesCanCarryMedia,
  nodesCanInfer,
  quietIsNotAbovePeak,
  rtpPortsSuffice,
} from './rules/compute';
import {
  containerImagesAreReachable,
  containersAreConfined,
  containersFitTogether,
  containersOutlastCalls,
} from './rules/containers';
import {
  allowedRegionsLeaveSome,
  cardDataIsKeptOut,
  ceilingsAreNotBelowFloors,
  daysAreNotAboveCeilings,
} from './rules/conflicts';
import {
  functionsFitATask,
  languagesHavePrompts,
  languagesHaveVoices,
  modelsAreServed,
  outsideHostsAreDistinct,
  toolsAreReached,
} from './rules/functions';
import {
  attestationsAreDistinct,
  callersAreToldOfRecording,
  consentIsGivenByKey,
  dutiesAreSeparate,
  principalsAreOfTheAccount,
  zonesAreDistinct,
} from './rules/identity';
import { namesAreNotReserved } from './rules/names';
import { carriersArePublic, vpcIsPrivate, vpcsDoNotOverlap } from './rules/network';
import {
  bridgedQueuesAreReached,
  queueNetworksArePrivate,
  queuesAreDeclared,
  transitGatewaysAreDistinct,
} from './rules/queues';
import { hasARegion, jurisdictionIsKnown, regionsLieInTheJurisdiction } from './rules/regions';
import { irreversibleLocksAreAccepted, logsFitTheLogGroups, retentionIsNeverWeaker } from './rules/retention';
import type { Rule } from './rules/rule';
import { certificateKeysLieInTheRegion, secretsLieInTheRegion } from './rules/secrets';
import {
  argumentsHoldNoSecrets,
  argumentsLeaveTheEngineAlone,
  customBlocksMatch,
  enginesServeTheirTier,
  environmentHoldsNoSecrets,
  imagesArePinned,
} from './rules/software';
import { subnetsHoldTheNodes } from './rules/subnets';
import { nobodyIsLeftUnrecorded, recordingOutlastsTheTransfer } from './rules/taping';
import type { DeploymentConfig } from './schema';

/** All that must hold beyond the shape. Attestations that are missing are controls of the audit, not errors here. */
const RULES: readonly Rule[] = [
  namesAreNotReserved,
  jurisdictionIsKnown,
  hasARegion,
  regionsLieInTheJurisdiction,
  allowedRegionsLeaveSome,
  vpcIsPrivate,
  vpcsDoNotOverlap,
  carriersArePublic,
  carriersAreDistinct,
  carriersFitTheSecurityGroup,
  srtpNeedsTls,
  regulatedCallsAreEncrypted,
  queuesAreDeclared,
  bridgedQueuesAreReached,
  recordingOutlastsTheTransfer,
  nobodyIsLeftUnrecorded,
  queueNetworksArePrivate,
  transitGatewaysAreDistinct,
  languagesHavePrompts,
  languagesHaveVoices,
  toolsAreReached,
  outsideHostsAreDistinct,
  modelsAreServed,
  functionsFitATask,
  productionHasTwoCells,
  cellsAreDistinct,
  namedCellsAreFeasible,
  countedCellsAreFeasible,
  nodesCanCarryMedia,
  nodesCanInfer,
  containersFitTheNode,
  rtpPortsSuffice,
  quietIsNotAbovePeak,
  customBlocksMatch,
  enginesServeTheirTier,
  imagesArePinned,
  environmentHoldsNoSecrets,
  argumentsHoldNoSecrets,
  argumentsLeaveTheEngineAlone,
  containersAreConfined,
  containerImagesAreReachable,
  containersFitTogether,
  containersOutlastCalls,
  addressesFitAStack,
  subnetsHoldTheNodes,
  retentionIsNeverWeaker,
  ceilingsAreNotBelowFloors,
  daysAreNotAboveCeilings,
  cardDataIsKeptOut,
  logsFitTheLogGroups,
  irreversibleLocksAreAccepted,
  secretsLieInTheRegion,
  certificateKeysLieInTheRegion,
  principalsAreOfTheAccount,
  dutiesAreSeparate,
  zonesAreDistinct,
  attestationsAreDistinct,
  callersAreToldOfRecording,
  consentIsGivenByKey,
];

export const check = (config: DeploymentConfig): Finding[] => RULES.flatMap((rule) => rule(config));

import { overall, type Control, type Judgement } from '../controls/control';
import { DATA_CLASS_TAG, type Evidence } from '../controls/evidence';
import { unclassifiedStores } from '../controls/shared/stores';

/** Nothing of a unit is what a control is about. */
export interface NotApplicable {
  readonly answer: 'notApplicable';
  readonly message: string;
  readonly resource?: undefined;
}

const NOT_APPLICABLE: NotApplicable = { answer: 'notApplicable', message: 'nothing here is what it is about' };

/** What a control answers that finds nothing to judge: it may be that the store it would judge does not say what it holds. */
export function absenceIn(evidence: Evidence): (control: Control) => Judgement | NotApplicable {
  let hasUnclassified: boolean | undefined;
  return ({ id }) => {
    if (!CHOOSES_BY_CLASS.test(id)) return NOT_APPLICABLE;
    hasUnclassified ??= unclassifiedStores(evidence).length > 0;
    return hasUnclassified ? UNKNOWN_RECORDS : NOT_APPLICABLE;
  };
}

/** Controls that find what they judge by its class of data. */
const CHOOSES_BY_CLASS = /^(?:REC-\d+|ACC-0[138]|AUD-0[17]|AVL-05|ENC-04|PRV-0[12]|RES-03)$/;

const UNKNOWN_RECORDS: Judgement = overall(
  'indeterminate',
  `a store here has no class of data, so it is not known whether it holds records; tag it ${DATA_CLASS_TAG}`,
);

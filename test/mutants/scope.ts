import { CONTROLS } from '../../compliance/controls/catalogue';
import type { Attestation, Scope } from '../../compliance/controls/evidence';
import { applies, type Unit } from '../../compliance/controls/unit';
import { DATA_CLASSES } from '../../regions/config/schema';

/** What a deployment says of itself, changed in one way: no template shows it, so that no pack of others could see it either. */
export interface ScopeMutant {
  /** The control that has to see it. */
  readonly owner: string;
  readonly what: string;
  readonly scope: Scope;
}

/** Ids by which the shipped deployments attest what a control asks. */
const ATTESTED: Readonly<Record<string, string>> = {
  'AVL-03': 'restore-test',
  'GOV-01': 'baa',
  'GOV-02': 'undertaking',
  'GOV-03': 'independent-access',
  'GOV-06': 'risk-analysis',
  'GOV-08': 'supervisory-review',
  'REC-13': 'REC-13',
  'RES-11': 'RES-11',
  'RES-12': 'RES-12',
  'VUL-01': 'inspector',
  'VUL-02': 'guardduty',
  'VUL-03': 'config',
  'VUL-04': 'drift',
};

const TODAY = '2026-11-26';

const MADE_WRONG: Readonly<Record<string, Partial<Attestation>>> = {
  'was attested 367 days ago': { date: '2025-11-24' },
  'is attested for tomorrow': { date: '2026-11-27' },
  'is attested by nobody': { by: ' ' },
  'is attested without a word': { statement: '' },
};

/** Every way to say too little, for controls that somebody asks of the deployment. */
export function scopeMutantsOf(unit: Unit): readonly ScopeMutant[] {
  const asked = new Set(CONTROLS.filter((control) => applies(control, unit)).map(({ id }) => id));
  return [...attestationsOf(unit), ...ceilingsOf(unit)].filter(({ owner }) => asked.has(owner));
}

const attestationsOf = ({ scope }: Unit): readonly ScopeMutant[] =>
  Object.entries(ATTESTED).flatMap(([owner, word]) => {
    const others = scope.attestations.filter(({ id }) => id !== word);
    const wrong = Object.entries(MADE_WRONG).flatMap(([what, over]) =>
      scope.attestations
        .filter(({ id }) => id === word)
        .map((one) => ({ owner, what: `${word} ${what}`, attestations: [...others, { ...one, ...over }] })),
    );
    return [{ owner, what: `${word} is not attested`, attestations: others }, ...wrong].map(
      ({ attestations, ...mutant }) => ({ ...mutant, scope: { ...scope, attestations, today: TODAY } }),
    );
  });

const STALE = { legalBasis: 'GDPR Article 17(3)(b)', approver: 'counsel', expires: '2026-11-25' };

/** A contract asks that data is gone a day before the law lets it go. */
const ceilingsOf = ({ scope }: Unit): readonly ScopeMutant[] =>
  DATA_CLASSES.filter((dataClass) => scope.requirements[dataClass].floorDays > 1).flatMap((dataClass) =>
    Object.entries({ 'before it may be': {}, 'by what settled it until yesterday': { settledBy: STALE } }).map(
      ([what, settled]) => {
        const { floorDays, ...others } = scope.requirements[dataClass];
        const requirement = { ...others, floorDays, ceilingDays: floorDays - 1, ...settled };
        const requirements = { ...scope.requirements, [dataClass]: requirement };
        return {
          owner: 'PRV-04',
          what: `${dataClass} must be gone ${what}`,
          scope: { ...scope, requirements, today: TODAY },
        };
      },
    ),
  );

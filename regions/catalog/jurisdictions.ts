/**
 * Which law a region's data lies under. Regions are listed one by one and never matched by prefix: `eu-west-2` is in the
 * United Kingdom and `eu-central-2` in Switzerland, neither in the EU. A region missing here has no jurisdiction.
 */
export interface Jurisdiction {
  readonly name: string;
  readonly partition: string;
  readonly regions: readonly string[];
  /** Why these regions and no others. */
  readonly basis: string;
  readonly source: string;
  /** Day the list was compared with its source. */
  readonly checkedOn: string;
}

const SOURCE =
  'https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html; codes in botocore 1.43.11 and CDK region-info 2.276';
const CHECKED_ON = '2026-11-22';

const country = (name: string, ...regions: readonly string[]): Jurisdiction => ({
  name,
  partition: 'aws',
  regions,
  basis: `AWS gives ${name} as the geography of each`,
  source: SOURCE,
  checkedOn: CHECKED_ON,
});

const ownPartition = (name: string, partition: string, ...regions: readonly string[]): Jurisdiction => ({
  name,
  partition,
  regions,
  basis: `all regions of partition ${partition}, which no account of another partition can reach`,
  source: SOURCE,
  checkedOn: CHECKED_ON,
});

export const JURISDICTIONS: Readonly<Record<string, Jurisdiction>> = {
  US: country('United States', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'),
  'US-GOV': ownPartition('AWS GovCloud (US)', 'aws-us-gov', 'us-gov-east-1', 'us-gov-west-1'),
  CA: country('Canada', 'ca-central-1', 'ca-west-1'),
  EU: {
    ...country('European Union'),
    regions: ['eu-central-1', 'eu-west-1', 'eu-west-3', 'eu-north-1', 'eu-south-1', 'eu-south-2'],
    basis: 'AWS gives a member state of the EU-27 as the geography of each; London and Zurich are outside',
  },
  'EU-SOV': ownPartition('AWS European Sovereign Cloud', 'aws-eusc', 'eusc-de-east-1'),
  UK: country('United Kingdom', 'eu-west-2'),
  CH: country('Switzerland', 'eu-central-2'),
  IN: country('India', 'ap-south-1', 'ap-south-2'),
  JP: country('Japan', 'ap-northeast-1', 'ap-northeast-3'),
  AU: country('Australia', 'ap-southeast-2', 'ap-southeast-4'),
  KR: country('South Korea', 'ap-northeast-2'),
  SG: country('Singapore', 'ap-southeast-1'),
  ID: country('Indonesia', 'ap-southeast-3'),
  MY: country('Malaysia', 'ap-southeast-5'),
  NZ: country('New Zealand', 'ap-southeast-6'),
  TH: country('Thailand', 'ap-southeast-7'),
  HK: country('Hong Kong', 'ap-east-1'),
  TW: country('Taiwan', 'ap-east-2'),
  BR: country('Brazil', 'sa-east-1'),
  MX: country('Mexico', 'mx-central-1'),
  ZA: country('South Africa', 'af-south-1'),
  AE: country('United Arab Emirates', 'me-central-1'),
  BH: country('Bahrain', 'me-south-1'),
  IL: country('Israel', 'il-central-1'),
  CN: ownPartition('China', 'aws-cn', 'cn-north-1', 'cn-northwest-1'),
};

const KEY_BY_REGION = new Map(
  Object.entries(JURISDICTIONS).flatMap(([key, { regions }]) => regions.map((region) => [region, key] as const)),
);

/** Key of the jurisdiction a region lies in, or undefined when nobody has established it: callers must then refuse. */
export const jurisdictionOf = (region: string): string | undefined => KEY_BY_REGION.get(region);

/** AWS partition (`aws`, `aws-us-gov`, …) of a region, or undefined for a region the catalogue does not know. */
export function partitionOf(region: string): string | undefined {
  const key = jurisdictionOf(region);
  return key === undefined ? undefined : JURISDICTIONS[key]?.partition;
}

/** Regions of a jurisdiction in the order of its table; none for an unknown one. */
export function regionsOf(jurisdiction: string): readonly string[] {
  return Object.hasOwn(JURISDICTIONS, jurisdiction) ? (JURISDICTIONS[jurisdiction]?.regions ?? []) : [];
}

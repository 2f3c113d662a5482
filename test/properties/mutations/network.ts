import { between, oneOf } from '../config/draw';
import { at, inRegion, put, wrong, type Mutation, type Place } from './mutation';

const drawnFrom =
  <T>(...values: T[]) =>
  ({ g }: Place): T =>
    oneOf(g, values);

const regionOf = ({ config, region }: Place) => config.regions[region];

const twoRegions = { regions: 2, mostRegions: 2 };

export const NETWORK: readonly Mutation[] = [
  wrong(
    "a network that is not private, not aligned, too wide, too narrow or Docker's",
    at('vpcCidr'),
    drawnFrom('8.8.0.0/16', '10.0.0.0/8', '10.20.0.0/21', '10.20.1.0/20', '172.17.0.0/16', '300.1.0.0/16'),
  ),
  {
    name: 'networks that overlap',
    wishes: twoRegions,
    make: (config, { config: { regions } }) => {
      const [first, second] = Object.entries(regions);
      return put(config, ['regions', second?.[0] ?? '', 'vpcCidr'], first?.[1].vpcCidr);
    },
  },
  wrong(
    'the whole internet for a carrier, or none of it',
    at('carriers', 0, 'signallingCidrs', 0),
    drawnFrom('0.0.0.0/0', '54.0.0.0/8', '10.0.0.0/24', '127.0.0.0/24', '203.0.113.1/28'),
  ),
  {
    name: 'two carriers of one name',
    make: (config, place) => {
      const [first] = regionOf(place)?.carriers ?? [];
      put(config, inRegion(place, 'carriers'), [first, { ...first, failoverOrder: 99 }]);
      return { path: inRegion(place, 'carriers', 1, 'name') };
    },
  },
  {
    name: 'two carriers in one place of the failover order',
    make: (config, place) => {
      const [first] = regionOf(place)?.carriers ?? [];
      put(config, inRegion(place, 'carriers'), [first, { ...first, name: 'another' }]);
      return { path: inRegion(place, 'carriers', 1, 'failoverOrder') };
    },
  },
  {
    name: 'a number with two functions',
    make: (config, place) => {
      const [first] = regionOf(place)?.numbers ?? [];
      put(config, inRegion(place, 'numbers'), [first, first]);
      return { path: inRegion(place, 'numbers', 1, 'number') };
    },
  },
  {
    name: 'more carrier addresses than a security group admits',
    make: (config, place) => {
      const cidrs = Array.from({ length: between(place.g, 51, 60) }, (_, index) => `198.51.100.${index * 4}/30`);
      put(config, inRegion(place, 'carriers', 0, 'mediaCidrs'), cidrs);
      return { path: inRegion(place, 'carriers') };
    },
  },
  {
    name: 'SRTP keys in the clear',
    make: (config, place) => {
      put(config, inRegion(place, 'carriers', 0, 'srtp'), 'required');
      return put(config, inRegion(place, 'carriers', 0, 'transport'), oneOf(place.g, ['udp', 'tcp']));
    },
  },
  wrong('regulated calls in the clear', at('carriers', 0, 'srtp'), 'none', { frameworks: ['hipaa'] }),
  wrong('a hostname whose parent is a top-level domain', at('sip', 'hostname'), 'sip.example'),
  {
    name: 'one SIP zone in two regions',
    wishes: twoRegions,
    make: (config, { config: { regions } }) => {
      const [first, second] = Object.entries(regions);
      return put(config, ['regions', second?.[0] ?? '', 'sip', 'hostname'], first?.[1].sip.hostname);
    },
  },
  wrong(
    'a certificate of another account',
    at('sip', 'certificateSecretArn'),
    ({ region }: Place) => `arn:aws:secretsmanager:${region}:1${'0'.repeat(11)}:secret:x-AbCdEf`,
  ),
  wrong(
    'every secret for a certificate',
    at('sip', 'certificateSecretArn'),
    (place: Place) => `${regionOf(place)?.sip.certificateSecretArn}*`,
  ),
  wrong('half an ARN of a certificate', at('sip', 'certificateSecretArn'), (place: Place) =>
    regionOf(place)?.sip.certificateSecretArn.replace(/-\w{6}$/, ''),
  ),
  wrong(
    'a key of another region, by alias or by half',
    at('sip', 'certificateKeyArn'),
    ({ g, config: { account }, region }: Place) =>
      oneOf(g, [
        `arn:aws:kms:mars-north-1:${account}:key/12345678-90ab-cdef-1234-567890abcdef`,
        `arn:aws:kms:${region}:${account}:alias/sip`,
        `arn:aws:kms:${region}:${account}:key/*`,
        `arn:aws:kms:${region}:${account}:key/12345678`,
      ]),
  ),
];

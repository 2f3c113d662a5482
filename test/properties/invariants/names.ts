import type { Invariant, Planned } from './invariant';

/** S3 User Guide, general purpose bucket naming rules. */
const BUCKET =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(?:-s3alias|--ol-s3|--x-s3|--table-s3|\.mrap)$)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
/** CloudTrail User Guide, trail naming requirements: no two dashes in a row. */
const TRAIL = /^[a-z0-9](?!.*--)[a-z0-9-]{1,126}[a-z0-9]$/;
/** ECS API, CreateCapacityProvider and CreateCluster. */
const CAPACITY_PROVIDER = /^(?!aws|ecs|fargate)[\w-]{1,255}$/;
/** ECR API, CreateRepository. */
const REPOSITORY = /^(?=.{2,256}$)[a-z0-9]+(?:[._-][a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$/;
const ROLE = /^[\w+=,.@-]{1,64}$/;
const ALIAS = /^alias\/(?!aws\/)[\w/-]{1,250}$/;
const TABLE = /^[\w.-]{3,255}$/;
const TOPIC = /^[\w-]{1,256}$/;
const LOG_GROUP = /^(?!aws\/)[\w./#-]{1,400}$/;
/** RFC 1123, labels and the whole. */
const DNS = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** Longest ending that the constructs add: `-edge`, `-media`. */
const TIER = '-media';

const named = ({ plan: { names, cells, sip } }: Planned): readonly (readonly [RegExp, readonly string[]])[] => [
  [BUCKET, Object.values(names.buckets)],
  [TRAIL, [names.trail]],
  [CAPACITY_PROVIDER, cells.map(({ name }) => `${name}${TIER}`)],
  [REPOSITORY, Object.values(names.repositories)],
  [ROLE, [...Object.values(names.roles), ...cells.map(({ mediaTaskRole }) => mediaTaskRole)]],
  [ALIAS, Object.values(names.keyAliases)],
  [TABLE, [names.ledgerTable]],
  [TOPIC, [names.topic, names.copiesTopic]],
  [LOG_GROUP, cells.map(({ azId }) => `${names.logGroupPrefix}/${azId}/media`)],
  [DNS, [sip.hostname, sip.zone, ...cells.map(({ namespace }) => `media.${namespace}`)]],
];

/** As the service that keeps the name would judge it, when the deployment is half made. */
export const namesAreAccepted: Invariant = (planned) =>
  named(planned).flatMap(([form, names]) => names.filter((name) => !form.test(name)));

export const namesAreUnique: Invariant = ({ plan: { names, cells } }) => {
  const all = [
    ...[names.buckets, names.keyAliases, names.roles, names.repositories].flatMap((group) =>
      Object.values<string>(group),
    ),
    names.ledgerTable,
    names.trail,
    names.topic,
    names.copiesTopic,
    ...cells.flatMap(({ name, mediaTaskRole, namespace, id }) => [name, mediaTaskRole, namespace, id]),
  ];
  return all.filter((name, index) => all.indexOf(name) < index);
};

import { isKnown, UNKNOWN } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { everyAt } from './shared/places';
import { RESIDENCY } from './shared/residency';

/** Edges of global services end TLS wherever the caller is. */
export const RES_13: Control = {
  id: 'RES-13',
  title: 'No global edge service stands in the path of the data.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['GK'],
  checkedOn: '2026-11-22',
  builds: 'Elastic IPs of the region, and buckets reached through the gateway endpoint of the region.',
  onTemplate:
    'There is no accelerator, distribution, multi-Region access point or edge-optimized API, and no bucket has transfer acceleration.',
  live: 'globalaccelerator:ListAccelerators; cloudfront:ListDistributions; s3:ListMultiRegionAccessPoints; s3:GetBucketAccelerateConfiguration',
  check: (evidence) => [
    ...evidence
      .ofType(...Object.keys(GLOBAL))
      .map((resource) => unmet(resource, `${GLOBAL[resource.type]}; remove it`)),
    ...evidence.ofType('AWS::S3::Bucket').map((bucket) => judgeBucket(evidence, bucket)),
    ...evidence.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGateway::DomainName').map((api) => judgeApi(evidence, api)),
  ],
};

const GLOBAL: Readonly<Record<string, string>> = {
  'AWS::CloudFront::Distribution': 'it ends TLS at edges around the world',
  'AWS::CloudFront::StreamingDistribution': 'it ends TLS at edges around the world',
  'AWS::CloudFront::DistributionTenant': 'it ends TLS at edges around the world',
  'AWS::GlobalAccelerator::Accelerator': 'it takes traffic in at edges around the world',
  'AWS::GlobalAccelerator::CrossAccountAttachment': 'it lets an accelerator of another account in',
  'AWS::S3::MultiRegionAccessPoint': 'it routes requests to whichever region is near',
};

function judgeBucket(evidence: Evidence, bucket: Resource): Judgement {
  const status = everyAt(evidence, bucket, 'AccelerateConfiguration.AccelerationStatus');
  if (status.includes('Enabled'))
    return unmet(bucket, 'transfer acceleration takes uploads in at edges around the world; suspend it');
  return isKnown(status)
    ? met(bucket, 'it has no transfer acceleration')
    : unclear(bucket, 'AccelerateConfiguration cannot be read; write Suspended');
}

/** `EDGE` is what an API of this kind is when nothing is said. */
function judgeApi(evidence: Evidence, api: Resource): Judgement {
  const types = everyAt(evidence, api, 'EndpointConfiguration.Types.*');
  if (types.includes(UNKNOWN)) return unclear(api, 'EndpointConfiguration cannot be read; write REGIONAL or PRIVATE');
  const isRegional = types.length > 0 && types.every((type) => type === 'REGIONAL' || type === 'PRIVATE');
  return isRegional
    ? met(api, 'it is reached in its region')
    : unmet(api, 'it is edge-optimized; set EndpointConfiguration.Types to REGIONAL or PRIVATE');
}

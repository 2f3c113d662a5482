import { between, oneOf, optional, several, type Draw } from './draw';
import type { Framework, RegionConfig } from '../../../regions/config/schema';
import { e164, prose } from './words';

type Calls = Pick<RegionConfig, 'numbers' | 'queues' | 'queueNetwork' | 'outsideHosts'>;

const QUEUES = ['support', 'front-desk', 'Desk.2', 'x'] as const;

/** Numbers, whom they are handed to and what their agents may ask outside. The VPC decides where people can sit. */
export function calls(g: Draw, vpcCidr: string, frameworks: readonly Framework[]): Calls {
  const ways = frameworks.includes('finra-taping') ? (['bridge'] as const) : (['bridge', 'refer'] as const);
  const outsideHosts = ['crm.example.com', 'telemetry.example.com'].slice(between(g, 0, 2));
  const queues = several(g, 1, QUEUES.length, (index) =>
    queue(g, { name: QUEUES[index] ?? '', how: oneOf(g, ways), vpcCidr }),
  );
  return {
    numbers: numbers(g, queues, outsideHosts),
    queues,
    ...(queues.some(({ how }) => how === 'bridge') ? { queueNetwork: queueNetwork(g, vpcCidr) } : {}),
    ...(outsideHosts.length > 0 ? { outsideHosts } : {}),
  };
}

/** The last digit tells them apart. */
const numbers = (g: Draw, queues: Calls['queues'], hosts: readonly string[]): Calls['numbers'] =>
  several(g, 1, 4, (index) => ({
    number: `${e164(g).slice(0, 15)}${index}`,
    function: oneOf(g, ['support', 'order-status', 'A', 'citas.2']),
    persona: prose(g),
    ...speech(g),
    queue: oneOf(g, queues).name,
    ...optional(g, 'greeting', () => prose(g)),
    ...optional(g, 'kpis', () => [{ measure: prose(g), target: prose(g) }]),
    ...(hosts.length > 0 ? optional(g, 'tools', () => [tool(g, oneOf(g, hosts))]) : {}),
  }));

/** No engine is taken to speak German by itself. */
function speech(g: Draw): Pick<Calls['numbers'][number], 'language' | 'voice'> {
  const language = oneOf(g, ['en', 'en-US', 'es-US', 'fr', 'de-DE']);
  return language === 'de-DE'
    ? { language, voice: 'thorsten' }
    : { language, ...optional(g, 'voice', () => 'af_heart') };
}

const tool = (g: Draw, host: string): NonNullable<Calls['numbers'][number]['tools']>[number] => ({
  name: 'book_visit',
  description: prose(g),
  url: `https://${host}${oneOf(g, ['', '/', '/visits?of=a'])}`,
  ...optional(g, 'parameters', () => ({ type: 'object', properties: { day: { type: 'string' } } })),
  ...optional(g, 'timeoutMs', () => between(g, 100, 15_000)),
  ...optional(g, 'takesDigits', () => between(g, 0, 1) === 1),
});

type Queue = Calls['queues'][number];

function queue(g: Draw, { name, how, vpcCidr }: Pick<Queue, 'name' | 'how'> & { readonly vpcCidr: string }): Queue {
  const host = how === 'bridge' ? `${peers(vpcCidr)}.7` : 'carrier.example.com';
  return { name, how, uri: `sip:+12025550199@${host}${oneOf(g, ['', ':5062', ';transport=tcp'])}` };
}

const queueNetwork = (g: Draw, vpcCidr: string): NonNullable<Calls['queueNetwork']> => ({
  transitGatewayId: `tgw-${oneOf(g, ['', '0123456ab'])}${hexOf(vpcCidr)}`,
  signallingCidrs: [`${peers(vpcCidr)}.0/28`],
  mediaCidrs: [`${peers(vpcCidr)}.0/${between(g, 24, 28)}`],
});

/** Eight digits that no other region of the deployment has. */
const hexOf = (vpcCidr: string): string =>
  (vpcCidr.split('/')[0] ?? '')
    .split('.')
    .map((octet) => Number(octet).toString(16).padStart(2, '0'))
    .join('');

/** The first three octets of a private block that is not the VPC's. */
const peers = (vpcCidr: string): string => (vpcCidr.startsWith('192.168.') ? '10.200.7' : '192.168.7');

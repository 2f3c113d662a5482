import { z } from 'zod';
import { toolSchema } from '../../media/contract/functions';
import { cidr, e164, matching } from './forms';

/** A word that the media server's dialplan, events and ledger take as it is. */
const name = matching(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  'a plain name of letters, digits, dots and dashes, without spaces, such as front-desk',
);

/** No header, no parameter but the transport: it is dialled as it stands. */
const SIP_URI = /^sip:[A-Za-z0-9+._-]+@[A-Za-z0-9.-]+(:\d{1,5})?(;transport=(udp|tcp))?$/;

const text = z.string().min(1).max(500);

export const numberSchema = z.strictObject({
  number: e164,
  function: name.describe('business function of the number, as events, queries and the ledger call it'),
  persona: z.string().min(1),
  language: matching(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'a language tag such as en-US'),
  queue: name.describe('where a human takes over; one of queues'),
  greeting: text.optional().describe('said first (default: the greeting of the language)'),
  voice: z.string().min(1).optional().describe('voice of the speech engine (default: that of the agent)'),
  model: z.string().min(1).optional().describe('model of the llm service that answers (default: the one it serves)'),
  tools: z
    .array(toolSchema)
    .min(1)
    .optional()
    .describe('what the agent may ask outside; hosts stand under outsideHosts'),
  kpis: z
    .array(
      z.strictObject({
        measure: text.describe('what is looked at, such as calls that end without a person'),
        target: text.describe('such as 80 % a week'),
      }),
    )
    .min(1)
    .optional()
    .describe('what the function is held to; shown on the dashboard of the region'),
});

export const queueSchema = z.strictObject({
  name: name.describe('as in numbers'),
  uri: matching(SIP_URI, 'a SIP URI such as sip:desk@192.168.10.20'),
  how: z
    .enum(['bridge', 'refer'])
    .describe('bridge: dialled in queueNetwork, the recording goes on; refer: the carrier takes the call there'),
});

export const queueNetworkSchema = z.strictObject({
  transitGatewayId: matching(
    /^tgw-[0-9a-f]{8}([0-9a-f]{9})?$/,
    'a transit gateway id such as tgw-0123456789abcdef0',
  ).describe(
    'of this region, or shared with the account; it must accept attachments by itself and route back to the VPC',
  ),
  signallingCidrs: z
    .array(cidr)
    .min(1)
    .max(8)
    .describe('where bridged queues answer SIP; each uri names an address in it'),
  mediaCidrs: z.array(cidr).min(1).max(8).describe('where their audio comes from and goes to'),
});

import path from 'node:path';
import { PLAIN, plainCarrier } from '../support/carriers';
import { Edge } from '../support/edge';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { MediaNode } from '../support/sip/media-node';
import { sipp } from '../support/sipp';
import { until } from '../support/until';

const CALLS = 60;
const A_SECOND = 30;

describeWith(['kamailio', 'rtpengine', 'sipp'], 'SIPp as the carrier', () => {
  test('all its calls are answered and ended, by turns on two nodes, and nothing is left of them', async () => {
    const edge = await Edge.start({ carriers: [plainCarrier] });
    const nodes = await Promise.all(
      ['127.0.0.21', '127.0.0.22'].map(async (address) =>
        MediaNode.at({ address, port: await freePort() }, edge.at('SIP_INNER_PORT')),
      ),
    );
    edge.writeList(nodes.map(({ uri }) => `1 ${uri}`));
    await edge.rpc('dispatcher.reload');
    await until('the nodes to be seen', async () => (await edge.get('/ready')).status === 200);
    const { status, output } = await sipp({
      from: { address: PLAIN, port: await freePort() },
      to: edge.at('SIP_PORT'),
      directory: edge.directory,
      args: [
        '-sf',
        path.join(__dirname, 'uac.xml'),
        '-s',
        '+12025550111',
        '-m',
        String(CALLS),
        '-r',
        String(A_SECOND),
        '-d',
        '200',
      ],
    });
    expect({ status, output: status === 0 ? '' : output.slice(-2_000) }).toEqual({ status: 0, output: '' });
    expect(nodes.map(({ invites }) => invites.length)).toEqual([CALLS / 2, CALLS / 2]);
    await until('every end', () => edge.events().filter(({ event }) => event === 'call.ended').length === CALLS);
    await until('no dialogs', async () =>
      JSON.stringify((await edge.rpc('dlg.stats_active')).result).includes('"all":0'),
    );
  });
});

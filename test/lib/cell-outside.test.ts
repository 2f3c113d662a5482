import { edgeContainers } from '../../media/contract';
import type { CellPlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';
import { CellTemplate, plan, type Properties } from '../support/cell-template';
import { edgeInput } from '../support/contract-input';

type Rule = Readonly<Record<string, unknown>>;

/** Rules of the group of a tier, of one direction: those in it to addresses, and those that stand apart. */
function rulesOf(stack: CellTemplate, tier: string, direction: 'Ingress' | 'Egress'): Rule[] {
  const groups = Object.entries(stack.template.findResources('AWS::EC2::SecurityGroup'));
  const [id = '', body] = groups.find(([name]) => name.startsWith(`SecurityGroups${tier}`)) ?? [];
  const properties: Properties = body?.['Properties'] ?? {};
  const inline = (properties[`SecurityGroup${direction}`] ?? []) as Rule[];
  const apart = stack
    .all(`AWS::EC2::SecurityGroup${direction}`)
    .filter(({ GroupId }) => JSON.stringify(GroupId).includes(`"${id}"`));
  return [...inline, ...apart];
}

const addressed = (rules: readonly Rule[]): string[] =>
  rules
    .filter(({ CidrIp }) => CidrIp !== undefined)
    .map(({ CidrIp, IpProtocol, FromPort, ToPort }) => [CidrIp, IpProtocol, FromPort, ToPort].join(' '));

describe('media nodes of a region with bridged queues', () => {
  const queues: RegionPlan['sip']['queues'] = [
    { name: 'desk', how: 'bridge', uri: 'sip:desk@192.168.40.10' },
    { name: 'trading', how: 'bridge', uri: 'sip:trading@192.168.40.11:5070;transport=tcp' },
    { name: 'clinic', how: 'refer', uri: 'sip:+12025550102@203.0.113.10:5099' },
  ];
  const queueNetwork = {
    transitGatewayId: 'tgw-0123456789abcdef0',
    signallingCidrs: ['192.168.40.8/29'],
    mediaCidrs: ['192.168.40.0/24'],
  };
  const stack = new CellTemplate({
    ...plan,
    sip: { ...plan.sip, queues },
    network: { ...plan.network, queueNetwork },
  });
  const { from, to } = (plan.cells[0] as CellPlan).media.rtpPorts;

  test('call them on their ports, and exchange audio with them', () => {
    expect(addressed(rulesOf(stack, 'Media', 'Egress'))).toEqual([
      '192.168.40.8/29 udp 5060 5060',
      '192.168.40.8/29 tcp 5070 5070',
      '192.168.40.0/24 udp 1024 65535',
    ]);
  });

  test('let them end a call and speak, on the ports of the media server', () => {
    expect(addressed(rulesOf(stack, 'Media', 'Ingress'))).toEqual([
      '192.168.40.8/29 udp 5060 5060',
      '192.168.40.8/29 tcp 5060 5060',
      `192.168.40.0/24 udp ${from} ${to}`,
    ]);
  });

  test('are the only ones to do so', () => {
    for (const tier of ['Edge', 'Stt', 'Llm', 'Tts'])
      for (const direction of ['Ingress', 'Egress'] as const)
        expect(addressed(rulesOf(stack, tier, direction)).join()).not.toContain('192.168.40.');
  });
});

test('media nodes of a region whose queues are referred reach no address', () => {
  const stack = new CellTemplate();
  expect(addressed([...rulesOf(stack, 'Media', 'Ingress'), ...rulesOf(stack, 'Media', 'Egress')])).toEqual([]);
});

describe('a cell with hosts outside', () => {
  const containers = edgeContainers({ ...edgeInput(), outsideHosts: ['crm.example.com'] });
  const [first, ...others] = plan.cells as readonly [CellPlan, ...CellPlan[]];
  const cell = { ...first, proxyService: 'proxy', edge: { ...first.edge, containers } };
  const stack = new CellTemplate({ ...plan, cells: [cell, ...others] });

  test('has a proxy beside its SIP proxies, listed in its namespace', () => {
    const service = stack.callServices().find(({ ServiceName }) => ServiceName === 'edge');
    expect(service?.['ServiceRegistries']).toEqual([
      expect.objectContaining({ ContainerName: 'proxy', ContainerPort: 3128 }),
    ]);
    stack.template.hasResourceProperties('AWS::ServiceDiscovery::Service', {
      Name: 'proxy',
      DnsConfig: { DnsRecords: [{ Type: 'SRV', TTL: 10 }] },
    });
  });

  test('lets the edge out by HTTPS, and media nodes to the proxy', () => {
    expect(addressed(rulesOf(stack, 'Edge', 'Egress'))).toContain('0.0.0.0/0 tcp 443 443');
    const toProxy = rulesOf(stack, 'Edge', 'Ingress').filter(({ FromPort }) => FromPort === 3128);
    expect(toProxy).toEqual([
      expect.objectContaining({
        SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringContaining('Media'), 'GroupId'] },
      }),
    ]);
  });

  test('lets nobody else to the proxy: models stay without a way out', () => {
    for (const tier of ['Stt', 'Llm', 'Tts'])
      expect(rulesOf(stack, tier, 'Egress').map(({ FromPort }) => FromPort)).toEqual([443, 443]);
  });
});

test('a cell without hosts outside has no proxy and no way to the web', () => {
  const stack = new CellTemplate();
  expect(addressed(rulesOf(stack, 'Edge', 'Egress')).join()).not.toContain('0.0.0.0/0');
  expect(stack.hostContainers().map(({ Name }) => Name)).not.toContain('proxy');
});

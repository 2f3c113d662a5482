import { known, type Unknown } from '../../../../../aws/answer';
import type { RegionFacts } from '../../../../../compliance/audit/live/running/facts';
import { judgeCell, type CellJudged } from '../../../../../compliance/audit/live/running/judge-cell';
import { RUNTIME_RULES } from '../../../../../compliance/audit/live/running/rules';
import type { Finding } from '../../../../../compliance/audit/posture';
import {
  arnOf,
  cleanFacts,
  judgedWith,
  lockedSandbox,
  LOCKED,
  NOW,
  subnetIdOf,
  withTask,
  type Sandbox,
} from '../../../../support/running-cell';

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = lockedSandbox();
});

const OTHER = `sha256:${'b'.repeat(64)}`;

const notMet = (judged: CellJudged): Finding[] =>
  judgeCell(judged).filter(({ status }) => status !== 'met' && status !== 'notApplicable');

/** `CELL-01 unmet: message`, of what is not met. */
const said = (judged: CellJudged): string[] =>
  notMet(judged).map(({ control, status, message }) => `${control} ${status}: ${message}`);

const denied = (action: string): Unknown => ({
  known: false,
  action,
  why: `not allowed: ${action}`,
  remedy: 'allow it; --policy prints the whole read-only policy',
});

const inOtherZone = (): Partial<RegionFacts> => ({
  instances: known(
    new Map([
      [
        'i-media',
        { azId: 'use1-az6', azName: 'us-east-1a', placementGroup: undefined, subnets: [subnetIdOf('media')] },
      ],
    ]),
  ),
});

test('a cell that runs as planned is met rule by rule, of every service and as a whole', () => {
  const findings = judgeCell(judgedWith(sandbox));
  expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['met']));
  expect(new Set(findings.map(({ control }) => control))).toEqual(
    new Set(Object.values(RUNTIME_RULES).map(({ id }) => id)),
  );
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
});

test('a finding is of the service as the template has it, so that it is the same one when tasks are others', () => {
  const task = withTask(sandbox, 'media', () => ({ allowsExec: true, arn: arnOf('other') }));
  const [first] = notMet(task);
  const [again] = notMet(withTask(sandbox, 'media', () => ({ allowsExec: true })));
  expect(first).toMatchObject({
    control: 'CELL-08',
    unit: 'sandbox',
    region: 'us-east-1',
    stack: 'sandbox/us-east-1/cell-use1-az1',
    resource: expect.stringMatching(/^MediaCallsService/),
    type: 'AWS::ECS::Service',
    framework: ['house'],
    fingerprint: again?.fingerprint,
  });
});

describe('place', () => {
  test('a task in another Availability Zone is fatal, and says both', () => {
    const found = notMet(judgedWith(sandbox, { region: inOtherZone() })).find(({ message }) =>
      message.includes('use1-az6'),
    );
    expect(found).toMatchObject({
      control: 'CELL-01',
      severity: 'fatal',
      status: 'unmet',
      message: 'task media0001 runs in use1-az6, outside its cell use1-az1',
    });
  });

  test('a name of a zone counts by the id it has in this account', () => {
    const zones = known(new Map([['us-east-1b', 'use1-az2']]));
    expect(said(judgedWith(sandbox, { region: { zones } }))).toHaveLength(5);
  });

  test.each([
    ['instances', 'ec2:DescribeInstances', ['CELL-01', 'CELL-02', 'CELL-09']],
    ['zones', 'ec2:DescribeAvailabilityZones', ['CELL-01']],
    ['subnets', 'ec2:DescribeSubnets', ['CELL-02']],
    ['images', 'ecr:BatchGetImage', ['CELL-05']],
  ] as const)('where %s may not be read, %s is named and nothing is met', (fact, action, controls) => {
    const found = notMet(judgedWith(sandbox, { region: { [fact]: denied(action) } }));
    expect(new Set(found.map(({ control }) => control))).toEqual(new Set(controls));
    for (const { status, message, remedy } of found)
      expect([status, message, remedy]).toEqual([
        'indeterminate',
        expect.stringContaining(`not allowed: ${action}`),
        expect.stringContaining('--policy'),
      ]);
  });

  test('an address in a subnet of another tier or zone is found, be it of the node or of the task', () => {
    const moved = withTask(sandbox, 'llm', () => ({ subnets: [subnetIdOf('edge')] }));
    expect(said(moved)).toEqual([
      expect.stringMatching(
        /^CELL-02 unmet: task llm0001 has an address in subnet-edge, .+ planned is .+ in use1-az1$/,
      ),
    ]);
    const clean = cleanFacts(sandbox).subnets;
    const elsewhere = clean.known
      ? known(new Map([...clean.value].map(([id, { cidr }]) => [id, { azId: 'use1-az6', cidr }] as const)))
      : clean;
    expect(said(judgedWith(sandbox, { region: { subnets: elsewhere } }))).toHaveLength(5);
  });

  test('a placement group is found where none is planned, and missed where one is', () => {
    const node = { azId: 'use1-az1', azName: undefined, placementGroup: 'pg', subnets: [subnetIdOf('stt')] };
    const clean = cleanFacts(sandbox).instances;
    const instances = known(new Map([...(clean.known ? clean.value : []), ['i-stt', node]]));
    expect(said(judgedWith(sandbox, { region: { instances } }))).toEqual([
      'CELL-09 unmet: task stt0001 runs in placement group pg, planned is none',
    ]);
    const { cell } = sandbox;
    const clustered = {
      ...cell,
      inference: cell.inference.map((one) => ({ ...one, placementGroup: 'cluster' as const })),
    };
    expect(said({ ...judgedWith(sandbox, { region: { instances } }), cell: clustered })).toEqual([
      expect.stringContaining('CELL-09 unmet: task llm0001 runs in no placement group'),
      expect.stringContaining('CELL-09 unmet: task tts0001 runs in no placement group'),
    ]);
  });

  test('a task on no instance of the account, as on Fargate, is not shown to be in the cell', () => {
    expect(said(withTask(sandbox, 'tts', () => ({ containerInstance: undefined })))[0]).toBe(
      'CELL-01 unmet: task tts0001 runs on no instance of the account that is there',
    );
  });
});

describe('stages', () => {
  const services = (desired: number, running: number) => {
    const all = ['edge', 'media', 'stt', 'llm'].map((name) => ({ name, desired: 1, running: 1 }));
    return { cluster: { services: known([...all, { name: 'tts', desired, running }]) } };
  };

  test.each([
    [0, 0, 'tts is stopped: it wants no task, the plan keeps at least 1'],
    [2, 0, 'tts is down: it wants 2 tasks and none runs'],
  ])('one that wants %d tasks and runs %d is found', (desired, running, message) => {
    expect(said(judgedWith(sandbox, services(desired, running)))).toEqual([`CELL-03 unmet: ${message}`]);
  });

  test('one that runs fewer than the plan keeps is found; one that is on its way to more is not', () => {
    expect(said(judgedWith(sandbox, services(2, 1)))).toEqual([]);
    const { cell } = sandbox;
    const two = { ...cell, inference: cell.inference.map((one) => ({ ...one, tasks: { min: 2, max: 3 } })) };
    expect(said({ ...judgedWith(sandbox, services(2, 2)), cell: two })).toEqual([
      'CELL-03 unmet: stt runs 1 of the 2 tasks that the plan keeps at least',
      'CELL-03 unmet: llm runs 1 of the 2 tasks that the plan keeps at least',
    ]);
  });

  test('a cluster without the service, or that is not there, lacks the stage', () => {
    expect(said(judgedWith(sandbox, { cluster: { services: known([]) } }))).toHaveLength(5);
  });

  test('where nothing runs, only the stage is judged', () => {
    const { cluster } = services(0, 0);
    const findings = judgeCell(judgedWith(sandbox, { cluster: { ...cluster, tasks: known([]) } }));
    expect(findings.filter(({ control }) => control === 'CELL-01').map(({ status }) => status)).toEqual(
      Array.from({ length: 5 }, () => 'notApplicable'),
    );
  });

  test.each([['ecs:ListTasks'], ['ecs:DescribeTasks']])(
    'where %s is denied, nothing but the stages is met',
    (action) => {
      const findings = judgeCell(judgedWith(sandbox, { cluster: { tasks: denied(action) } }));
      const isMet = findings.filter(({ status }) => status === 'met').map(({ control }) => control);
      expect(new Set(isMet)).toEqual(new Set(['CELL-03']));
      expect(findings.find(({ control }) => control === 'CELL-11')?.message).toContain(action);
    },
  );
});

describe('what runs', () => {
  test('a third-party image off the digest of the lock is found', () => {
    const other = withTask(sandbox, 'llm', ({ containers }) => ({
      containers: containers.map((one) => ({ ...one, digest: OTHER })),
    }));
    expect(said(other)).toEqual([
      `CELL-04 unmet: container llm runs ${OTHER.slice(0, 19)}, locked is ${LOCKED.slice(0, 19)} (${llmImage()})`,
    ]);
  });

  const llmImage = (): string => sandbox.cell.inference.find(({ tier }) => tier === 'llm')?.image.reference ?? '';

  test('an image that nobody has locked cannot be told', () => {
    const { cell } = sandbox;
    const inference = cell.inference.map(({ image: { reference, uri }, ...one }) => ({
      ...one,
      image: { reference, uri },
    }));
    const found = notMet({ ...judgedWith(sandbox), cell: { ...cell, inference } });
    expect(found.map(({ control, status }) => `${control} ${status}`)).toEqual(
      Array.from({ length: 3 }, () => 'CELL-04 indeterminate'),
    );
  });

  test('an image of the kit that is not the asset of the template is found', () => {
    const other = withTask(sandbox, 'media', ({ containers }) => ({
      containers: containers.map((one) => (one.name === 'agent' ? { ...one, digest: OTHER } : one)),
    }));
    expect(said(other)).toEqual([
      expect.stringMatching(
        /^CELL-05 unmet: container agent runs sha256:b{12}, not asset [0-9a-f]{12}, which is sha256:/,
      ),
    ]);
  });

  test('an asset that its repository does not hold cannot be what runs', () => {
    expect(said(judgedWith(sandbox, { region: { images: known(new Map()) } }))[0]).toContain('does not hold');
  });

  test('a container beyond the plan is found', () => {
    const more = { name: 'sidecar', digest: OTHER, gpus: 0, ports: [] };
    const found = withTask(sandbox, 'edge', ({ containers }) => ({ containers: [...containers, more] }));
    expect(said(found)).toEqual([
      `CELL-04 unmet: container sidecar of task edge0001 is not in the plan, and runs ${OTHER.slice(0, 19)}`,
    ]);
  });

  test.each([
    ['reported', 'media', { protocol: 'tcp', port: 22 }],
    ['reported', 'llm', { protocol: 'tcp', port: 8000 }],
  ] as const)('a port of the node beyond the plan is found where it is %s, of %s', (_, service, port) => {
    const found = withTask(sandbox, service, ({ containers }) => ({
      containers: containers.map((one) => ({ ...one, ports: [port] })),
    }));
    expect(said(found)).toEqual([
      `CELL-06 unmet: task ${service}0001 takes tcp/${port.port} of its node, which the plan does not`,
    ]);
  });

  test.each([
    ['udp', 10_000, 0],
    ['tcp', 10_000, 1],
    ['tcp', 5060, 0],
  ])('%s port %d of the edge is judged by the ranges of its contracts', (protocol, port, count) => {
    const definitions = new Map([['td-edge', known({ ports: [{ protocol, port }], gpus: 0 })]]);
    const found = said(judgedWith(sandbox, { cluster: { definitions } }));
    expect(found.filter((line) => line.startsWith('CELL-06 unmet'))).toHaveLength(count);
  });

  test('a task without its GPU is found, in what runs and in what its definition reserves', () => {
    const none = withTask(sandbox, 'stt', ({ containers }) => ({
      containers: containers.map((one) => ({ ...one, gpus: 0 })),
    }));
    expect(said(none)).toEqual(['CELL-07 unmet: task stt0001 runs with 0 GPUs, planned are 1']);
    const definitions = new Map([['td-llm', known({ ports: [], gpus: 0 })]]);
    expect(said(judgedWith(sandbox, { cluster: { definitions } }))).toContain(
      'CELL-07 unmet: task llm0001 reserves 0 GPUs, planned are 1',
    );
  });

  test('where a definition may not be read, ports and GPUs are not shown', () => {
    const definitions = new Map(
      ['edge', 'media', 'stt', 'llm', 'tts'].map(
        (tier) => [`td-${tier}`, denied('ecs:DescribeTaskDefinition')] as const,
      ),
    );
    const found = notMet(judgedWith(sandbox, { cluster: { definitions } }));
    expect(found.map(({ control, status }) => `${control} ${status}`).toSorted()).toEqual([
      ...Array.from({ length: 5 }, () => 'CELL-06 indeterminate'),
      ...Array.from({ length: 3 }, () => 'CELL-07 indeterminate'),
    ]);
  });

  test('a task into which a shell can be opened is found', () => {
    expect(said(withTask(sandbox, 'llm', () => ({ allowsExec: true })))).toEqual([
      'CELL-08 unmet: task llm0001 lets a shell be opened in it',
    ]);
  });

  test.each([
    [30, 0],
    [31, 0],
    [32, 1],
  ])('protection that ends in %d minutes, where a call may last 30, gives %d findings', (minutes, count) => {
    const protectedUntil = known(new Map([[arnOf('edge'), new Date(NOW.getTime() + minutes * 60_000)]]));
    const judged = { ...judgedWith(sandbox, { cluster: { protectedUntil } }), maxCallMinutes: 30 };
    expect(said(judged)).toHaveLength(count);
  });

  test('protection that never ends, or that may not be read, is not met', () => {
    const endless = known(new Map([[arnOf('edge'), undefined]]));
    expect(said(judgedWith(sandbox, { cluster: { protectedUntil: endless } }))[0]).toContain('without an end');
    const hidden = notMet(judgedWith(sandbox, { cluster: { protectedUntil: denied('ecs:GetTaskProtection') } }));
    expect(hidden.map(({ control, status }) => `${control} ${status}`)).toEqual([
      'CELL-10 indeterminate',
      'CELL-10 indeterminate',
    ]);
  });

  test('what runs beside the services of the plan is found', () => {
    const stranger = withTask(sandbox, 'tts', () => ({ service: 'miner' }));
    expect(said(stranger)).toContain('CELL-11 unmet: task tts0001 is of service miner');
    expect(said(withTask(sandbox, 'tts', () => ({ service: undefined })))).toContain(
      'CELL-11 unmet: task tts0001 is of no service',
    );
  });

  test('of many tasks with the same flaw three are named and the rest counted', () => {
    const [task] = cleanTasks();
    if (!task) throw new Error('the clean cell has tasks');
    const many = Array.from({ length: 9 }, (_, index) => ({ ...task, arn: arnOf(`n${index}-`), allowsExec: true }));
    const found = notMet(judgedWith(sandbox, { cluster: { tasks: known(many) } })).find(
      ({ control }) => control === 'CELL-08',
    );
    expect(found?.message).toMatch(/n0-0001 .+; task n1-0001 .+; task n2-0001 .+; and 6 more$/);
  });

  const cleanTasks = () => {
    const { tasks } = judgedWith(sandbox).running.cluster;
    return tasks.known ? tasks.value : [];
  };
});

test('a task of whose definition nothing was read has ports and GPUs that cannot be told', () => {
  const lines = said(judgedWith(sandbox, { cluster: { definitions: new Map() } }));
  expect(lines).toHaveLength(8);
  for (const line of lines) expect(line).toMatch(/indeterminate: the (ports|GPUs) .* nothing was read/);
});

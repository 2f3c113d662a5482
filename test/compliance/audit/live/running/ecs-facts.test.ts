import { definitionOf, serviceOf, taskOf } from '../../../../../compliance/audit/live/running/ecs-facts';

test('a task is told with its service, the subnets of its own interfaces, its digests, GPUs and ports', () => {
  const task = taskOf({
    taskArn: 'arn:aws:ecs:us-east-1:111122223333:task/c/0001',
    group: 'service:llm',
    taskDefinitionArn: 'td',
    containerInstanceArn: 'ci',
    attachments: [
      {
        details: [
          { name: 'subnetId', value: 'subnet-1' },
          { name: 'networkInterfaceId', value: 'eni-1' },
        ],
      },
    ],
    containers: [
      {
        name: 'llm',
        imageDigest: 'sha256:a',
        gpuIds: ['GPU-0', 'GPU-1'],
        networkBindings: [{ hostPort: 8000, protocol: 'udp' }, { hostPort: 8001 }, { containerPort: 1 }],
      },
    ],
  });
  expect(task).toMatchObject({ service: 'llm', subnets: ['subnet-1'], allowsExec: false });
  expect(task.containers).toEqual([
    {
      name: 'llm',
      digest: 'sha256:a',
      gpus: 2,
      ports: [
        { protocol: 'udp', port: 8000 },
        { protocol: 'tcp', port: 8001 },
      ],
    },
  ]);
  expect(taskOf({ group: 'family:llm' }).service).toBeUndefined();
});

test.each([
  ['host', [{ containerPort: 5061 }], [{ protocol: 'tcp', port: 5061 }]],
  ['host', [{ containerPort: 5061, hostPort: 0, protocol: 'udp' as const }], [{ protocol: 'udp', port: 5061 }]],
  ['bridge', [{ containerPort: 80, hostPort: 8080 }], [{ protocol: 'tcp', port: 8080 }]],
  ['awsvpc', [{ containerPort: 8000 }], []],
] as const)('in network mode %s the ports %j take of their node %j', (networkMode, portMappings, ports) => {
  const definition = { networkMode, containerDefinitions: [{ portMappings: [...portMappings] }] };
  expect(definitionOf(definition).ports).toEqual(ports);
});

test('the GPUs of all containers are counted, and nothing else that is reserved', () => {
  const containerDefinitions = [
    { resourceRequirements: [{ type: 'GPU' as const, value: '2' }] },
    { resourceRequirements: [{ type: 'InferenceAccelerator' as const, value: 'device' }] },
    { resourceRequirements: [{ type: 'GPU' as const, value: '1' }] },
  ];
  expect(definitionOf({ containerDefinitions }).gpus).toBe(3);
});

test('a service that has been deleted and is still listed is none', () => {
  expect(serviceOf({ serviceName: 'stt', status: 'INACTIVE' })).toEqual([]);
  expect(serviceOf({ serviceName: 'stt', status: 'ACTIVE', desiredCount: 2, runningCount: 1 })).toEqual([
    { name: 'stt', desired: 2, running: 1 },
  ]);
});

import { UNKNOWN } from '../../../compliance/templates/evaluate';
import { evidenceOfFiles, propertiesIn, readFiles } from '../../support/template-files';

const typesIn = (text: string): Readonly<Record<string, string>> => {
  const { stacks } = readFiles({ 'demo.yaml': text });
  return Object.fromEntries(Object.entries(stacks[0]?.body.Resources ?? {}).map(([id, { Type: type }]) => [id, type]));
};

describe('loops', () => {
  const LOOP = `
Transform: AWS::LanguageExtensions
Parameters: { Names: { Type: CommaDelimitedList, Default: 'us-1,eu-2' }, Asked: { Type: CommaDelimitedList } }
Resources:
  Fn::ForEach::Outer:
    - Region
    - !Ref Names
    - Fn::ForEach::Inner:
        - Kind
        - [a, b]
        - Store&{Region}\${Kind}:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: !Sub '\${Region}-\${Kind}'
              Label: !Ref Kind
              Fn::ForEach::Tags: [Tag, [X, Y], { 'Tag\${Tag}': !Ref Tag }]
  Fn::ForEach::Unknown: [One, !Ref Asked, { 'No\${One}': { Type: AWS::S3::Bucket } }]
Outputs:
  Fn::ForEach::Out: [R, !Ref Names, { 'Out&{R}': { Value: !Ref R, Export: { Name: !Sub 'out-\${R}' } } }]
`;

  test('are written out, within each other, in properties and in outputs', () => {
    const { stacks, limits } = readFiles({ 'demo.yaml': LOOP });
    expect(Object.keys(stacks[0]?.body.Resources ?? {})).toEqual(['Storeus1a', 'Storeus1b', 'Storeeu2a', 'Storeeu2b']);
    expect(Object.keys(stacks[0]?.body.Outputs ?? {})).toEqual(['Outus1', 'Outeu2']);
    expect(propertiesIn(LOOP, 'Storeeu2b')).toEqual({ BucketName: 'eu-2-b', Label: 'b', TagX: 'X', TagY: 'Y' });
    expect(limits).toEqual([
      'demo.yaml: Fn::ForEach::Unknown is not written out, for its collection is not known: what it would make is not judged',
    ]);
  });

  test('are found in the file by their key', () => {
    const read = readFiles({ 'demo.yaml': LOOP });
    const [first] = evidenceOfFiles(read).set.resources;
    expect(first && read.locate(first)).toEqual({ file: 'demo.yaml', line: 5 });
  });

  test('take a list that is given by hand', () => {
    const { stacks } = readFiles({ 'demo.yaml': LOOP }, ['demo.yaml'], { parameters: { Names: 'q', Asked: '1,2' } });
    expect(Object.keys(stacks[0]?.body.Resources ?? {})).toEqual(['Storeqa', 'Storeqb', 'No1', 'No2']);
  });

  test('that would make more than any memory holds are left out', () => {
    const ten = JSON.stringify(Array.from({ length: 30 }, (_, index) => `x${index}`));
    const nested = Array.from({ length: 8 }).reduce<string>(
      (inner, _, depth) => `{"Fn::ForEach::L${depth}": ["I${depth}", ${ten}, ${inner}]}`,
      '{"R${I0}${I1}${I2}${I3}${I4}${I5}${I6}${I7}": {"Type": "A::B::C"}}',
    );
    const { limits } = readFiles({ 'demo.json': `{"Resources": ${nested}}` });
    expect(limits.at(-1)).toContain('loops make more than can be judged');
  });
});

describe('serverless', () => {
  const GLOBALS = 'Globals: { Function: { Runtime: nodejs22.x, Environment: { Variables: { A: 1 } }, Layers: [x] } }\n';
  const SAM = `Transform: AWS::Serverless-2016-10-31\n${GLOBALS}Resources:\n`;
  const FUNCTION = `${SAM}  A:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: a.b
      Layers: [y]
      Environment: { Variables: { B: 2 } }
      Tags: { team: speech }
      Policies: [AWSLambdaExecute, { S3ReadPolicy: { BucketName: audio } }, { Statement: [{ Effect: Allow, Action: 'a:b', Resource: '*' }] }, { VPCAccessPolicy: {} }]
      Events:
        Queue: { Type: SQS, Properties: { Queue: 'arn:aws:sqs:us-east-1:111122223333:q', BatchSize: 1 } }
        Daily: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
        Call: { Type: Api, Properties: { Path: /, Method: get } }
        Odd: { Type: AlexaSkill }
`;

  test('a function is a function, a role, its event sources and the API that none was named for', () => {
    expect(typesIn(FUNCTION)).toEqual({
      ServerlessRestApi: 'AWS::ApiGateway::RestApi',
      A: 'AWS::Lambda::Function',
      ARole: 'AWS::IAM::Role',
      AQueue: 'AWS::Lambda::EventSourceMapping',
      ADaily: 'AWS::Events::Rule',
    });
  });

  test('a function has what Globals gives it, and its code is not known', () => {
    expect(propertiesIn(FUNCTION)).toMatchObject({
      Runtime: 'nodejs22.x',
      Layers: ['x', 'y'],
      Environment: { Variables: { A: 1, B: 2 } },
      Tags: [{ Key: 'team', Value: 'speech' }],
      Code: UNKNOWN,
    });
  });

  test('policies are statements where they are known, and not known elsewhere', () => {
    const { ManagedPolicyArns: arns, Policies: policies } = propertiesIn(FUNCTION, 'ARole');
    expect(arns).toContain('arn:aws:iam::aws:policy/AWSLambdaExecute');
    expect(policies).toMatchObject([
      {
        PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: ['arn:aws:s3:::audio', 'arn:aws:s3:::audio/*'] }] },
      },
      { PolicyDocument: { Statement: [{ Action: 'a:b' }] } },
      { PolicyDocument: UNKNOWN },
    ]);
    expect(readFiles({ 'demo.yaml': FUNCTION }).limits).toEqual([
      'demo.yaml: policy VPCAccessPolicy of A is not written out: what it allows is not known',
      'demo.yaml: event Odd (AlexaSkill) of A is not expanded: what it would make is not judged',
    ]);
  });

  test('what is made of a resource is found where that stands', () => {
    const read = readFiles({ 'demo.yaml': FUNCTION });
    const role = evidenceOfFiles(read).set.resources.find(({ logicalId }) => logicalId === 'ARole');
    expect(role && read.locate(role)).toEqual({ file: 'demo.yaml', line: 4 });
  });

  test('a simple table is a table with its encryption', () => {
    const text = `${SAM}  A: { Type: AWS::Serverless::SimpleTable, Properties: { SSESpecification: { SSEEnabled: true } } }\n`;
    expect(typesIn(text)).toEqual({ A: 'AWS::DynamoDB::Table' });
    expect(propertiesIn(text)).toMatchObject({
      SSESpecification: { SSEEnabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  test('a state machine has a role, and one kind that is not known stays and is told', () => {
    const text = `${SAM}  A: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: x } }\n  B: { Type: AWS::Serverless::Connector }\n`;
    expect(typesIn(text)).toMatchObject({ A: 'AWS::StepFunctions::StateMachine', ARole: 'AWS::IAM::Role' });
    expect(readFiles({ 'demo.yaml': text }).limits).toHaveLength(1);
  });
});

describe('macros', () => {
  test('make what they may write unknown, and are told', () => {
    const text = `Transform: [Mine, AWS::LanguageExtensions]
Resources:
  A: { Type: AWS::S3::Bucket, Properties: { Fn::Transform: { Name: Other }, BucketName: a } }
  Fn::Transform: { Name: More }
`;
    const { limits, stacks } = readFiles({ 'demo.yaml': text });
    expect(limits).toEqual([
      'demo.yaml: transform Mine is not run: resources it would add or change are not judged',
      'demo.yaml: Fn::Transform in Resources is not run: resources it would add are not judged',
      'demo.yaml: Fn::Transform in A is not run: what it would write there is not known',
    ]);
    const evidence = evidenceOfFiles({ ...readFiles({ 'demo.yaml': text }), stacks });
    const [bucket] = evidence.ofType('AWS::S3::Bucket');
    expect(bucket && evidence.at(bucket, 'BucketName')).toBe('a');
    expect(bucket && evidence.at(bucket, 'BucketEncryption.ServerSideEncryptionConfiguration')).toBe(UNKNOWN);
  });
});

import { ECSClient, ListAttributesCommand, PutAttributesCommand } from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { type Word, toldAt, nextWord, readWord, textOf } from '../../../media/roster/lifecycle/word';
import { Words } from '../../../media/roster/lifecycle/words';

const AT = Date.parse('2026-11-26T12:00:00Z');
const word = (bent: Partial<Word> = {}): Word => ({ node: 'a', calls: 3, isLeaving: false, at: AT, ...bent });
const leaver = word({ isLeaving: true });
const takenOne = word({ isLeaving: true, isTaken: true });
const later = (seconds: number, bent: Partial<Word> = {}) => word({ at: AT + seconds * 1_000, ...bent });

describe('what a node says of itself', () => {
  test.each([word(), word({ calls: undefined }), word({ isLeaving: true, calls: 0 }), takenOne])(
    'is read as written: %j',
    (one) => {
      expect(readWord(textOf(one))).toEqual(one);
    },
  );

  test('fits the value of an ECS attribute', () => {
    const text = textOf(word({ node: '0123456789abcdef'.repeat(2), calls: undefined }));
    expect(text).toMatch(/^[\w.@/\\:-][\w.@/\\: -]{0,126}[\w.@/\\:-]$/);
  });

  test.each(['', 'a', 'a 3 stays', 'a -1 stays 2026-11-26T12:00:00Z', 'a 3 stays soon'])('%j is no word', (text) => {
    expect(readWord(text)).toBeUndefined();
  });

  test.each<[string, Word, Word | undefined, boolean, boolean]>([
    ['its count when somebody decides by it', word(), undefined, true, true],
    ['nothing when nobody does', word(), undefined, false, false],
    ['nothing because a call came', later(29, { calls: 9 }), word(), true, false],
    ['its count again after half a minute', later(30), word(), true, true],
    ['that it leaves, at once', later(1, { isLeaving: true }), word(), true, true],
    ['that once', later(100, { isLeaving: true }), word({ isLeaving: true }), true, false],
    ['that it is taken, also where nobody asks yet', word({ isLeaving: true, isTaken: true }), undefined, false, true],
    ['that it is taken after it wanted to go', later(1, { isLeaving: true, isTaken: true }), leaver, false, true],
    ['that it is taken, once', later(9, { isLeaving: true, isTaken: true }), takenOne, true, false],
    ['that it stays after all, also where nobody asks any more', later(1), word({ isLeaving: true }), false, true],
  ])('is %s', (_, now, said, isWanted, isSaid) => {
    expect(nextWord(now, said, isWanted)).toEqual(isSaid ? now : undefined);
  });

  test('counts for a minute and a half; that it leaves, and with how many calls, until it says otherwise', () => {
    const isKnown = (one: Word, seconds: number) => toldAt(one, AT + seconds * 1_000).calls !== undefined;
    expect([isKnown(word(), 89), isKnown(word(), 90)]).toEqual([true, false]);
    expect(toldAt(word({ isLeaving: true }), AT + 7_200_000)).toMatchObject({ calls: 3, isLeaving: true });
  });
});

describe('where it is said', () => {
  const ecs = mockClient(ECSClient);
  const client = new ECSClient({ region: 'us-east-1' });
  const self = {
    task: 'arn:aws:ecs:us-east-1:1:task/cell/a',
    taskDefinition: 'media:1',
    containerInstance: 'instance/1',
  };
  let now: number;
  let failures: number;
  let warnings: string[];
  let words: Words;
  const puts = () => ecs.commandCalls(PutAttributesCommand).map(({ args }) => args[0].input);

  beforeEach(() => {
    ecs.reset();
    [now, failures, warnings] = [0, 0, []];
    words = new Words({
      ecs: client,
      cluster: 'cell',
      now: () => now,
      tellFailure: () => (failures += 1),
      warn: (message) => warnings.push(message),
    });
  });

  test("is the node's container instance in the cluster of the cell", async () => {
    await words.say(self, { calls: 3, isLeaving: false }, true);
    expect(puts()).toEqual([
      {
        cluster: 'cell',
        attributes: [
          {
            name: 'voicecell.load',
            value: expect.stringMatching(/^a 3 stays /) as string,
            targetType: 'container-instance',
            targetId: 'instance/1',
          },
        ],
      },
    ]);
  });

  test('and is said again where ECS did not take it, five seconds later, and that is told', async () => {
    const say = (calls: number) => words.say(self, { calls, isLeaving: false }, true);
    ecs.on(PutAttributesCommand).rejectsOnce(new Error('Rate exceeded')).resolves({});
    await expect(say(3)).rejects.toThrow('Rate exceeded');
    await say(3);
    expect([puts().length, failures]).toEqual([1, 1]);
    now = 5_000;
    await say(3);
    await say(4);
    expect([puts().length, failures]).toEqual([2, 1]);
  });

  test('and is read less often where ECS does not say, which is told and warned of', async () => {
    const reads = () => ecs.commandCalls(ListAttributesCommand).length;
    ecs.on(ListAttributesCommand).rejectsOnce(new Error('Rate exceeded')).resolves({});
    expect([await words.told(['task/cell/a']), await words.told(['task/cell/a'])]).toEqual([undefined, undefined]);
    expect([reads(), failures, warnings]).toEqual([1, 1, ['what other nodes say: Rate exceeded']]);
    now = 5_000;
    expect(await words.told(['task/cell/a'])).toMatchObject([{ node: 'task/cell/a', calls: undefined }]);
    expect([reads(), failures]).toEqual([2, 1]);
  });

  test('of every task of the service, and of no other', async () => {
    const at = Date.now();
    const say = (one: Word) => ({ name: 'voicecell.load', value: textOf({ ...one, at }) });
    ecs
      .on(ListAttributesCommand)
      .resolves({ attributes: [say(word()), say(word({ node: 'of-the-edge' }))], nextToken: 'more' });
    ecs
      .on(ListAttributesCommand, { nextToken: 'more' })
      .resolves({ attributes: [say(word({ node: 'b', isLeaving: true }))] });
    expect(await words.told(['task/cell/a', 'task/cell/b', 'task/cell/c'])).toMatchObject([
      { node: 'task/cell/a', calls: 3, isLeaving: false },
      { node: 'task/cell/b', calls: 3, isLeaving: true },
      { node: 'task/cell/c', calls: undefined, isLeaving: false, ageMs: 0 },
    ]);
  });
});

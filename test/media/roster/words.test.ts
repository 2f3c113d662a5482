import { ECSClient, ListAttributesCommand, PutAttributesCommand } from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { type Word, toldAt, nextWord, readWord, textOf } from '../../../media/roster/lifecycle/word';
import { OwnWord, toldOf } from '../../../media/roster/lifecycle/words';

const AT = Date.parse('2026-11-26T12:00:00Z');
const word = (bent: Partial<Word> = {}): Word => ({ node: 'a', calls: 3, isLeaving: false, at: AT, ...bent });
const later = (seconds: number, bent: Partial<Word> = {}) => word({ at: AT + seconds * 1_000, ...bent });

describe('what a node says of itself', () => {
  test.each([word(), word({ calls: undefined }), word({ isLeaving: true, calls: 0 })])(
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
  const puts = () => ecs.commandCalls(PutAttributesCommand).map(({ args }) => args[0].input);

  beforeEach(() => ecs.reset());

  test("is the node's container instance in the cluster of the cell", async () => {
    await new OwnWord(client, 'cell').say(self, { calls: 3, isLeaving: false }, true);
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

  test('and is said again where ECS did not take it', async () => {
    const own = new OwnWord(client, 'cell');
    ecs.on(PutAttributesCommand).rejectsOnce(new Error('Rate exceeded')).resolves({});
    await expect(own.say(self, { calls: 3, isLeaving: false }, true)).rejects.toThrow('Rate exceeded');
    await own.say(self, { calls: 3, isLeaving: false }, true);
    await own.say(self, { calls: 4, isLeaving: false }, true);
    expect(puts()).toHaveLength(2);
  });

  test('of every task of the service, and of no other', async () => {
    const say = (one: Word) => ({ name: 'voicecell.load', value: textOf(one) });
    ecs
      .on(ListAttributesCommand)
      .resolves({ attributes: [say(word()), say(word({ node: 'of-the-edge' }))], nextToken: 'more' });
    ecs
      .on(ListAttributesCommand, { nextToken: 'more' })
      .resolves({ attributes: [say(word({ node: 'b', isLeaving: true }))] });
    expect(await toldOf(client, 'cell', ['task/cell/a', 'task/cell/b', 'task/cell/c'], AT)).toEqual([
      { node: 'task/cell/a', calls: 3, isLeaving: false, ageMs: 0 },
      { node: 'task/cell/b', calls: 3, isLeaving: true, ageMs: 0 },
      { node: 'task/cell/c', calls: undefined, isLeaving: false, ageMs: 0 },
    ]);
  });
});

import { asList, isRecord } from '../../compliance/templates/template-set';
import { alter, attribute, push, put, without } from './edits';
import { ways, type Kind } from './mutant';
import { BUCKET, isOfTier, LOG_GROUP, TABLE, TASK } from './subjects';

const ENVIRONMENT = 'ContainerDefinitions.*.Environment';
const untold = (name: string) => without(ENVIRONMENT, ({ Name }) => Name === name);
const told = (name: string, value: string) =>
  alter(ENVIRONMENT, (settings) =>
    asList(settings).map((one) => (isRecord(one) && one['Name'] === name ? { ...one, Value: value } : one)),
  );

const media = isOfTier('media');

export const PRIVACY: readonly Kind[] = [
  ...ways(
    'PRV-01',
    TASK,
    {
      'it records without consent': told('CONSENT_MODE', 'none'),
      'it is told of no consent': untold('CONSENT_MODE'),
      'its consent is none there is': told('CONSENT_MODE', 'implied'),
    },
    media,
  ),
  ...ways(
    'PRV-03',
    TASK,
    {
      'it never says that it is a machine': told('AI_DISCLOSURE', 'never'),
      'it is told of no disclosure': untold('AI_DISCLOSURE'),
      'it says so on outbound calls only': told('AI_DISCLOSURE', 'outbound'),
    },
    media,
  ),
  ...ways('PRV-02', TABLE, {
    'consent goes with its stack': attribute('DeletionPolicy', 'Delete'),
    'consent goes when it is replaced': attribute('UpdateReplacePolicy', 'Delete'),
    'consent expires': put('TimeToLiveSpecification', { AttributeName: 'expiresAt', Enabled: true }),
  }),
  ...ways(
    'PRV-05',
    TASK,
    {
      'it records while a card is read out': told('CARD_PAUSE_RESUME', 'false'),
      'it is told of no pause': untold('CARD_PAUSE_RESUME'),
      'it hears the keypad': told('CARD_DTMF_MASK', 'false'),
      'it is told of no mask': untold('CARD_DTMF_MASK'),
    },
    media,
  ),
  ...ways('PRV-06', BUCKET, {
    'its name is a number of somebody': put('BucketName', 'calls-of-+12025550123'),
    'its tag is the address of somebody': push('Tags', () => ({ Key: 'customer', Value: 'jane.doe@example.com' })),
  }),
  ...ways('PRV-06', LOG_GROUP, {
    'its name is the address of somebody': put('LogGroupName', '/calls/jane.doe@example.com'),
  }),
];

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDoor } from '../../../media/server/door';

let door: Server;
let calls = 0;

beforeAll(async () => {
  door = await openDoor(0, 'of-this-boot', {
    setVariable: () => Promise.resolve(false),
    takeDigits: () => undefined,
    count: () => calls,
  });
});
afterAll(() => door.close());

const ask = (init: RequestInit = {}, secret = 'of-this-boot') =>
  fetch(`http://127.0.0.1:${(door.address() as AddressInfo).port}/calls`, {
    headers: { authorization: `Bearer ${secret}` },
    ...init,
  });

test('says how many calls there are', async () => {
  expect(await (await ask()).json()).toEqual({ calls: 0 });
  calls = 3;
  expect(await (await ask()).json()).toEqual({ calls: 3 });
});

test('says it to nobody without the secret of this boot', async () => {
  expect((await ask({}, 'of-another')).status).toBe(401);
});

test('can be asked for calls, not told', async () => {
  expect((await ask({ method: 'POST' })).status).toBe(404);
  expect((await ask({ method: 'PUT' })).status).toBe(405);
});

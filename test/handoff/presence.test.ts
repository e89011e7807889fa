import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPresence } from '../../src/handoff/inbox/presence.ts';
import { createHub } from '../../src/store/hub.ts';
import { type Counter, openCounter } from './counter.ts';
import { openStream } from './stream.ts';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
  await Promise.all([
    counter.addOperator('siti'),
    counter.addOperator('budi'),
    counter.addOperator('auditor', { role: 'auditor' }),
  ]);
  await counter.talks.add({ id: 'talk' });
});
afterEach(() => counter.close());

const stream = async (username: string, query = '?conversation=talk') =>
  openStream(counter.url, await counter.login(username), query);

describe('who looks at a chat', () => {
  test('is told to the others at once, by name, and when they go', async () => {
    const siti = await stream('siti');
    const budi = await stream('budi');
    await expect.poll(siti.viewers).toEqual(['Budi']);
    await expect.poll(budi.viewers).toEqual(['Siti']);
    await budi.close();
    await expect.poll(siti.viewers).toEqual([]);
    await siti.close();
  });

  test('does not name oneself, nor anybody twice who has two pages open', async () => {
    const [siti, again] = [await stream('siti'), await stream('siti')];
    const [budi, twice] = [await stream('budi'), await stream('budi')];
    await expect.poll(siti.viewers).toEqual(['Budi']);
    await budi.close();
    await expect.poll(twice.viewers).toEqual(['Siti']);
    expect(siti.viewers()).toEqual(['Budi']);
    await Promise.all([siti.close(), again.close(), twice.close()]);
  });

  test('has nothing to do with other chats', async () => {
    const [siti, budi] = [await stream('siti'), await stream('budi', '?conversation=other')];
    await counter.talks.say('talk', { text: 'Halo' });
    await expect.poll(siti.events).toContain('conversation');
    expect(siti.events()).not.toContain('viewers');
    await Promise.all([siti.close(), budi.close()]);
  });
});

describe('over processes', () => {
  const times = { tellMs: 10, goneMs: 40, hereMs: 60 };
  const ids = () => ({ id: () => crypto.randomUUID() });
  const operators = { find: async (id: string) => ({ name: id === 'a' ? 'Ana' : 'Beni' }) };

  test('ids are told, and no names', async () => {
    const hub = createHub();
    const told: unknown[] = [];
    hub.subscribe('viewers:talk', (message) => void told.push(message));
    const presence = createPresence({ hub, ids: ids(), operators }, times);
    const leave = presence.look('talk', { id: 'a' }, () => undefined);
    await expect.poll(() => told.length).toBeGreaterThan(0);
    leave();
    presence.close();
    expect(JSON.stringify(told)).not.toMatch(/Ana/);
    expect(told[0]).toMatchObject({ id: 'a', state: 'joined' });
  });

  test('who is not heard of any more is gone', async () => {
    const hub = createHub();
    const [one, other] = [
      createPresence({ hub, ids: ids(), operators }, times),
      createPresence({ hub, ids: ids(), operators }, times),
    ];
    let seen: string[] = [];
    const leave = one.look('talk', { id: 'a' }, (names) => {
      seen = names;
    });
    other.look('talk', { id: 'b' }, () => undefined);
    await expect.poll(() => seen).toEqual(['Beni']);
    // The other process is killed: its lines tell nothing any more.
    hub.publish = () => undefined;
    await expect.poll(() => seen).toEqual([]);
    leave();
    one.close();
    other.close();
  });

  test('an operator with a page open is here, and for a while after', async () => {
    const hub = createHub();
    const [one, other] = [
      createPresence({ hub, ids: ids(), operators }, times),
      createPresence({ hub, ids: ids(), operators }, times),
    ];
    const leave = one.enter({ id: 'a' });
    await expect.poll(() => other.isHere({ id: 'a' })).toBe(true);
    expect(other.isHere({ id: 'b' })).toBe(false);
    leave();
    expect(other.isHere({ id: 'a' })).toBe(true);
    await expect.poll(() => other.isHere({ id: 'a' })).toBe(false);
    one.close();
    other.close();
  });

  test('words that are none of ours are passed over', async () => {
    const hub = createHub();
    const presence = createPresence({ hub, ids: ids(), operators }, times);
    const seen: string[][] = [];
    const leave = presence.look('talk', { id: 'a' }, (names) => void seen.push(names));
    for (const message of [null, 'x', { stream: 1 }, { state: 'here' }]) hub.publish('viewers:talk', message);
    hub.publish('here', { id: 'a' });
    await new Promise(setImmediate);
    expect(seen).toEqual([]);
    leave();
    presence.close();
  });
});

describe('a line of live updates', () => {
  test('brings news of requests and notices too', async () => {
    const siti = await stream('siti', '');
    counter.hub.publish('requests', 'KL-2611-0001-7');
    counter.hub.publish('notices', 1);
    await expect.poll(siti.events).toEqual(['requests', 'notices']);
    await siti.close();
  });

  test('tells an auditor of nothing that auditors may not see', async () => {
    const auditor = await stream('auditor');
    await counter.talks.say('talk', { text: 'Halo' });
    counter.hub.publish('requests', 'KL-2611-0001-7');
    const siti = await stream('siti');
    counter.hub.publish('notices', 1);
    await expect.poll(auditor.events).toEqual(['notices']);
    expect([auditor.status, siti.viewers()]).toEqual([200, undefined]);
    await Promise.all([auditor.close(), siti.close()]);
  });
});

test('colleagues are those who may answer, who is here first, then by name', async () => {
  await counter.addOperator('ani');
  await counter.addOperator('gone', { disabled: true });
  const siti = await counter.login('siti');
  const names = async () => (await siti.get('/api/colleagues')).body.colleagues.map(({ name }) => name);
  expect(await names()).toEqual(['Ani', 'Budi', 'Siti']);
  const budi = await stream('budi', '');
  await expect.poll(names).toEqual(['Budi', 'Ani', 'Siti']);
  await budi.close();
});

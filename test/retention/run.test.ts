import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, NOTHING, openWorld, START, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const onDay = (days: number) => {
  world.clock.at = START + days * DAY;
};

describe('a closed case', () => {
  it('loses its files, answers, key and marks when its time is over, and keeps its skeleton', async () => {
    const [own, corrected, loose] = [
      await world.put('siti', 5),
      await world.put('siti', 9),
      await world.put('siti'),
    ];
    const { number } = await world.file('siti', 5, [own, corrected, loose]);
    onDay(10);
    await world.move(number, 'completed');
    onDay(40 - 1 / 24);
    expect(await world.run()).toEqual(NOTHING);
    expect(await world.isThere(own)).toBe(true);
    onDay(40);
    const wanted = { ...NOTHING, cases: 1, caseFiles: 3 };
    expect(await world.run(true)).toEqual(wanted);
    expect(await world.isThere(own)).toBe(true);
    expect(await world.run()).toEqual(wanted);
    for (const file of [own, corrected, loose]) expect(await world.isThere(file)).toBe(false);
    const skeleton = await world.store.applications.find(number);
    expect(skeleton).toMatchObject({ state: 'completed', service: 'akta', answers: {}, history: [] });
    expect(await world.store.applications.findByMark('m1')).toEqual([]);
    expect(await world.run()).toEqual(NOTHING);
  });

  it('that is opened again is not touched', async () => {
    const own = await world.put('siti', 5);
    const { number } = await world.file('siti', 5, [own]);
    await world.move(number, 'rejected');
    onDay(29);
    await world.move(number, 'verification');
    onDay(500);
    expect(await world.run()).toEqual(NOTHING);
    expect(await world.isThere(own)).toBe(true);
  });

  it('leaves a line with counts in the audit log, and a dry run leaves none', async () => {
    await world.run(true);
    expect(await world.store.audit.list({ limit: 9 })).toEqual([]);
    await world.run();
    const [line] = await world.store.audit.list({ limit: 9 });
    expect(line).toMatchObject({ actor: 'system', action: 'retention.run', details: NOTHING });
  });
});

describe('files of no case', () => {
  it('of a draft that was never filed go after their time, its key with the last of them', async () => {
    const early = await world.put('siti', START);
    await world.say('siti', 'halo');
    onDay(20);
    await world.say('siti', 'saya lagi');
    const late = await world.put('siti', START);
    onDay(30);
    expect(await world.run()).toMatchObject({ draftFiles: 1 });
    expect([await world.isThere(early), await world.isThere(late)]).toEqual([false, true]);
    onDay(50);
    await world.run();
    expect(await world.isThere(late)).toBe(false);
    const owners: string[] = [];
    for await (const record of world.store.records()) if (record.kind === 'key') owners.push(record.owner);
    expect(owners).not.toContain(`siti:${START}`);
  });

  it('are kept while the chat names them and goes on', async () => {
    const [draft, page] = [await world.put('siti', START), await world.put('siti')];
    const snapshot = { context: { paused: { draft: START, answers: {} }, pages: [{ file: page }] } };
    await world.say('siti', 'satu', { snapshot });
    onDay(31);
    await world.say('siti', 'dua', { snapshot });
    expect(await world.run()).toEqual(NOTHING);
    expect([await world.isThere(draft), await world.isThere(page)]).toEqual([true, true]);
  });

  it('that nobody claimed go, those of the office itself stay', async () => {
    const [raw, office] = [await world.put('nobody'), await world.put('office')];
    onDay(31);
    expect(await world.run()).toEqual({ ...NOTHING, chatFiles: 1 });
    expect([await world.isThere(raw), await world.isThere(office)]).toEqual([false, true]);
  });
});

describe('a chat', () => {
  it('that is quiet is erased as a whole, with links that expired', async () => {
    await world.say('siti', 'halo');
    const file = await world.put('siti');
    await world.store.links.create({
      ...{ tokenHash: 'h1', kind: 'upload', conversation: 'budi', step: 'kk', expiresAt: START, failures: 0 },
    });
    onDay(31);
    expect(await world.run()).toEqual({ ...NOTHING, chatFiles: 1, chats: 1, links: 1 });
    expect(await world.store.conversations.load('siti')).toBeUndefined();
    expect(await world.isThere(file)).toBe(false);
  });

  it('that goes on loses its old words', async () => {
    await world.say('siti', 'dulu');
    onDay(20);
    await world.say('siti', 'kemarin');
    onDay(31);
    expect(await world.run(true)).toEqual({ ...NOTHING, talks: 1 });
    expect(await world.run()).toEqual({ ...NOTHING, talks: 1 });
    expect(await world.texts('siti')).toEqual(['kemarin']);
    expect(await world.run()).toEqual(NOTHING);
  });

  it('keeps what was said since an open case was begun, however long that lasts', async () => {
    await world.say('siti', 'sebelumnya');
    onDay(1);
    await world.say('siti', 'mau akta');
    const { number } = await world.file('siti', START + DAY, []);
    onDay(200);
    await world.run();
    expect(await world.texts('siti')).toEqual(['mau akta']);
    await world.move(number, 'completed');
    onDay(231);
    expect(await world.run()).toEqual({ ...NOTHING, cases: 1, chats: 1 });
  });

  it('that a person has or that waits for one is not touched', async () => {
    await world.say('siti', 'tolong', { attention: { status: 'waiting', since: START, reason: 'asked' } });
    const file = await world.put('siti');
    onDay(99);
    expect(await world.run()).toEqual(NOTHING);
    expect(await world.isThere(file)).toBe(true);
  });

  it('that cannot be read stops nothing else', async () => {
    await world.say('siti', 'halo');
    await world.say('budi', 'halo');
    const { conversations } = world.store;
    const load = conversations.load.bind(conversations);
    conversations.load = (id) => (id === 'budi' ? Promise.reject(new RangeError('damaged')) : load(id));
    onDay(31);
    expect(await world.run()).toEqual({ ...NOTHING, chats: 1, failed: 1 });
    expect(world.faults).toHaveLength(1);
  });
});

describe('whatever happened', () => {
  const people = fc.constantFrom('ani', 'budi');
  const act = fc.record({
    who: people,
    days: fc.integer({ min: 0, max: 25 }),
    what: fc.constantFrom('say', 'draft', 'file', 'close', 'loose', 'correct', 'run'),
  });

  interface Filed {
    number: string;
    who: string;
    draft: number;
    files: string[];
    closedAt?: number;
  }

  it('nothing of a case that is open or closed not long ago is touched, and nothing else outlives its time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 25 }),
        fc.integer({ min: 0, max: 60 }),
        async (acts, rest) => {
          const here = await openWorld();
          const cases: Filed[] = [];
          const said: { who: string; text: string; at: number }[] = [];
          const strays: { who: string; file: string; at: number }[] = [];
          const drafts = new Map<string, { draft: number; files: string[] }>();
          for (const { who, days, what } of acts) {
            here.clock.at += days * DAY + 1;
            const now = here.clock.at;
            const open = cases.find((one) => one.who === who && one.closedAt === undefined);
            if (what === 'run') await here.run();
            if (what === 'say') {
              await here.say(who, `pesan ${now}`);
              said.push({ who, text: `pesan ${now}`, at: now });
            }
            if (what === 'draft') {
              const file = await here.put(who, now);
              drafts.set(who, { draft: now, files: [file] });
              strays.push({ who, file, at: now });
            }
            if (what === 'loose') strays.push({ who, file: await here.put(who), at: now });
            const draft = drafts.get(who);
            // A form that lies about for so long is begun anew.
            if (what === 'file' && draft && now - draft.draft < 20 * DAY) {
              const { number } = await here.file(who, draft.draft, draft.files);
              cases.push({ number, who, ...draft });
              drafts.delete(who);
            }
            if (what === 'correct' && open) strays.push({ who, file: await here.put(who, now), at: now });
            if (what === 'close' && open) {
              await here.move(open.number, 'completed');
              open.closedAt = now;
            }
          }
          here.clock.at += rest * DAY;
          const foretold = await here.run(true);
          expect(await here.run()).toEqual(foretold);
          const now = here.clock.at;
          const isKept = ({ closedAt = now }: Filed) => closedAt + 30 * DAY > now;
          for (const one of cases) {
            const { answers } = (await here.store.applications.find(one.number)) ?? {};
            expect(Object.keys(answers ?? {}).length > 0).toBe(isKept(one));
            for (const file of one.files) expect(await here.isThere(file)).toBe(isKept(one));
          }
          const keepFrom = (who: string) =>
            Math.min(
              now - 30 * DAY + 1,
              ...cases.filter((one) => one.who === who && isKept(one)).map(({ draft }) => draft),
            );
          const named = new Set(cases.flatMap(({ files }) => files));
          for (const { who, file, at } of strays.filter((one) => !named.has(one.file)))
            expect(await here.isThere(file)).toBe(at >= keepFrom(who));
          for (const { who, text, at } of said)
            expect((await here.texts(who)).includes(text)).toBe(at >= keepFrom(who));
          expect(await here.run()).toEqual(NOTHING);
          expect(here.faults).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { START } from './counter.ts';
import { type OfficeWorld, openOfficeWorld } from './office-world.ts';

const TUESDAY_8 = Date.UTC(2026, 10, 24, 0, 0);

let office: OfficeWorld;
beforeAll(async () => {
  office = await openOfficeWorld();
}, 30_000);
afterAll(() => office.close());

/** A citizen with a visit tomorrow at eight, at the main office. */
async function citizen(channel: 'whatsapp' | 'sms' = 'whatsapp') {
  const phone = office.phone(channel);
  await phone.say('menu');
  const application = await office.file(phone.id, '3273011203900001');
  const slot = {
    ...{ point: 'kantor', activity: 'submit' as const },
    ...{ startAt: TUESDAY_8, endAt: TUESDAY_8 + 1_800_000 },
  };
  const { bookings, conversations } = office.store;
  await bookings.reserve({ application, service: 'akta-kelahiran', slot, capacity: 6, now: START });
  return {
    ...phone,
    visit: async () => (await bookings.findByApplication(application, START))[0],
    /** What the bot has said since the menu. */
    heard: async () => {
      const all = await conversations.transcript(phone.id);
      return all.filter(({ direction }) => direction === 'out').slice(1);
    },
  };
}

async function saidTo(one: Awaited<ReturnType<typeof citizen>>, words: RegExp): Promise<number> {
  return (await one.heard()).filter(({ text }) => words.test(text ?? '')).length;
}

describe('a citizen whose visit is moved', () => {
  it('hears of it once with a choice, keeps what they choose, and has the old time back if they did not', async () => {
    const [yes, silent] = [await citizen(), await citizen('sms')];
    const { outages } = office.app;
    const { id } = await outages.begin({ point: 'kantor', activity: 'submit', cause: 'device' }, 'Siti');
    await outages.look();
    for (const one of [yes, silent]) await office.settle(one.id);
    const [told] = await yes.heard();
    expect(told?.text).toMatch(/Mohon maaf.*alat di sana sedang rusak.*Kantor Kecamatan Hulu.*Balas \*YA\*/s);
    expect(await yes.heard()).toHaveLength(1);
    expect(await saidTo(silent, /^Maaf, jadwal/)).toBe(1);
    expect(await yes.visit()).toMatchObject({ point: 'kecamatan-hulu', movedBy: id });

    await yes.say('ya');
    expect((await yes.visit())?.movedBy).toBeUndefined();
    await outages.undo(id);
    await outages.look();
    for (const one of [yes, silent]) await office.settle(one.id);
    expect((await yes.visit())?.point).toBe('kecamatan-hulu');
    expect(await silent.visit()).toMatchObject({ point: 'kantor', startAt: TUESDAY_8 });
    expect((await silent.heard()).at(-1)?.text).toMatch(/^Kabar baik: jadwal KL-2611-.* seperti semula/);
    expect(await saidTo(silent, /^Kabar baik/)).toBe(1);
    expect(await saidTo(yes, /Kabar baik/)).toBe(0);
    expect(outages.list()[0]).toMatchObject({ state: 'undone', moved: 1, restored: 1 });
  });

  it('is offered no time at what is out of order', async () => {
    const one = await citizen();
    await office.app.outages.begin({ point: 'kantor', cause: 'closed', until: '2026-12-31' }, 'Siti');
    expect(await one.say('ubah jadwal')).toMatch(/Kantor Kecamatan Hulu/);
    expect(await one.say('besok jam 9')).not.toMatch(/Loket pelayanan/);
  });
});

/** Commits, entries, conversations and applications with sensible defaults, for the suites of this folder. */
import type { Application, NewApplication } from '../../src/applications/ports.ts';
import type { Commit, Conversation, Entry } from '../../src/conversation/types.ts';
import type { Operator } from '../../src/handoff/ports.ts';
import type { Reservation, Slot } from '../../src/pickup/ports.ts';
import type { Store } from '../../src/store/types.ts';

export function seedConversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    id: 'siti',
    version: 1,
    citizen: 'citizen-siti',
    channel: 'whatsapp',
    via: 'simulator',
    address: '+6281200000001',
    flow: 'f00d',
    snapshot: { value: { akta: 'nik' }, context: { answers: { nik: { v: '3273014107900001' } } } },
    attention: { status: 'bot' },
    lastInboundAt: 1_795_000_000_000,
    held: ['anak saya'],
    applications: [],
    ...changes,
  };
}

export function seedEntry(changes: Partial<Entry> = {}): Entry {
  return {
    id: 'siti.1.0',
    direction: 'out',
    author: 'bot',
    at: 1_795_000_000_001,
    text: 'Tolong tulis NIK Anda',
    files: [],
    status: 'queued',
    ...changes,
  };
}

/** The conversation's `version` decides which step it is; everything else is empty unless said. */
export function seedCommit(
  conversation: Partial<Conversation> = {},
  changes: Partial<Omit<Commit, 'conversation'>> = {},
): Commit {
  return {
    conversation: seedConversation(conversation),
    entries: [],
    effects: [],
    timers: { set: [], cancel: [] },
    amended: [],
    ...changes,
  };
}

/** What `ApplicationStore.create` takes: Siti's first, unless said otherwise; numbered `KL-2611-<serial>`. */
export function seedDraft(changes: Partial<NewApplication> = {}) {
  return {
    filedBy: 'siti.4.0',
    conversation: 'siti',
    service: 'akta-kelahiran',
    state: 'submitted' as const,
    answers: { nik: { v: '3273014107900001' } },
    pin: '482913',
    submittedAt: 100,
    dueAt: 200,
    pinFailures: 0,
    pinLockedUntil: 0,
    series: 'KL-2611',
    numberFor: (serial: number) => `KL-2611-${serial}`,
    ...changes,
  };
}

export const RINA = { id: 'o1', name: 'Rina' };

/** The next version of an application, with something in every part. */
export const seedWorked = (filed: Application): Application => ({
  ...filed,
  version: filed.version + 1,
  state: 'correction',
  assignee: RINA,
  marks: ['m2', 'm3'],
  verdicts: { kk: { verdict: 'refused', reason: 'Foto buram', by: RINA, at: 5 } },
  history: [
    ...filed.history,
    { at: 5, event: 'ask-correction', by: RINA, state: 'correction', reason: 'Foto buram' },
  ],
  result: [{ file: 'abcd', contentType: 'application/pdf', sizeBytes: 9, name: 'akta.pdf' }],
  untold: [
    {
      id: 'n1',
      news: {
        number: filed.number,
        service: filed.service,
        kind: 'correction',
        refused: [{ step: 'kk', reason: 'Foto buram' }],
      },
    },
  ],
});

export const seedOperator = (changes: Partial<Operator> = {}): Operator => ({
  id: 'o1',
  username: 'Rina',
  name: 'Rina Wati',
  role: 'operator',
  passwordHash: '$argon2id$v=19$x',
  mustChangePassword: true,
  disabled: false,
  createdAt: 5,
  failures: 0,
  lockedUntil: 0,
  ...changes,
});

/** One place in a slot of half an hour at 1000, asked for at 100. */
export function seedReservation({
  slot,
  ...changes
}: Partial<Omit<Reservation, 'slot'>> & { slot?: Partial<Slot> } = {}): Reservation {
  const startAt = slot?.startAt ?? 1000;
  return {
    ...{ application: 'KL-1', service: 'kia', capacity: 1, now: 100 },
    ...changes,
    slot: { point: 'kantor', activity: 'pickup', startAt, endAt: startAt + 900, ...slot },
  };
}

/** A visit that came, a hold, one that an outage moved, tickets in all states, lines of blank cards. */
export async function seedVisits(
  { bookings, visits, queue, stock }: Store,
  application: string,
): Promise<void> {
  const by = { id: 'o1', name: 'Rina Wati' };
  const reserve = async (changes: Parameters<typeof seedReservation>[0]) => {
    const answer = await bookings.reserve(seedReservation({ application, capacity: 9, ...changes }));
    return answer.ok ? answer.booking.id : '';
  };
  const booking = await reserve({ quota: { perDay: 5, from: 0, to: 9000 } });
  await visits.mark({ booking, mark: 'reminded-day', at: 5, by: 'system' });
  await visits.mark({ booking, mark: 'on-way', at: 6, by: 'citizen' });
  await visits.mark({ booking, mark: 'arrived', at: 7, by });
  await reserve({ now: 1900, heldUntil: 3000, slot: { startAt: 5000 } });
  await reserve({ application: `${application}-x`, movedBy: 'outage-1', slot: { startAt: 5000 } });
  const day = { point: 'kantor', activity: 'submit', date: '2026-11-23' } as const;
  const take = (holder: string) =>
    queue.take({ ...day, holder, at: 5, perDay: 9, expectedAt: (number) => 10 * number });
  for (const holder of ['siti', 'budi', 'agus']) await take(holder);
  const called = await queue.callNext(day.point, day.activity, day.date, 11);
  await queue.callNext(day.point, day.activity, day.date, 12);
  if (called) await queue.end(called.id, 'served', 13);
  await stock.add({
    id: 's1',
    point: 'kantor',
    at: 5,
    by,
    kind: 'received',
    change: 500,
    reference: 'BAST/1',
  });
  await stock.add({ id: 's2', point: 'kantor', at: 6, by, kind: 'spoiled', change: -1 });
}

/** What the operators' room has made: a request that was worked on, a second factor of all operators, counts, settings. */
export async function seedRoom(store: Store, application: Application): Promise<void> {
  const { applications, operators, counts, settings } = store;
  await applications.update(seedWorked(application));
  for (const operator of await operators.list())
    await operators.update({ ...operator, totp: { secret: 'JBSWY3DPEHPK3PXP', lastStep: 7 } });
  for (const name of ['filed:akta', 'asked:akta:nik', 'filed:akta'])
    await counts.add([{ day: '2026-11-10', name, count: 2 }]);
  await settings.write('notices', 1, [{ kind: 'siak', since: 5 }]);
  await settings.write('notices', 2, [{ kind: 'siak', since: 5, reason: 'Gangguan pusat' }]);
  await settings.write('officers', 1, {});
}

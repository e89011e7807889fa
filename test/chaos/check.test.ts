/** Each check of the chaos run can fail: a world in which all is well is doctored, and the check complains. */
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../src/applications/number.ts';
import type { Entry } from '../../src/conversation/types.ts';
import type { AuditEntry } from '../../src/handoff/ports.ts';
import { chainHash, FIRST_HASH } from '../../src/store/audit-chain.ts';
import { check, PROMISES, type PromiseName } from './check.ts';
import type { Ending, Outcome } from './gather.ts';
import { scriptFor } from './scripts.ts';

const ALL_WELL: PromiseName[] = [];

/** What is done to the world, and the promises that are then broken: each promise at least once. */
const DOCTORED: [what: string, doctor: (world: Outcome, one: Ending) => void, broken: PromiseName[]][] = [
  [
    'a citizen waits in vain',
    (_world, one) => {
      one.stuck = 'waited in vain for the receipt';
    },
    ['each script comes to its end'],
  ],
  [
    'an accepted message is lost',
    (_world, one) => drop(one.transcript, ({ direction }) => direction === 'in'),
    ['each accepted message is in the transcript exactly once, in order'],
  ],
  [
    'an accepted message was taken twice',
    (_world, one) => one.transcript.push(inbound(one, 1)),
    ['each accepted message is in the transcript exactly once, in order'],
  ],
  [
    'two messages have changed places',
    (_world, one) => one.sent.reverse(),
    ['each accepted message is in the transcript exactly once, in order'],
  ],
  [
    'a reply was sent twice',
    (_world, one) => one.replies.push({ sid: 'SMx', body: 'halo juga', mediaUrls: [] }),
    ['each reply was seen by the provider exactly once, in order'],
  ],
  [
    'a reply never left',
    (_world, one) => drop(one.replies, () => true),
    ['each reply was seen by the provider exactly once, in order'],
  ],
  [
    'replies went out in another order',
    (_world, one) => one.replies.reverse(),
    ['each reply was seen by the provider exactly once, in order'],
  ],
  [
    'a reply is not known to be sent',
    (_world, one) => {
      for (const entry of one.transcript) if (entry.direction === 'out') entry.status = 'failed';
    },
    ['each reply was seen by the provider exactly once, in order'],
  ],
  [
    'an application was filed twice',
    (_world, one) => one.applications.push({ ...first(one.applications), number: numberOf(9) }),
    ['each filing citizen has one application, with the right answers and files'],
  ],
  [
    'an answer is wrong',
    (_world, one) => {
      first(one.applications).answers.pemohon_nama = { v: 'Orang Lain' };
    },
    ['each filing citizen has one application, with the right answers and files'],
  ],
  [
    'a file of an answer is gone',
    (_world, one) => one.missingFiles.push('f1'),
    ['each filing citizen has one application, with the right answers and files'],
  ],
  [
    'a person was called and did not give the chat back',
    (_world, one) => {
      if (one.conversation) one.conversation.attention = { status: 'waiting', since: 1, reason: 'bug' };
    },
    ['a person has the chat when the script says so, and gives it back'],
  ],
  [
    'a person spoke whom nobody asked for',
    (_world, one) => {
      for (const entry of one.transcript) if (entry.direction === 'out') entry.author = 'Petugas';
    },
    ['a person has the chat when the script says so, and gives it back'],
  ],
  [
    'a visit was not booked',
    (world, one) => {
      one.bookings = [];
      world.slots = [];
    },
    ['each visit has one booking'],
  ],
  [
    'a slot has more than it takes',
    (world) => {
      first(world.slots).capacity = 0;
    },
    ['no slot is over its capacity'],
  ],
  [
    'a place is taken by nobody',
    (world) => {
      first(world.slots).taken = 2;
    },
    ['no slot is over its capacity'],
  ],
  [
    'two applications have one number',
    (world) => {
      const other = ending(1, numberOf(1));
      other.bookings = [];
      other.script = { ...other.script, visit: undefined };
      world.endings.push(other);
    },
    ['numbers are unique and carry their check digit'],
  ],
  [
    'a line of the audit log was changed',
    (world) => {
      first(world.audit).action = 'nothing';
    },
    ['the audit chain is whole'],
  ],
  [
    'a line of the audit log is missing at the end',
    (world) => world.audit.pop(),
    ['the audit chain is whole'],
  ],
  [
    'an effect waits for ever',
    (world) => world.pendingEffects.push('c.1.0 (say)'),
    ['nothing is left to do: effects, timers, queue'],
  ],
  [
    'a timer is left',
    (world) => world.timers.push('c xstate.after.slot'),
    ['nothing is left to do: effects, timers, queue'],
  ],
  [
    'a job is left',
    (world) => {
      world.jobs['{loket}:effects:failed'] = 1;
    },
    ['nothing is left to do: effects, timers, queue'],
  ],
  [
    'an effect was given up',
    (world) =>
      world.buried.push({ effect: 'c.1.0', conversation: 'c', type: 'say', reason: 'BUG', tries: 8, at: 1 }),
    ['nothing was given up'],
  ],
];

describe('the checks of the chaos run', () => {
  it('find nothing in a world in which all is well', () => {
    expect(check(world())).toEqual(ALL_WELL);
  });

  it.each(DOCTORED)('complain when %s', (_what, doctor, broken) => {
    const doctored = world();
    doctor(doctored, first(doctored.endings));
    const names = new Set(check(doctored).map(({ promise }) => promise));
    expect([...names]).toEqual(broken);
  });

  it('have all been seen to complain', () => {
    expect(new Set(DOCTORED.flatMap(([, , broken]) => broken))).toEqual(new Set(Object.keys(PROMISES)));
  });
});

/** One citizen who has lost a card, filed, and comes on a Monday. */
function world(): Outcome {
  const one = ending(0, numberOf(1));
  const [booking] = one.bookings;
  if (!booking) throw new Error('no booking');
  const { point, activity, startAt, endAt } = booking;
  const audit = auditOf(['operator.add', 'session.open']);
  return {
    endings: [one],
    slots: [{ point, activity, startAt, endAt, taken: 1, capacity: 6 }],
    pendingEffects: [],
    buried: [],
    timers: [],
    audit,
    auditVerified: { ok: true, entries: audit.length },
    waiting: [],
    jobs: {},
    unanswered: [],
  };
}

function ending(i: number, number: string): Ending {
  const script = scriptFor(0);
  const id = `c${i}`;
  const sent = [
    { sid: 'SM1', text: 'halo' },
    { sid: 'SM2', text: 'ktp hilang' },
  ];
  const papers = { surat_polisi: { files: [{ file: 'f1' }] }, kk_foto: { counter: true } };
  const answers: { [step: string]: unknown } = { ...script.answers, ...papers };
  const one: Ending = {
    ...{ script, id, sent, missingFiles: [] },
    replies: [
      { sid: 'SMa', body: 'halo juga', mediaUrls: [] },
      { sid: 'SMb', body: 'baik', mediaUrls: [] },
    ],
    transcript: [],
    conversation: {
      ...{
        id,
        version: 4,
        citizen: 'z',
        channel: 'whatsapp',
        via: 'twilio',
        address: script.phone,
        flow: '',
      },
      ...{ snapshot: null, attention: { status: 'bot' }, lastInboundAt: 1, held: [], applications: [number] },
    },
    applications: [
      {
        ...{
          number,
          filedBy: `${id} 1`,
          version: 1,
          conversation: id,
          service: 'ktp-hilang-rusak',
          pin: '123456',
        },
        ...{ state: 'submitted', submittedAt: 1, dueAt: 2, pinFailures: 0, pinLockedUntil: 0 },
        ...{ marks: [], verdicts: {}, history: [], result: [], untold: [] },
        answers: Object.fromEntries(
          Object.entries(answers).map(([step, v]) => [step, { v } as { v: string }]),
        ),
      },
    ],
    bookings: [
      {
        ...{ id: `b-${number}`, application: number, service: 'ktp-hilang-rusak', bookedAt: 1 },
        ...{ point: 'kantor', activity: 'submit', startAt: 1_800_000, endAt: 3_600_000 },
      },
    ],
  };
  one.transcript = [inbound(one, 0), outbound(one, 0), inbound(one, 1), outbound(one, 1)];
  return one;
}

function inbound({ id, sent }: Ending, i: number): Entry {
  const { sid, text } = first(sent.slice(i));
  return entry(`${id}.${i}.in`, 'in', text, `twilio:${sid}`);
}

function outbound({ id, replies }: Ending, i: number): Entry {
  const { sid, body } = first(replies.slice(i));
  return entry(`${id}.${i}.0`, 'out', body, sid);
}

function entry(id: string, direction: 'in' | 'out', text: string, providerId: string): Entry {
  const [author, status] =
    direction === 'in' ? (['citizen', 'received'] as const) : (['bot', 'sent'] as const);
  return { id, direction, author, at: 1, text, files: [], status, providerId };
}

function numberOf(serial: number): string {
  return formatNumber({ code: 'KL', at: Date.UTC(2026, 10, 2), timeZone: 'Asia/Makassar', serial });
}

function auditOf(actions: string[]): AuditEntry[] {
  let previous = FIRST_HASH;
  return actions.map((action, i) => {
    const line = { seq: i + 1, at: i, actor: 'system', action, subject: 's', details: {} };
    previous = chainHash(previous, line);
    return { ...line, hash: previous };
  });
}

function drop<One>(all: One[], isWanted: (one: One) => boolean): void {
  all.splice(all.findIndex(isWanted), 1);
}

function first<One>(all: readonly One[]): One {
  const [one] = all;
  if (one === undefined) throw new Error('there is none');
  return one;
}

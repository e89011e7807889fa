/** Reads out of the store and the stand-in what became of everything, as plain data for the checks. */
import type { Application } from '../../src/applications/ports.ts';
import type { BuriedEffect } from '../../src/conversation/ports.ts';
import type { Conversation, Entry } from '../../src/conversation/types.ts';
import type { AuditEntry } from '../../src/handoff/ports.ts';
import { findSlot } from '../../src/pickup/calendar/slots.ts';
import type { Booking, Slot } from '../../src/pickup/ports.ts';
import { readOffice } from '../../src/read-files.ts';
import type { Store } from '../../src/store/open.ts';
import type { StandInMessage, TwilioStandIn } from '../channels/twilio-standin.ts';
import { repliesTo, type Sent } from '../e2e/citizen.ts';
import type { Talk } from './citizens.ts';
import type { Script } from './scripts.ts';

/** One citizen: what was sent and seen outside, and what the store says. */
export interface Ending {
  script: Script;
  id: string;
  sent: Sent[];
  stuck?: string;
  replies: Pick<StandInMessage, 'sid' | 'body' | 'mediaUrls'>[];
  conversation: Conversation | undefined;
  transcript: Entry[];
  applications: Application[];
  bookings: Booking[];
  /** Files of the answers that the store does not have. */
  missingFiles: string[];
}

/** How full a slot is by the store's count, and how many it takes by the calendar. */
export interface SlotLoad extends Slot {
  taken: number;
  capacity: number;
}

export interface Outcome {
  endings: Ending[];
  slots: SlotLoad[];
  pendingEffects: string[];
  buried: BuriedEffect[];
  /** Ids; without those that clear an idle conversation after days. */
  timers: string[];
  audit: AuditEntry[];
  /** What the store says of its own audit log. */
  auditVerified: Awaited<ReturnType<Store['audit']['verify']>>;
  /** Conversations that wait for a person. */
  waiting: string[];
  /** What BullMQ still holds. */
  jobs: Record<string, number>;
  /** Taken by the provider, but its sender had no answer: SIDs. */
  unanswered: string[];
}

/** `jobs`: what is left in the queue. Changes nothing. */
export async function gather(options: {
  store: Store;
  twilio: TwilioStandIn;
  talks: Talk[];
  jobs: Record<string, number>;
}): Promise<Outcome> {
  const { store, twilio, talks, jobs } = options;
  const endings: Ending[] = [];
  for (const talk of talks) endings.push(await gatherOne(store, twilio, talk));
  const timers = await store.jobs.dueTimers(Number.MAX_SAFE_INTEGER, 100_000);
  return {
    endings,
    slots: await loads(store, endings),
    pendingEffects: (await store.jobs.pendingEffects()).map(({ effect }) => `${effect.id} (${effect.type})`),
    buried: await store.jobs.buried(1_000),
    timers: timers
      .filter(({ timer }) => !timer.includes('.forget.'))
      .map(({ conversation, timer }) => `${conversation} ${timer}`),
    audit: await store.audit.list({ limit: 100_000 }),
    auditVerified: await store.audit.verify(),
    waiting: (await store.conversations.listAttention()).map(({ id }) => id),
    jobs,
    unanswered: [...twilio.unanswered],
  };
}

async function gatherOne(store: Store, twilio: TwilioStandIn, talk: Talk): Promise<Ending> {
  const { script } = talk;
  const id = store.sealer.hash('address', `${script.channel}:${script.phone}`).slice(0, 32);
  const applications = await store.applications.findByConversation(id);
  const bookings = await Promise.all(
    applications.map(({ number }) => store.bookings.findByApplication(number, Date.now())),
  );
  const missingFiles: string[] = [];
  for (const file of applications.flatMap(({ answers }) => filesOf(answers))) {
    if ((await store.files.get(file)) === undefined) missingFiles.push(file);
  }
  return {
    ...talk,
    id,
    replies: repliesTo(twilio, script),
    conversation: await store.conversations.load(id),
    transcript: await store.conversations.transcript(id),
    applications,
    bookings: bookings.flat(),
    missingFiles,
  };
}

function filesOf(answers: Application['answers']): string[] {
  return Object.values(answers).flatMap((answer) => {
    const { v } = answer as { v?: { files?: { file: string }[] } | null };
    return (v?.files ?? []).map(({ file }) => file);
  });
}

async function loads(store: Store, endings: Ending[]): Promise<SlotLoad[]> {
  const office = readOffice({ officeFile: 'office.yaml' });
  const slots = new Map(
    endings.flatMap(({ bookings }) =>
      bookings.map((slot) => [`${slot.point} ${slot.activity} ${slot.startAt}`, slot]),
    ),
  );
  const all: SlotLoad[] = [];
  for (const slot of slots.values()) {
    const { point, activity, startAt, endAt } = slot;
    const taken = await store.bookings.countTaken(point, activity, startAt, startAt + 1, Date.now());
    all.push({
      ...{ point, activity, startAt, endAt },
      taken: taken.get(startAt) ?? 0,
      // A slot that the calendar does not have takes nobody.
      capacity: findSlot(office, slot)?.capacity ?? 0,
    });
  }
  return all;
}

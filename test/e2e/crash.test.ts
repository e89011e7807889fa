/**
 * kill -9 in a loop: the real service loses its life again and again while citizens talk to it through Twilio (a
 * stand-in). At the end nothing that was accepted is lost, nothing was done or said twice. CRASH_ROUNDS=n makes it
 * longer, CRASH_SEED=n repeats a run as far as chance is ours.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Application } from '../../src/applications/ports.ts';
import type { Conversation, Entry } from '../../src/conversation/types.ts';
import { loadMasterKey } from '../../src/master-key.ts';
import { findSlot } from '../../src/pickup/calendar/slots.ts';
import { readOffice } from '../../src/read-files.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { startTwilioStandIn, type TwilioStandIn } from '../channels/twilio-standin.ts';
import { followScript, repliesTo, type Sent } from './citizen.ts';
import { waitFor } from './phone.ts';
import { type Script, scriptFor } from './scripts.ts';
import { createChance } from './seeded.ts';
import { freePort, spawnService, startService, temporaryDir } from './service-process.ts';

const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 6);
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
/** Most of a run, on a machine that has other work as well. */
const PATIENCE_MS = 30_000 + ROUNDS * 10_000;
const CITIZENS = Math.max(24, ROUNDS);

const data = temporaryDir();
let twilio: TwilioStandIn;
beforeAll(async () => {
  twilio = await startTwilioStandIn();
});
afterAll(async () => {
  await twilio.close();
  data.remove();
});

it(`loses nothing and doubles nothing when it is killed ${ROUNDS} times (CRASH_SEED=${SEED})`, {
  timeout: 60_000 + ROUNDS * 10_000,
}, async () => {
  const scripts = Array.from({ length: CITIZENS }, (_, i) => scriptFor(i));
  const sent = await live(scripts);
  const store = await openStore({
    dataDir: data.dir,
    masterKey: loadMasterKey({ masterKey: undefined, dataDir: data.dir }),
  });
  try {
    const applications: Application[] = [];
    for (const [i, script] of scripts.entries()) {
      applications.push(await checkCitizen(store, script, sent[i] ?? []));
    }
    checkNumbers(applications);
    await checkSlots(store, applications);
    expect(await store.jobs.pendingEffects()).toEqual([]);
    // Of the timers only those are left that clear an idle conversation after a day.
    const timers = await store.jobs.dueTimers(Number.MAX_SAFE_INTEGER, 10_000);
    expect(timers.filter(({ timer }) => !timer.includes('.forget.idle'))).toEqual([]);
    expect(await store.audit.verify()).toMatchObject({ ok: true });
  } finally {
    await store.close();
  }
});

/** Citizens talk, the service dies and comes back; resolves when all are through and it has stopped by itself. */
async function live(scripts: Script[]): Promise<Sent[][]> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    DATA_DIR: data.dir,
    PORT: String(port),
    LOG_LEVEL: 'error',
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_API_URL: twilio.url,
    TWILIO_SMS_FROM: '+6221000001',
    TWILIO_WHATSAPP_FROM: 'whatsapp:+6221000002',
  };
  const progress = createProgress();
  makeTwilioUnreliable(progress);
  const talks = Promise.all(
    scripts.map((script, i) =>
      followScript(
        { twilio, url, chance: createChance(SEED + i), patienceMs: PATIENCE_MS, onAccepted: progress.step },
        script,
      ),
    ),
  );
  // A citizen who fails must end the killing as well; the reason is told below.
  const isOver = talks.then(
    () => 'over' as const,
    () => 'over' as const,
  );
  await killAgainAndAgain(env, scripts, progress, isOver);
  const service = await startService(env);
  const sent = await talks;
  await waitFor(
    async () => (await (await fetch(`${url}/metrics`)).text()).match(/^loket_effects_pending (\d+)/m)?.[1],
    (pending) => pending === '0',
    'an empty outbox',
  );
  expect(await service.stop()).toBe(0);
  expect(service.out(), 'errors in the log').toBe('');
  return sent;
}

/** Each life ends at the next mark of progress: just after a message was taken, in the middle of sending, or at once. */
async function killAgainAndAgain(
  env: Record<string, string>,
  scripts: Script[],
  progress: Progress,
  isOver: Promise<'over'>,
): Promise<void> {
  const chance = createChance(SEED + 1_000_003);
  const total = scripts.reduce((sum, { lines }) => sum + lines.length, 0);
  for (let round = 1; round <= ROUNDS; round++) {
    const service = spawnService(env);
    const way = round === 2 ? 'starting' : chance.pick(['taking', 'sending', 'sending', 'any', 'starting']);
    if (way === 'starting') {
      await pause(chance.below(900));
    } else {
      await service.ready;
      await Promise.race([isOver, progress.reached((total * round) / (ROUNDS + 1))]);
      if (way === 'sending') await Promise.race([isOver, progress.sending(), pause(500)]);
      if (way === 'any') await pause(chance.below(120));
    }
    await service.kill();
    expect(service.out(), 'errors in the log').toBe('');
  }
}

/** How far the citizens have come, and the instants at which Twilio has a message but we no answer yet. */
function createProgress() {
  let accepted = 0;
  let whenReached: { count: number; resolve: () => void }[] = [];
  let whenSending: (() => void)[] = [];
  return {
    step() {
      accepted++;
      for (const { count, resolve } of whenReached) if (accepted >= count) resolve();
      whenReached = whenReached.filter(({ count }) => count > accepted);
    },
    reached: (count: number) =>
      new Promise<void>((resolve) => {
        if (accepted >= count) resolve();
        else whenReached.push({ count, resolve });
      }),
    sending: () => new Promise<void>((resolve) => whenSending.push(resolve)),
    /** True when somebody waited for this. */
    isSending(): boolean {
      const waited = whenSending;
      whenSending = [];
      for (const resolve of waited) resolve();
      return waited.length > 0;
    },
  };
}
type Progress = ReturnType<typeof createProgress>;

/** Answers late, loses some, fails now and then; statuses come early, late, or not at all. */
function makeTwilioUnreliable(progress: Progress): void {
  const chance = createChance(SEED + 2_000_003);
  twilio.beforeAnswer = async (message) => {
    const [status, answer] = [chance.is(0.5), chance.is(0.3)];
    if (status)
      void pause(chance.below(80)).then(() => twilio.report(message.sid, 'delivered').catch(() => {}));
    if (chance.is(0.02)) twilio.faults.push(chance.pick(['lose-answer', 'error', 'garbage']));
    if (progress.isSending()) await pause(60);
    else if (answer) await pause(chance.below(120));
  };
}

async function checkCitizen(store: Store, script: Script, sent: Sent[]): Promise<Application> {
  const id = store.sealer.hash('address', `${script.channel}:${script.phone}`).slice(0, 32);
  const conversation = await store.conversations.load(id);
  if (!conversation) throw new Error(`${script.phone} was never heard`);
  checkTranscript(await store.conversations.transcript(id), script, sent);
  return checkOutcome(store, conversation, script);
}

/** Every accepted message once and in order; every reply seen by Twilio once and in order. */
function checkTranscript(transcript: Entry[], script: Script, sent: Sent[]): void {
  const inbound = transcript.filter(({ direction }) => direction === 'in');
  expect(inbound.map(({ providerId, text }) => ({ sid: providerId?.replace('twilio:', ''), text }))).toEqual(
    sent,
  );
  const outbound = transcript.filter(({ direction }) => direction === 'out');
  const seen = repliesTo(twilio, script);
  expect(seen.map(wordsOf).join(''), `replies to ${script.phone}`).toBe(outbound.map(wordsOf).join(''));
  expect(new Set(outbound.map(({ providerId }) => providerId)).size).toBe(outbound.length);
  for (const { providerId, status } of outbound) {
    expect(['queued', 'sent', 'delivered']).toContain(status);
    expect(seen.map(({ sid }) => sid)).toContain(providerId);
  }
}

/** A message without its white space (a long one is sent in parts); each file counts as one sign. */
function wordsOf(message: { body: string; mediaUrls: string[] } | Pick<Entry, 'text' | 'files'>): string {
  const [text, files] = 'body' in message ? [message.body, message.mediaUrls] : [message.text, message.files];
  return text.replace(/\s/g, '') + '📎'.repeat(files.length);
}

async function checkOutcome(store: Store, conversation: Conversation, script: Script): Promise<Application> {
  const [application, ...others] = await store.applications.findByConversation(conversation.id);
  if (!application) throw new Error(`${script.phone} has no application`);
  expect(others, `more than one application of ${script.phone}`).toEqual([]);
  expect(conversation.applications).toEqual([application.number]);
  expect(conversation.attention).toEqual({ status: 'bot' });
  expect(application).toMatchObject({ service: script.service, state: 'submitted' });
  const values = Object.fromEntries(
    Object.entries(application.answers).map(([step, answer]) => [step, (answer as { v: unknown }).v]),
  );
  expect(values).toMatchObject(script.answers);
  for (const [step, paper] of Object.entries(script.papers)) {
    const value = values[step] as { files?: { file: string }[] };
    if (paper === 'counter') expect(value).toEqual({ counter: true });
    else expect(value.files).toHaveLength(paper);
    for (const { file } of value.files ?? []) expect(await store.files.get(file)).toBeDefined();
  }
  const bookings = await store.bookings.findByApplication(application.number, Date.now());
  expect(bookings.map(({ activity }) => activity)).toEqual(script.visit ? [script.visit] : []);
  return application;
}

/** The serials of each series run from 1 without a hole: nothing was filed that nobody knows. */
function checkNumbers(applications: Application[]): void {
  const series = Map.groupBy(applications, ({ number }) => number.slice(0, 7));
  for (const numbers of series.values()) {
    const serials = numbers.map(({ number }) => Number(number.split('-')[2])).sort((a, b) => a - b);
    expect(serials).toEqual(serials.map((_, i) => i + 1));
  }
}

async function checkSlots(store: Store, applications: Application[]): Promise<void> {
  const office = readOffice({ officeFile: 'office.yaml' });
  const all = await Promise.all(
    applications.map(({ number }) => store.bookings.findByApplication(number, Date.now())),
  );
  const taken = Map.groupBy(all.flat(), ({ point, activity, startAt }) => `${point} ${activity} ${startAt}`);
  for (const bookings of taken.values()) {
    const [slot] = bookings;
    const known = slot && findSlot(office, slot);
    expect(known).toBeDefined();
    expect(bookings.length).toBeLessThanOrEqual(known?.capacity ?? 0);
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

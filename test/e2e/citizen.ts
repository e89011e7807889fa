/** A citizen behind Twilio, who follows a script and does not give up. */
import { setTimeout as pause } from 'node:timers/promises';
import type { StandInMessage, TwilioStandIn } from '../channels/twilio-standin.ts';
import { jpeg } from '../documents/samples.ts';
import { waitFor } from './phone.ts';
import type { Line, Script } from './scripts.ts';
import type { Chance } from './seeded.ts';

/** What was sent and taken, in order. */
export interface Sent {
  sid: string;
  text: string;
}

export interface CitizenDeps {
  twilio: TwilioStandIn;
  /** Of the service; it comes back there after every crash. */
  url: string;
  chance: Chance;
  /** How long a reply may take, ms: the service may die several times before it gets to it. */
  patienceMs: number;
  /** Called after each message that the service has taken. */
  onAccepted(): void;
  /** How long one call of a webhook may take before the next one is tried, ms (Twilio's own: 15 s). */
  webhookLimitMs?: number;
  /** The longest that the citizen thinks before each message, ms; 0 when left out. */
  thinkMs?: number;
}

const OFFER = /Kapan .*bisa datang|baru saja penuh/;
const BOOKED = /Jadwal datang: |^Datang /m;

/** Goes through the script to the receipt, if it leads to one; resolves with what was sent, as `sent` holds it always. */
export async function followScript(deps: CitizenDeps, script: Script, sent: Sent[] = []): Promise<Sent[]> {
  const replies = () => repliesTo(deps.twilio, script);
  const say = async (line: Line) => {
    if (deps.thinkMs) await pause(deps.chance.below(deps.thinkMs));
    const before = replies().length;
    sent.push(await send(deps, script, line));
    if (line.reply) await heard(deps, script, () => replies().slice(before), line.reply);
    // Some wait for the next question, others type ahead.
    else if (deps.chance.is(0.5)) await heard(deps, script, () => replies().slice(before), /./);
  };
  for (const line of script.lines) await say(line);
  if (script.visit) {
    let before = 0;
    for (;;) {
      const open = await heard(
        deps,
        script,
        () => replies().slice(before),
        new RegExp(`${OFFER.source}|${BOOKED.source}`, 'm'),
      );
      if (BOOKED.test(open.body)) break;
      before = replies().indexOf(open) + 1;
      sent.push(await send(deps, script, { text: deps.chance.pick(['1', '2', '3']) }));
    }
  }
  if (script.service)
    await waitFor(replies, (all) => all.some(isReceipt), `the receipt of ${script.phone}`, deps.patienceMs);
  return sent;
}

/** The stand-in's messages to the citizen, oldest first. */
export function repliesTo(
  { messagesTo }: Pick<TwilioStandIn, 'messagesTo'>,
  script: Pick<Script, 'channel' | 'phone'>,
): StandInMessage[] {
  return messagesTo(addressOf(script));
}

function addressOf({ channel, phone }: Pick<Script, 'channel' | 'phone'>): string {
  return channel === 'whatsapp' ? `whatsapp:${phone}` : phone;
}

function isReceipt({ body, mediaUrls }: StandInMessage): boolean {
  return mediaUrls.length > 0 || /Tanda terima: http/.test(body);
}

async function heard(
  deps: CitizenDeps,
  script: Script,
  look: () => StandInMessage[],
  words: RegExp,
): Promise<StandInMessage> {
  const seen = () => ({
    replies: look().map(({ body }) => body),
    found: look().find(({ body }) => words.test(body)),
  });
  const what = `${words} to ${script.channel} ${script.phone}`;
  const { found } = await waitFor(seen, (now) => now.found !== undefined, what, deps.patienceMs);
  if (!found) throw new Error(`no ${what}`);
  return found;
}

let serial = 0;

/** The same MessageSid again until it is taken, as Twilio does with a fallback URL; now and then once more. */
async function send(deps: CitizenDeps, script: Script, line: Line): Promise<Sent> {
  const { twilio, chance } = deps;
  const sid = `SM${String(++serial).padStart(32, '0')}`;
  const media = line.hasPhoto
    ? {
        NumMedia: '1',
        MediaUrl0: twilio.addMedia({ contentType: 'image/jpeg', bytes: jpeg(chance.below(4000)) }),
        MediaContentType0: 'image/jpeg',
      }
    : { NumMedia: '0' };
  const form = { MessageSid: sid, From: addressOf(script), To: 'x', Body: line.text ?? '', ...media };
  const isTwice = chance.is(0.1);
  await taken(deps, form);
  deps.onAccepted();
  if (isTwice) await taken(deps, form);
  return { sid, text: line.text ?? '' };
}

const RETRY_MS = 60;

async function taken(deps: CitizenDeps, form: Record<string, string>): Promise<void> {
  const limit = Date.now() + deps.patienceMs;
  for (;;) {
    const status = await deps.twilio.post(`${deps.url}/webhooks/twilio`, form, deps.webhookLimitMs).then(
      (answer) => answer.status,
      () => 'no answer',
    );
    if (status === 200) return;
    if (status !== 'no answer' && status !== 503) throw new Error(`the webhook answered ${status}`);
    if (Date.now() > limit) throw new Error(`the webhook did not take a message in time: ${status}`);
    await pause(RETRY_MS);
  }
}

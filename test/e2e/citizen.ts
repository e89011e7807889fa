/** A citizen behind Twilio, who follows a script and does not give up. */

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
}

const OFFER = /Kapan .*bisa datang|baru saja penuh/;
const BOOKED = /Jadwal datang: |^Datang /m;

/** Goes through the script to the receipt; resolves with what was sent. */
export async function followScript(deps: CitizenDeps, script: Script): Promise<Sent[]> {
  const sent: Sent[] = [];
  const replies = () => repliesTo(deps.twilio, script);
  const say = async (line: Line) => {
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
  await waitFor(replies, (all) => all.some(isReceipt), `the receipt of ${script.phone}`, deps.patienceMs);
  return sent;
}

/** The stand-in's messages to the citizen, oldest first. */
export function repliesTo(
  { messages }: TwilioStandIn,
  script: Pick<Script, 'channel' | 'phone'>,
): StandInMessage[] {
  const to = addressOf(script);
  return messages.filter((message) => message.to === to);
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
async function send(
  { twilio, url, chance, onAccepted }: CitizenDeps,
  script: Script,
  line: Line,
): Promise<Sent> {
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
  await taken(twilio, url, form);
  onAccepted();
  if (isTwice) await taken(twilio, url, form);
  return { sid, text: line.text ?? '' };
}

const RETRY_MS = 60;

async function taken(twilio: TwilioStandIn, url: string, form: Record<string, string>): Promise<void> {
  for (;;) {
    const status = await twilio.post(`${url}/webhooks/twilio`, form).then(
      (answer) => answer.status,
      () => 'no answer',
    );
    if (status === 200) return;
    if (status !== 'no answer' && status !== 503) throw new Error(`the webhook answered ${status}`);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

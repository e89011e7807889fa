/**
 * A citizen who has read only what the contract says of the simulator: looks at what is awaited, gives a plain answer
 * of that kind, and goes on until the bot wants nothing more.
 */
import { jpeg } from '../documents/samples.ts';
import { type Screen, waitFor } from './phone.ts';
import type { Chance } from './seeded.ts';

export interface Stranger {
  url: string;
  channel: 'whatsapp' | 'sms';
  /** E.164. */
  from: string;
  chance: Chance;
}

/** What one message may hold, or a photo through the page of a link. */
type Message =
  | { text: string }
  | { media: { contentType: string; base64: string }[] }
  | { location: { latitude: number; longitude: number } }
  | { link: string };

/** More questions than any service has. */
const PATIENCE = 80;
const PHOTO = jpeg(200);
/** A reply may come in several messages, this long after each other, ms. */
const PAUSE_MS = 60;

/** Writes the entry and answers whatever is asked; resolves with the screen once nothing is asked any more. */
export async function walk(stranger: Stranger, entry: string): Promise<Screen> {
  let screen = await say(stranger, { text: entry });
  let asked: string | null = null;
  for (let turn = 0; turn < PATIENCE && screen.state.status === 'bot'; turn++) {
    const { step, expects } = screen.state;
    const again = asked === (step ?? expects);
    asked = step ?? expects;
    screen = await say(stranger, answerTo(stranger, screen, again));
  }
  return screen;
}

/** The first answer may be any that is reasonable; a question asked again gets the most careful one. */
function answerTo({ channel, chance }: Stranger, { messages, state }: Screen, again: boolean): Message {
  const last = messages.findLast(({ direction }) => direction === 'out')?.text ?? '';
  const text = (...texts: [string, ...string[]]): Message => ({
    text: again ? texts[0] : chance.pick(texts),
  });
  switch (state.expects) {
    case 'consent':
      return text('SETUJU');
    case 'confirm':
      return text('YA');
    case 'slot':
      return text('1', '2');
    case 'nik':
      return text('6408041205909901', 'NIK 6408 0412 0590 9901 pak');
    case 'kk':
      return text('6408041205150001');
    case 'name':
      return text('Siti Aminah', 'nama saya Budi Santoso');
    case 'date':
      return text('12-05-1990', 'kemarin', '2020-02-29', '1 okt 2026');
    case 'time':
      return text('08.30', 'jam 2 siang');
    case 'phone':
      return text('081234567890', '+62 812-3456-7890');
    case 'email':
      return text('siti@example.com', 'lewati');
    case 'number':
      return text('3');
    case 'yes-no':
      return text('ya', 'tidak');
    case 'choice':
      return text('1', '2', '3');
    case 'text':
      return text('Jl. Mawar No. 1 Samarinda');
    case 'akta-number':
      return text('6472-KW-26032015-0001', '123/1990');
    case 'location':
      return { location: { latitude: -0.5, longitude: 117.15 } };
    case 'document':
      return paper(channel, chance, last);
    default:
      throw new Error(`the contract knows no answer of the kind ${state.expects}`);
  }
}

/** A photo, or what the words of the question offer: DONE after pages, a link, the counter. */
function paper(channel: Stranger['channel'], chance: Chance, question: string): Message {
  if (/SELESAI/.test(question) && chance.is(0.7)) return { text: 'SELESAI' };
  if (chance.is(0.2)) return { text: 'LOKET' };
  if (channel === 'whatsapp')
    return { media: [{ contentType: 'image/jpeg', base64: PHOTO.toString('base64') }] };
  const [link] = /http\S+\/f\/[\w-]+/.exec(question) ?? [];
  return link && chance.is(0.6) ? { link } : { text: 'LOKET' };
}

/** Resolves with the screen once everything was answered. */
async function say({ url, channel, from }: Stranger, message: Message): Promise<Screen> {
  const look = async () => {
    const response = await fetch(`${url}/simulator/conversations/${channel}/${encodeURIComponent(from)}`);
    return (await response.json()) as Screen;
  };
  const before = (await look()).messages.filter(({ direction }) => direction === 'out').length;
  if ('link' in message) await upload(message.link);
  else await post(`${url}/simulator/messages`, { channel, from, ...message });
  let seen = 0;
  return waitFor(
    async () => {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      return look();
    },
    ({ messages, state }) => {
      const isQuiet = seen === messages.length;
      seen = messages.length;
      const isAnswered = messages.filter(({ direction }) => direction === 'out').length > before;
      const isOver = state.expects !== null || state.status !== 'bot';
      return isQuiet && isAnswered && messages.at(-1)?.direction === 'out' && isOver;
    },
    `an answer to ${JSON.stringify(message).slice(0, 100)}`,
  );
}

async function post(url: string, body: unknown): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
}

async function upload(link: string): Promise<void> {
  const page = await (await fetch(link)).text();
  const input = /<input type="file"[^>]*>/.exec(page)?.[0] ?? '';
  const field = /name="([^"]+)"/.exec(input)?.[1] ?? '';
  const form = new FormData();
  form.append(field, new Blob([Uint8Array.from(PHOTO)], { type: 'image/jpeg' }), 'foto.jpg');
  const response = await fetch(link, { method: 'POST', body: form });
  if (response.status >= 400) throw new Error(`the upload page answered ${response.status}`);
}

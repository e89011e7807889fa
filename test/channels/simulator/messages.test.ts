import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jpeg, pdf, zip } from '../../documents/samples.ts';
import { phoneOf, type Running, startWhole } from './phone.ts';

let running: Running;
let people = 0;
const somebody = (channel: 'whatsapp' | 'sms' = 'whatsapp') => {
  people += 1;
  return phoneOf(running, `+62812000${String(people).padStart(5, '0')}`, channel);
};
const photo = (bytes: Buffer = jpeg()) => ({ contentType: 'image/jpeg', base64: bytes.toString('base64') });

beforeAll(async () => {
  running = await startWhole();
});
afterAll(() => running.stop());

/** Takes somebody to the first question that wants a document: the applicant's photo of a family card. */
async function untilDocument(phone: ReturnType<typeof somebody>): Promise<void> {
  await phone.say('akta kematian');
  for (let count = 1; count < 60; count += 1) {
    const { state } = await phone.screen();
    if (state.expects === 'document') return;
    const answers: Record<string, string> = {
      consent: 'SETUJU',
      nik: `64080412059099${String(count).padStart(2, '0')}`,
      kk: `64080401012000${String(count).padStart(2, '0')}`,
      name: 'Ahmad Rizki Maulana',
      date: '12-05-1990',
      time: '08.30',
      phone: '081234567890',
      email: 'warga@example.com',
      number: '3',
      'yes-no': 'ya',
      choice: '1',
      text: 'Samarinda',
    };
    await phone.say(answers[state.expects ?? ''] ?? 'LEWATI');
  }
  throw new Error('no document was asked for');
}

const GOOD = { channel: 'whatsapp', from: '+6281299999999', text: 'halo' };

describe('a message that is malformed is refused with the name of the field', () => {
  test.each<[string, unknown, string]>([
    ['no object', 'halo', 'body'],
    ['a list', [GOOD], 'body'],
    ['null', null, 'body'],
    ['no channel', { ...GOOD, channel: undefined }, 'channel'],
    ['another channel', { ...GOOD, channel: 'telegram' }, 'channel'],
    ['no sender', { ...GOOD, from: undefined }, 'from'],
    ['a sender without a plus', { ...GOOD, from: '6281299999999' }, 'from'],
    ['a local number', { ...GOOD, from: '081299999999' }, 'from'],
    ['a number with spaces', { ...GOOD, from: '+62 812 9999 9999' }, 'from'],
    ['a number that is too long', { ...GOOD, from: '+6281299999999999' }, 'from'],
    ['a number with a line break', { ...GOOD, from: '+6281299999999\n' }, 'from'],
    ['a sender that is a number', { ...GOOD, from: 6281299999999 }, 'from'],
    ['nothing in it', { ...GOOD, text: undefined }, 'text'],
    ['no media in the list', { ...GOOD, text: undefined, media: [] }, 'text'],
    ['null for everything', { ...GOOD, text: null, media: null, location: null }, 'text'],
    ['a text that is a number', { ...GOOD, text: 7 }, 'text'],
    ['a text of 100,000 characters', { ...GOOD, text: 'a'.repeat(100_000) }, 'text'],
    ['media that is no list', { ...GOOD, media: photo() }, 'media'],
    ['eleven files', { ...GOOD, media: Array(11).fill(photo()) }, 'media'],
    ['no type', { ...GOOD, media: [{ base64: '' }] }, 'media.0.contentType'],
    [
      'a type that is none',
      { ...GOOD, media: [{ ...photo(), contentType: 'photo' }] },
      'media.0.contentType',
    ],
    [
      'a type with a line break',
      { ...GOOD, media: [{ ...photo(), contentType: 'image/png\r\nx: y' }] },
      'media.0.contentType',
    ],
    ['no bytes', { ...GOOD, media: [photo(), { contentType: 'image/png' }] }, 'media.1.base64'],
    [
      'bytes that are no base64',
      { ...GOOD, media: [{ ...photo(), base64: 'not base64!' }] },
      'media.0.base64',
    ],
    ['base64 that was cut off', { ...GOOD, media: [{ ...photo(), base64: '/9j/4A=' }] }, 'media.0.base64'],
    ['padding in the middle', { ...GOOD, media: [{ ...photo(), base64: 'AA==AAAA' }] }, 'media.0.base64'],
    ['a file name that is a number', { ...GOOD, media: [{ ...photo(), fileName: 1 }] }, 'media.0.fileName'],
    ['an unknown field of a file', { ...GOOD, media: [{ ...photo(), url: 'x' }] }, 'media.0.url'],
    ['a place without longitude', { ...GOOD, location: { latitude: 0 } }, 'location.longitude'],
    ['a place off the earth', { ...GOOD, location: { latitude: 91, longitude: 0 } }, 'location.latitude'],
    ['an empty id', { ...GOOD, id: '' }, 'id'],
    ['half a character in the id', { ...GOOD, id: '\ud83d' }, 'id'],
    ['an unknown field', { ...GOOD, sender: 'x' }, 'sender'],
  ])('%s', async (_title, body, field) => {
    const response = await running.post('messages', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'INVALID_REQUEST', field } });
    expect((await phoneOf(running, GOOD.from).screen()).messages).toEqual([]);
  });

  test.each<[string, string, Record<string, string>]>([
    ['no JSON', '{"channel":', { 'content-type': 'application/json' }],
    ['nothing', '', {}],
    ['a form', 'channel=sms', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['an unknown character set', '{}', { 'content-type': 'application/json; charset=ebcdic' }],
  ])('a body with %s', async (_title, body, headers) => {
    const response = await fetch(`${running.url}/simulator/messages`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { field: 'body' } });
  });

  test.each([
    ['conversations/telegram/+6281200000001', 'channel'],
    ['conversations/sms/budi', 'from'],
    ['conversations/sms/%zz', 'path'],
    ['events/sms/budi', 'from'],
  ])('GET /simulator/%s', async (path, field) => {
    const response = await fetch(`${running.url}/simulator/${path}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { field } });
  });

  test('what was wrong is not repeated in the answer', async () => {
    const response = await running.post('messages', { ...GOOD, from: '6408041205909901', text: 'rahasia' });
    expect(await response.text()).not.toMatch(/6408|rahasia/);
  });
});

describe('a message that is taken', () => {
  test('is answered 202 with its id, and is in the transcript with the answer', async () => {
    const phone = somebody();
    const response = await phone.post({ text: 'halo', id: 'wamid.1' });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ id: 'wamid.1' });
    await running.settle();
    const { messages, state } = await phone.screen();
    expect(messages[0]).toMatchObject({ id: 'wamid.1', direction: 'in', text: 'halo', media: [] });
    expect(messages[1]).toMatchObject({ direction: 'out', status: 'delivered' });
    expect(new Date(String(messages[0]?.at)).toISOString()).toBe(messages[0]?.at);
    expect(state).toEqual({ status: 'idle', service: null, step: null, expects: 'menu', applications: [] });
  });

  test('gets an id when it brings none', async () => {
    const phone = somebody();
    const { id } = (await (await phone.post({ text: 'halo' })).json()) as { id: string };
    expect((await phone.screen()).messages.map((message) => message.id)).toContain(id);
  });

  test('has no second effect with the same id, one after the other or at once', async () => {
    const phone = somebody();
    const again = () => phone.post({ text: 'akta kelahiran', id: 'same', media: [photo()] });
    const answers = await Promise.all([again(), again(), again()]);
    await running.settle();
    const before = await phone.screen();
    answers.push(await again());
    await running.settle();
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(await phone.screen()).toEqual(before);
    expect(before.messages.filter(({ direction }) => direction === 'in')).toHaveLength(1);
  });

  test('shows only what is newer with ?after=, and everything after an unknown id', async () => {
    const phone = somebody();
    await phone.say({ text: 'halo', id: 'first' });
    await phone.say({ text: 'MENU', id: 'second' });
    const { messages } = await phone.screen();
    expect((await phone.screen('?after=first')).messages).toEqual(messages.slice(1));
    expect((await phone.screen(`?after=${messages.at(-1)?.id}`)).messages).toEqual([]);
    expect((await phone.screen('?after=nobody')).messages).toEqual(messages);
  });

  test('with a file and a text is a file with a caption, and the file is there before the answer', async () => {
    const phone = somebody();
    const bytes = jpeg(500);
    await phone.post({ text: 'ini KK saya', media: [{ ...photo(bytes), fileName: 'KK "Budi" ñ.jpg' }] });
    const [message] = (await phone.screen()).messages;
    expect(message).toMatchObject({
      text: 'ini KK saya',
      media: [{ contentType: 'image/jpeg', fileName: 'KK "Budi" ñ.jpg' }],
    });
    const file = await fetch(`${running.url}${message?.media[0]?.url}`);
    expect(file.headers.get('content-type')).toBe('image/jpeg');
    expect(file.headers.get('content-disposition')).toMatch(/^inline; filename\*=UTF-8''KK%20%22Budi%22/);
    expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('without a file name shows null', async () => {
    const phone = somebody();
    await phone.post({ media: [{ ...photo(), fileName: null }] });
    expect((await phone.screen()).messages[0]?.media[0]?.fileName).toBeNull();
  });

  test('cannot make a page of ours out of a file', async () => {
    const phone = somebody();
    const html = Buffer.from('<script>alert(1)</script>').toString('base64');
    await phone.post({ media: [{ contentType: 'text/html', base64: html }] });
    const url = (await phone.screen()).messages[0]?.media[0]?.url;
    const file = await fetch(`${running.url}${url}`);
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(file.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('a file that is not there is 404', async () => {
    expect((await fetch(`${running.url}/simulator/media/nobody`)).status).toBe(404);
  });
});

describe('whatever somebody sends is answered in words', () => {
  test.each<[string, Record<string, unknown>]>([
    ['20,000 characters', { text: 'saya mau tanya '.repeat(1334) }],
    ['only white space', { text: ' \n\t ' }],
    ['an empty text', { text: '' }],
    ['NUL characters', { text: 'a\u0000k\u0000ta\u0000' }],
    ['marks of writing from right to left', { text: '\u202eatka\u202c \u200f\u2067' }],
    ['half a character', { text: 'halo \ud83d' }],
    ['only emoji', { text: '🙏🏽👨‍👩‍👧‍👦' }],
    ['a sticker', { kind: 'sticker' }],
    ['a voice message', { kind: 'voice' }],
    ['a contact', { kind: 'contact' }],
    ['a recording', { media: [{ contentType: 'audio/ogg; codecs=opus', base64: 'AAAA' }] }],
    ['a place', { location: { latitude: -0.5, longitude: 117.15 } }],
    ['an empty file', { media: [photo(Buffer.alloc(0))] }],
  ])('%s', async (_title, message) => {
    const phone = somebody();
    await phone.say('halo');
    const before = (await phone.screen()).messages.length;
    await phone.say(message);
    // A short text that is not understood waits a moment for the rest of the sentence.
    await running.later(10_000);
    const answer = (await phone.screen()).messages
      .slice(before)
      .map(({ direction, text }) => (direction === 'out' ? text : ''))
      .join('');
    expect(answer.length).toBeGreaterThan(10);
    expect(answer).not.toMatch(/undefined|null|\[object|Error/);
    expect((await phone.screen()).state.status).toMatch(/bot|idle|handoff/);
  });

  test('a recording, a sticker picture and a contact card are told from documents, as with real providers', async () => {
    const phone = somebody();
    await phone.say('halo');
    for (const contentType of ['audio/ogg; codecs=opus', 'image/webp', 'text/vcard'])
      await phone.say({ media: [{ contentType, base64: 'AAAA' }] });
    const notes = (await phone.screen()).messages.flatMap(({ note }) => note ?? []);
    expect(notes).toEqual(['voice', 'sticker', 'contact']);
  });

  test('and by SMS in at most two segments each', async () => {
    const phone = somebody('sms');
    await phone.say('halo');
    for (const message of [{ text: 'x'.repeat(20_000) }, { kind: 'voice' }, { text: '🙏' }])
      await phone.say(message);
    for (const { direction, text } of (await phone.screen()).messages) {
      if (direction === 'out') expect(text.length).toBeLessThanOrEqual(306);
    }
  });

  test('a ZIP that calls itself a PDF and a cut photo are refused, and after two refusals a person helps', async () => {
    const phone = somebody();
    await untilDocument(phone);
    const asked = (await phone.screen()).state.step;
    const twoInOne = Buffer.concat([pdf(), zip()]).toString('base64');
    const answer = await phone.say({ media: [{ contentType: 'application/pdf', base64: twoInOne }] });
    expect(answer).toMatch(/foto|PDF/);
    expect((await phone.screen()).state).toMatchObject({ status: 'bot', step: asked, expects: 'document' });
    await phone.say({ media: [photo(jpeg().subarray(0, 60))] });
    expect((await phone.screen()).state).toMatchObject({ status: 'handoff', expects: null });
  });

  test('60 MB are refused in words, 70 MB by the API', { timeout: 60_000 }, async () => {
    const phone = somebody();
    await untilDocument(phone);
    const asked = (await phone.screen()).state.step;
    const answer = await phone.say({ media: [photo(jpeg(60 * 1024 * 1024))] });
    expect(answer).toMatch(/besar|MB/i);
    expect((await phone.screen()).state.step).toBe(asked);
    const response = await phone.post({ media: [photo(Buffer.alloc(65 * 1024 * 1024))] });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'TOO_LARGE', field: 'media.0.base64' } });
    expect((await phone.post({ text: 'x'.repeat(91 * 1024 * 1024) })).status).toBe(413);
    expect((await phone.screen()).state.step).toBe(asked);
  });

  test('500 messages in a second: told once to slow down, while somebody else is answered', {
    timeout: 60_000,
  }, async () => {
    const [flood, other] = [somebody(), somebody()];
    await flood.say('halo');
    const sending = Array.from({ length: 500 }, (_, index) =>
      flood.post({ text: `MENU`, id: `flood-${index}` }),
    );
    const meanwhile = other.say('halo');
    const statuses = (await Promise.all(sending)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([202]));
    expect((await meanwhile).length).toBeGreaterThan(10);
    await running.settle();
    const { messages } = await flood.screen();
    expect(messages.filter(({ direction }) => direction === 'in')).toHaveLength(501);
    const slow = messages.filter(
      ({ direction, text }) => direction === 'out' && /pelan|cepat|banyak pesan|sekaligus/i.test(text),
    );
    expect(slow).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { createDeliverHandler } from '../../src/channels/deliver.ts';
import type { OutboundMessage } from '../../src/conversation/ports.ts';
import type {
  ApplicationNews,
  Commit,
  Content,
  Conversation,
  Effect,
  Event,
} from '../../src/conversation/types.ts';
import { quiet } from '../channels/twilio/world.ts';
import { photos, say } from './answers.ts';
import { NEWS_KINDS, NEWS_NUMBER, newsOf, slotAt } from './news.ts';
import { tell } from './play.ts';
import { APPROVED, createTalking, NOW, newConversation, PHONES, realFlows, type Talking } from './world.ts';

const HOUR = 3_600_000;
const talking = createTalking(realFlows(), APPROVED);
const can = { ...PHONES.whatsapp, windowMs: 24 * HOUR, templates: true };

/** Wrote two days ago. */
function silent(...wishes: string[]): Conversation {
  const begun = wishes.reduce(
    (conversation, wish) => tell(talking, conversation, say(wish)).conversation,
    newConversation('whatsapp'),
  );
  return { ...begun, lastInboundAt: NOW - 48 * HOUR };
}

function step(conversation: Conversation, event: Event, by: Talking = talking): Commit {
  return JSON.parse(JSON.stringify(by.step(conversation, event, { now: NOW, can }))) as Commit;
}

function write(conversation: Conversation, content: Content): Commit {
  return step(conversation, { type: 'citizen.message', id: 'm', at: NOW, content });
}

const textOf = ({ entries }: Commit) =>
  entries
    .filter(({ direction }) => direction === 'out')
    .map(({ text }) => text)
    .join('\n');
const where = ({ conversation }: Commit) => talking.describe(conversation, NOW);

describe('news after 24 hours of silence', () => {
  it.each([
    ['correction', 'Fotonya buram'],
    ['ready', 'siap diambil'],
    ['result', 'Balas pesan ini untuk menerima dokumennya'],
    ['rejected', 'Balas pesan ini'],
  ] as const)('of the kind %s goes as the template that stands in for it', (kind, words) => {
    const { entries, effects, inbound, conversation } = step(silent(), newsOf(kind));
    expect(entries).toMatchObject([{ author: 'bot', files: [], text: expect.stringContaining(words) }]);
    expect(entries[0]?.text).toContain(NEWS_NUMBER);
    expect(entries[0]?.text).not.toMatch(/[{}]|undefined|\n/);
    expect(effects.map(({ type }) => type)).toEqual(['say']);
    expect(effects[0]?.params).toHaveProperty('template');
    expect(inbound).toBe(`news:${NEWS_NUMBER}.${kind}`);
    expect(conversation.attention).toEqual({ status: 'bot' });
  });

  it('is handed to the provider as an approved message with its values in order', async () => {
    const { conversation, entries, effects } = step(silent(), newsOf('ready'));
    const sent: OutboundMessage[] = [];
    const channel = {
      name: 'simulator',
      capabilities: () => can,
      send: async (message: OutboundMessage) => {
        sent.push(message);
        return { providerId: 'SM1', status: 'sent' } as const;
      },
    };
    const handler = createDeliverHandler({
      conversations: { findEntry: async () => undefined, setStatus: async () => {} },
      senders: { find: () => ({ channel, can }) },
      templates: APPROVED,
      tellByLink: async () => false,
      log: quiet,
    });
    const [effect, entry] = [effects[0] as Effect, entries[0]];
    await handler.run(effect, { conversation, isRepeat: false, tries: 0, ...(entry ? { entry } : {}) });
    const ready = APPROVED.find(({ id }) => id === 'siap-diambil');
    expect(sent).toMatchObject([
      {
        template: {
          providerId: ready?.contentSid,
          values: [NEWS_NUMBER, expect.any(String), expect.any(String)],
        },
      },
    ]);
  });

  it('never carries the PIN, and the document and its PIN are one template', () => {
    const result = step(silent(), newsOf('result'));
    const pin = step(result.conversation, newsOf('pin'));
    expect(pin.entries).toEqual([]);
    const told = write(pin.conversation, say('ya'));
    expect(textOf(told)).toContain('482913');
    expect(told.entries.flatMap(({ files }) => files)).toHaveLength(1);
    const withFile = told.entries.find(({ files }) => files.length > 0);
    expect(withFile?.text).not.toContain('482913');
  });

  it('as the address of a page is not in one message with its PIN either', () => {
    const result = step(silent(), newsOf('result', { files: [] }));
    const told = write(step(result.conversation, newsOf('pin')).conversation, say('ya'));
    const saying = (words: string) => told.entries.filter(({ text }) => text.includes(words));
    expect(saying('https://layanan')).toHaveLength(1);
    expect(saying('482913')).toHaveLength(1);
    expect(saying('482913')[0]?.text).not.toContain('https://layanan');
  });

  it('is told in full, with its file, once the citizen writes, and only once', () => {
    const put = step(silent(), newsOf('result'));
    const told = write(put.conversation, say('baik'));
    expect(textOf(told)).toContain('HVS A4 80 gram');
    expect(told.entries.at(-1)?.files).toHaveLength(1);
    expect(told.conversation).not.toHaveProperty('putOff');
    expect(textOf(write(told.conversation, say('MENU')))).not.toContain(NEWS_NUMBER);
  });

  it.each(['ya', 'ok', 'halo', 'terima kasih', 'xyz'])('is all that "%s" brings', (word) => {
    const told = write(step(silent(), newsOf('handed-over')).conversation, say(word));
    expect(told.entries.filter(({ direction }) => direction === 'out')).toHaveLength(1);
    expect(textOf(told)).toMatch(new RegExp(`^Terima kasih, .*${NEWS_NUMBER}.*$`));
  });

  it('begins what follows from it when the citizen writes: a correction asks, and takes a photo that came at once', () => {
    const put = step(silent(), newsOf('correction'));
    expect(where(put)).toMatchObject({ status: 'idle' });
    expect(where(write(put.conversation, say('ya')))).toMatchObject({ step: 'surat_polisi' });
    const photo = write(put.conversation, photos(1));
    expect(photo.effects.map(({ type }) => type)).toContain('intake');
  });

  it('comes before the question where the citizen stood', () => {
    const put = step(silent('akta kelahiran', 'SETUJU'), newsOf('approved'));
    const { step: question } = where(put);
    const told = write(put.conversation, say('ok'));
    expect(textOf(told)).toContain(NEWS_NUMBER);
    expect(where(told)).toMatchObject({ step: question });
  });

  it('is not put off for what else is said: the wish that comes with it is heard', () => {
    const told = write(step(silent(), newsOf('approved')).conversation, say('PETUGAS'));
    expect(textOf(told)).toContain(NEWS_NUMBER);
    expect(told.effects.map(({ type }) => type)).toContain('hand-off');
  });
});

describe('news of a visit after 24 hours of silence', () => {
  const muted = () => ({ ...silent('STOP') });

  it.each(['visit-reminder', 'visit-soon'] as const)('is whole in its template: %s', (kind) => {
    const { entries, effects, conversation } = step(silent(), newsOf(kind));
    expect(entries[0]?.text).toMatch(/^Pengingat: jadwal .* pukul .* WITA di Loket pelayanan .*UBAH JADWAL/);
    expect(effects[0]?.params).toHaveProperty('template');
    expect(conversation).not.toHaveProperty('putOff');
    expect(textOf(write(conversation, say('baik')))).not.toContain(NEWS_NUMBER);
  });

  it('is not sent to who wrote STOP, and so is no approved message', () => {
    const { entries, effects } = step(muted(), newsOf('visit-reminder'));
    expect([...entries, ...effects]).toEqual([]);
    expect(textOf(step(muted(), newsOf('visit-early')))).toContain(NEWS_NUMBER);
  });

  it('names the new time, or asks not to come while there is none', () => {
    expect(textOf(step(silent(), newsOf('visit-early')))).toContain('berubah menjadi Kamis 26 November 2026');
    const { slot: _, ...none } = (newsOf('visit-early') as { news: ApplicationNews }).news;
    const event = { type: 'application.news', id: 'n', news: { ...none, was: slotAt(22) } } as const;
    expect(textOf(step(silent(), event))).toContain('jangan datang dulu');
  });

  it('of what is ready names the time that is booked', () => {
    const text = textOf(step(silent(), newsOf('ready', { slot: slotAt(22) })));
    expect(text).toContain('pada Rabu 25 November 2026 pukul 08.00-08.30 WITA');
    expect(textOf(step(silent(), newsOf('ready')))).not.toContain('Rabu 25 November');
  });

  it('owns up to a promise that was broken', () => {
    expect(textOf(step(silent(), newsOf('delayed')))).toContain(
      'belum selesai pada waktu yang kami janjikan',
    );
  });
});

describe('as it is goes', () => {
  it('news of every kind within the 24 hours', () => {
    for (const kind of NEWS_KINDS) {
      const { conversation, effects } = step({ ...silent(), lastInboundAt: NOW - 23 * HOUR }, newsOf(kind));
      expect(conversation).not.toHaveProperty('putOff');
      expect(effects.some(({ params }) => 'template' in params)).toBe(false);
    }
  });

  it('news for which no approved template stands in: it fails at its sending, and the inbox gets the chat', () => {
    const bare = createTalking(realFlows(), []);
    const unapproved = createTalking(realFlows());
    for (const by of [bare, unapproved]) {
      const { entries, conversation } = step(silent(), newsOf('rejected'), by);
      expect(entries[0]?.text).toContain('Datanya berbeda.');
      expect(conversation).not.toHaveProperty('putOff');
    }
  });

  it('news that leaves a field of the template empty, or is too long for it', () => {
    const refused = [{ step: 'surat_polisi', reason: 'x'.repeat(1100) }];
    const { entries } = step(silent(), newsOf('correction', { refused }));
    expect(entries[0]?.text).toContain('xxx');
  });
});

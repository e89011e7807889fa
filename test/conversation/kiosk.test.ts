/** What citizens hear of kiosks: place, hours and how to print while one is active, and not a word while none is. */
import { describe, expect, it } from 'vitest';
import { smsSegments } from '../../src/channels/segments.ts';
import type { ChannelKind } from '../../src/conversation/types.ts';
import { say } from './answers.ts';
import { NEWS_NUMBER, newsOf } from './news.ts';
import { tell } from './play.ts';
import { createTalking, NOW, newConversation, realFlows, take } from './world.ts';

const PLACES = {
  id: 'SCP, Jl. Pulau Irian, lantai 1: Sab-Min 10.00-21.00 WITA\nMPP, Jl. Contoh: Sen-Jum 08.00-15.00 WITA',
  en: 'SCP, Jl. Pulau Irian, lantai 1: Sat-Sun 10.00-21.00 WITA\nMPP, Jl. Contoh: Mon-Fri 08.00-15.00 WITA',
};
const KIOSK = /kiosk|kios\b|\bADM\b|anjungan/i;

const without = createTalking(realFlows());
const closed = createTalking(realFlows(), [], { kiosk: { id: '', en: '' } });
const open = createTalking(realFlows(), [], { kiosk: PLACES });

function told(talking: typeof open, channel: ChannelKind, event: ReturnType<typeof newsOf>, language = 'ID') {
  const chat = tell(talking, newConversation(channel), say(language)).conversation;
  return take(talking, chat, event).entries;
}
const textOf = (entries: { text: string }[]) => entries.map(({ text }) => text).join('\n');
const result = (service = 'akta-kelahiran') => newsOf('result', { service });

describe('the finished document, where a kiosk is active', () => {
  it.each([
    ['whatsapp', 'ID', PLACES.id, 'hanya bisa dipakai sekali'],
    ['whatsapp', 'ENGLISH', PLACES.en, 'works only once'],
    ['sms', 'ID', PLACES.id, 'sekali pakai'],
    ['sms', 'ENGLISH', PLACES.en, 'works once'],
  ] as const)('on %s in %s brings its places with hours and zone, and how to print there', (...row) => {
    const [channel, language, places, once] = row;
    const text = textOf(told(open, channel, result(), language));
    expect(text).toContain(places);
    expect(text).toContain(once);
    expect(text).toContain(NEWS_NUMBER);
    expect(text).not.toMatch(/\{\w+\}/);
  });

  it('is one message with the file, and by SMS none is larger than two segments', () => {
    expect(told(open, 'whatsapp', result())).toHaveLength(1);
    for (const { text } of told(open, 'sms', result()))
      expect(smsSegments(text)).toMatchObject({
        encoding: 'GSM-7',
        segments: expect.toSatisfy((n) => n <= 2),
      });
  });

  it('says nothing of it for a document that is not printed there, nor do other news', () => {
    expect(textOf(told(open, 'whatsapp', result('ktp-hilang-rusak')))).not.toMatch(KIOSK);
    for (const kind of ['approved', 'ready', 'pin', 'handed-over'] as const)
      expect(textOf(told(open, 'whatsapp', newsOf(kind, { service: 'akta-kelahiran' })))).not.toMatch(KIOSK);
  });
});

describe.each([
  ['planned', closed],
  ['nowhere in office.yaml', without],
])('where the kiosk is %s', (_, talking) => {
  it.each(['whatsapp', 'sms'] as const)('news on %s has not a word of it', (channel) => {
    for (const language of ['ID', 'ENGLISH'])
      expect(textOf(told(talking, channel, result(), language))).not.toMatch(KIOSK);
  });

  it.each(['bisa cetak di ADM?', 'bisa cetak di mall?', 'ADM di mal jam berapa'])(
    '"%s" is told so',
    (words) => {
      const text = textOf(tell(talking, newConversation('whatsapp'), say(words)).said);
      expect(text).toContain('belum ada mesin cetak mandiri (ADM)');
      expect(text).toContain('kertas putih HVS A4 80 gram');
    },
  );
});

describe('the question whether one can print at a kiosk', () => {
  it.each(['bisa cetak di ADM?', 'bisa cetak di mall?', 'mesin cetak mandiri ADM lokasinya'])(
    '"%s" is answered with the places while one is active',
    (words) => {
      const text = textOf(tell(open, newConversation('whatsapp'), say(words)).said);
      expect(text).toContain(PLACES.id);
      expect(text).toContain('sudah rekam KTP-el');
    },
  );

  it('in a form is answered, and the form goes on', () => {
    const form = tell(open, newConversation('whatsapp'), say('akta kelahiran')).conversation;
    const asked = tell(open, tell(open, form, say('SETUJU')).conversation, say('bisa cetak di ADM?'));
    expect(textOf(asked.said)).toContain(PLACES.id);
    expect(open.describe(asked.conversation, NOW)).toMatchObject({ status: 'bot', step: 'pemohon_nama' });
  });
});

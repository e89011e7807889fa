import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content, Event } from '../../src/conversation/types.ts';
import { photos, say } from './answers.ts';
import { NEWS_KINDS, newsOf } from './news.ts';
import { messageOf, standsOf } from './stands.ts';
import { createTalking, NOW, PHONES, realFlows, take } from './world.ts';

const talking = createTalking(realFlows());

const stands = standsOf(talking);

const words = fc.constantFrom(
  ...[
    'ya',
    'tidak',
    'MENU',
    'BATAL',
    'STOP',
    'LANJUT',
    'ulang',
    '0',
    '1',
    '99',
    'cek status',
    'lewati',
    'loket',
  ],
  ...[
    'selesai',
    'english',
    'ubah jadwal',
    'ubah 3',
    'syaratnya apa?',
    '12 mei',
    '7371011505900002',
    '\0',
    '\u202e',
  ],
);
const texts = fc.oneof(words, fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' }));
const contents: fc.Arbitrary<Content> = fc.oneof(
  { weight: 6, arbitrary: texts.map(say) },
  fc.constantFrom(photos(1), photos(12), photos(1, 'application/zip'), photos(1, '')),
  fc.record({ type: fc.constant('location' as const), latitude: fc.double(), longitude: fc.double() }),
  fc.record({ type: fc.constant('unknown' as const), kind: fc.string() }),
);
const operator = { id: 'o', name: 'Ani' };
const colleague = { id: 'p', name: 'Budi' };
const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 8, arbitrary: contents.map(messageOf) },
  fc.constantFrom<Event[]>(
    { type: 'operator.claim', operator },
    { type: 'operator.release', operator },
    { type: 'operator.resolve', operator },
    { type: 'operator.reply', operator, id: 'r', text: 'Baik' },
    { type: 'operator.claim', operator: colleague },
    { type: 'operator.transfer', operator, to: colleague },
    { type: 'operator.note', operator, id: 'n', text: 'Catatan' },
    { type: 'operator.answer', operator, id: 'a', step: 'pemohon_nama', answer: { v: 'Siti Aminah' } },
    { type: 'operator.ask', operator, step: 'pemohon_nama' },
    { type: 'phone.reply', id: 'p', at: NOW, text: 'Halo' },
    ...NEWS_KINDS.map((kind) => newsOf(kind)),
    { type: 'timer.due', timer: 'phone', dueAt: 0 },
    { type: 'timer.due', timer: 'burst', dueAt: 0 },
    { type: 'timer.due', timer: 'xstate.after.nudge.gone', dueAt: 0 },
    { type: 'delivery.failed', entry: 'e', reason: 'REMOTE_REFUSED' },
    { type: 'effect.failed', effect: 'e', effectType: 'submit', params: {}, reason: 'BUG' },
  ),
);
const stand = fc.constantFrom(...stands);

describe('a step', () => {
  it('never throws, raises the version by one, and can be stored and taken up again', () => {
    fc.assert(
      fc.property(stand, fc.array(events, { minLength: 1, maxLength: 4 }), (start, happened) => {
        let conversation = start;
        for (const event of happened) {
          const commit = take(talking, conversation, event);
          expect(commit.conversation.version).toBe(conversation.version + 1);
          expect(() => talking.describe(commit.conversation, NOW)).not.toThrow();
          conversation = commit.conversation;
        }
      }),
      { numRuns: 600 },
    );
  });

  it('gives the same commit for the same input, down to the ids, and changes nothing of what it is given', () => {
    fc.assert(
      fc.property(stand, events, (conversation, event) => {
        const before = structuredClone(conversation);
        const moment = { now: NOW, can: PHONES[conversation.channel] };
        expect(talking.step(conversation, event, moment)).toEqual(talking.step(conversation, event, moment));
        expect(conversation).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('gives every entry and effect an id of its own, and keeps what the citizen wrote', () => {
    fc.assert(
      fc.property(stand, texts, (conversation, text) => {
        const { entries, effects } = take(talking, conversation, messageOf(say(text)));
        expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
        expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length);
        expect(entries[0]).toMatchObject({ direction: 'in', text });
      }),
      { numRuns: 300 },
    );
  });

  it('survives 20,000 characters at every kind of question in good time', () => {
    const began = performance.now();
    for (const text of [
      'a'.repeat(20_000),
      '1 '.repeat(10_000),
      'ya! '.repeat(5_000),
      '\u200f😀'.repeat(6_000),
    ])
      for (const conversation of stands.filter((_, i) => i % 4 === 0))
        take(talking, conversation, messageOf(say(text)));
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Conversation, Event } from '../../src/conversation/types.ts';
import { readingsIn } from '../../src/flows/readings.ts';
import type { Answers, Talk } from '../../src/flows/talk.ts';
import { READINGS } from '../../src/flows/vocabulary.ts';
import type { Json } from '../../src/json.ts';
import { photos, say } from './answers.ts';
import { tell } from './play.ts';
import { standsOf } from './stands.ts';
import { createTalking, NOW, newConversation, realFlows, take } from './world.ts';

const talking = createTalking(realFlows());
const KTP = { name: 'SITI AMINAH', nik: '7371011505900002' };

function contextOf(conversation: Conversation): Talk {
  return (conversation.snapshot as unknown as { context: Talk }).context;
}

function talked(...texts: string[]): Conversation {
  return texts.reduce((at, text) => tell(talking, at, say(text)).conversation, newConversation('whatsapp'));
}

const photo = (conversation: Conversation, reads: { [element: string]: string }, refused?: object) =>
  tell(talking, conversation, photos(1), { luck: { fail: [], taken: 0, reads, refused: refused as never } });

describe('readings of a photo', () => {
  it('are kept with the document as their question would have taken them, and no others', () => {
    const { conversation } = photo(talked('akta cerai', 'SETUJU'), {
      ...KTP,
      nik: '7371 0115 0590 0002',
      'birth-date': '1990-05-15',
    });
    expect(readingsIn(contextOf(conversation).answers.ktp_foto)).toEqual([
      { element: 'name', value: 'SITI AMINAH', confidence: 0.9 },
      { element: 'nik', value: '7371011505900002', confidence: 0.9 },
    ]);
  });

  it.each<[{ [element: string]: string }, string]>([
    [{ nik: '0000000000000000' }, 'a number that is nobody’s'],
    [{ nik: '7371011505900002 7371011505900003' }, 'two numbers'],
    [{ name: 'N1K 73' }, 'digits for a name'],
    [{ name: 'BY. NY. SITI AMINAH' }, 'the mother in place of a child'],
    [{ name: '' }, 'nothing'],
  ])('are forgotten when no question would take them: %j, %s', (reads) => {
    const { conversation, said } = photo(talked('akta cerai', 'SETUJU'), reads);
    expect(readingsIn(contextOf(conversation).answers.ktp_foto)).toEqual([]);
    expect(said.at(-1)?.text).toContain('Nama lengkap Bapak/Ibu');
  });

  it('are known to be proposed, until they are declined or a person has the chat', () => {
    const { conversation } = photo(talked('akta cerai', 'SETUJU'), KTP);
    expect(talking.describe(conversation, NOW)).toMatchObject({ step: 'pemohon_nama', isProposed: true });
    const declined = tell(talking, conversation, say('bukan')).conversation;
    expect(talking.describe(declined, NOW)).toMatchObject({ step: 'pemohon_nama', isProposed: false });
    const handed = tell(talking, conversation, say('PETUGAS')).conversation;
    expect(talking.describe(handed, NOW).isProposed).toBe(false);
  });

  it('show as a remark on the answer that differs, to operators', () => {
    const { conversation } = photo(talked('akta cerai', 'SETUJU'), KTP);
    const named = tell(talking, conversation, say('Budi Santoso')).conversation;
    const { answers } = talking.describe(named, NOW);
    expect(answers.map(({ id, warnings }) => [id, warnings])).toEqual([
      ['ktp_foto', []],
      ['pemohon_nama', ['photo-differs']],
    ]);
  });

  it('never change an answer by themselves, whatever was read at whichever question', () => {
    const elements = [...new Set(Object.values(READINGS).flat()), 'other'];
    const values = fc.oneof(
      fc.constantFrom('7371011505900002', '7371011201100003', '1990-05-15', '08:30', 'SITI AMINAH', 'YA'),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    const readings = fc.array(
      fc.record({ element: fc.constantFrom(...elements), value: values, confidence: fc.double() }),
      { maxLength: 6 },
    );
    const stands = standsOf(talking).filter(
      (one) => one.snapshot !== null && talking.describe(one, NOW).service !== null,
    );
    fc.assert(
      fc.property(fc.constantFrom(...stands), readings, (conversation, found) => {
        const { service, step } = talking.describe(conversation, NOW);
        const steps = talking.flows.services[service ?? '']?.steps ?? [];
        const document = steps.find(({ id, ask }) => id === step && ask === 'document')?.id ?? 'kk_foto';
        const before = contextOf(conversation).answers;
        const { conversation: next } = take(talking, conversation, readOff(document, found));
        expect(without(contextOf(next).answers, document)).toEqual(without(before, document));
        expect(() => talking.describe(next, NOW)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('of a document of several pages are gathered until the last', () => {
    const flows = structuredClone(talking.flows);
    const ktp = flows.services['akta-perceraian']?.steps.find(({ id }) => id === 'ktp_foto');
    if (ktp?.ask !== 'document') throw new Error('no ktp_foto');
    ktp.pages = 3;
    const paged = createTalking(flows);
    let conversation = talked('akta cerai', 'SETUJU');
    const send = (reads: { [element: string]: string }) => {
      const luck = { fail: [], taken: 0, reads };
      conversation = tell(paged, conversation, photos(1), { luck }).conversation;
    };
    send({ nik: KTP.nik });
    send({ name: KTP.name });
    const done = tell(paged, conversation, say('selesai'));
    expect(readingsIn(contextOf(done.conversation).answers.ktp_foto).map(({ element }) => element)).toEqual([
      'nik',
      'name',
    ]);
    expect(contextOf(done.conversation)).not.toHaveProperty('read');
    expect(done.said.at(-1)?.text).toContain('SITI AMINAH, benar?');
  });
});

describe('a file that is refused twice', () => {
  it('tells the people who have the chat why, and which of several it was', () => {
    const first = photo(talked('akta cerai', 'SETUJU'), {}, { reason: 'blurred' }).conversation;
    const { conversation } = tell(talking, first, photos(2));
    expect(conversation.attention.status).toBe('bot');
    const event: Event = {
      ...readOff('ktp_foto', []),
      result: { step: 'ktp_foto', ok: false, reason: 'dark', page: 2, of: 2 },
    };
    const { entries, conversation: handed } = take(talking, first, event);
    expect(handed.attention).toMatchObject({ status: 'waiting', reason: 'document-refused' });
    expect(entries.filter(({ direction }) => direction === 'note').map(({ text }) => text)).toEqual([
      'Berkas ditolak, KTP-el asli, 2/2. Fotonya terlalu gelap. Mohon foto ulang di tempat terang, di dekat jendela atau lampu.',
    ]);
  });
});

function readOff(step: string, readings: Json): Extract<Event, { type: 'effect.done' }> {
  const files = [{ file: 'f', contentType: 'image/jpeg', sizeBytes: 9 }];
  return {
    ...{ type: 'effect.done', effect: 'talk.1.0', effectType: 'intake', params: { step, entry: 'e' } },
    result: { step, ok: true, files, readings },
  };
}

function without(answers: Answers, step: string): Answers {
  const { [step]: _gone, ...others } = answers;
  return others;
}

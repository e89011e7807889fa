import { describe, expect, it } from 'vitest';
import type { Conversation, Event } from '../../src/conversation/types.ts';
import { understoodText } from '../../src/conversation/understood.ts';
import { photos, say } from './answers.ts';
import { NUMBER, PIN } from './stand-ins.ts';
import { messageOf } from './stands.ts';
import { createTalking, NOW, newConversation, realFlows, take } from './world.ts';

const talking = createTalking(realFlows());
const operator = { id: 'o', name: 'Ani' };

/** What each event is counted as, and understood as. */
function through(...events: (Event | string)[]) {
  let conversation: Conversation = newConversation('whatsapp');
  return events.map((one) => {
    const event = typeof one === 'string' ? messageOf(say(one)) : one;
    const commit = take(talking, conversation, event);
    conversation = commit.conversation;
    const understood = commit.entries.find(({ direction }) => direction === 'in')?.understood;
    return { counts: commit.counts, text: understood && understoodText(understood, talking.flows) };
  });
}

describe('what is counted of a step', () => {
  it('is each beginning, each question once in a draft, each handoff with its place and reason, each end', () => {
    const counts = through(
      'ktp hilang',
      'SETUJU',
      '1',
      'ULANG',
      '1',
      'MENU',
      'LANJUT',
      'PETUGAS',
      { type: 'operator.claim', operator },
      { type: 'operator.resolve', operator },
      'Siti Aminah',
    ).map((one) => one.counts);
    expect(counts).toEqual([
      ['begun:ktp-hilang-rusak'],
      ['asked:ktp-hilang-rusak:keadaan'],
      ['asked:ktp-hilang-rusak:pemohon_nama'],
      undefined,
      undefined,
      undefined,
      undefined,
      ['handoff:ktp-hilang-rusak:pemohon_nama:asked'],
      undefined,
      ['resolved'],
      ['asked:ktp-hilang-rusak:pemohon_nik'],
    ]);
  });

  it('is a filing when the number is there, and a look-up of a status with both its questions', () => {
    const filed: Event = {
      type: 'effect.done',
      effect: 'e',
      effectType: 'submit',
      params: {},
      result: { number: NUMBER, pin: PIN, dueAt: NOW },
    };
    const texts = ['2', 'Siti Aminah', '7371011505900002', '7371011201100003', '081234567890', 'LOKET', 'ya'];
    expect(through('ktp hilang', 'SETUJU', ...texts, filed).at(-1)?.counts).toEqual([
      'filed:ktp-hilang-rusak',
    ]);
    expect(through('cek status')[0]?.counts).toEqual(['begun:cek-status', 'asked:cek-status:nomor']);
  });

  it('is a handoff from the menu without service and step', () => {
    expect(through('PETUGAS')[0]?.counts).toEqual(['handoff:-:-:asked']);
  });
});

describe('how a message was understood', () => {
  it('is told in a line without what the citizen wrote', () => {
    const texts = through(
      'halo',
      'berapa biayanya?',
      'ktp hilang',
      'SETUJU',
      'entahlah saya juga tidak tahu yang mana itu',
      '1',
      'Siti Aminah',
      'ULANG',
    ).map(({ text }) => text);
    expect(texts).toEqual([
      'Salam',
      'Pertanyaan: biaya',
      'Layanan: KTP hilang atau rusak',
      'Setuju',
      'Tidak dimengerti: Keadaan KTP',
      'Jawaban: Keadaan KTP',
      'Jawaban: Nama pemilik KTP',
      'Pertanyaan sebelumnya',
    ]);
  });

  it('names the document of a photo, and is left out while a person has the chat or more is waited for', () => {
    const photo = messageOf(photos(1));
    const steps = through('ktp hilang', 'SETUJU', '2', 'Siti Aminah', '7371011505900002', '7371011201100003');
    expect(steps.at(-1)?.text).toBe('Jawaban: Nomor KK');
    const all = ['ktp hilang', 'SETUJU', '2', 'Siti Aminah', '7371011505900002', '7371011201100003'];
    expect(through(...all, '081234567890', photo).at(-1)?.text).toBe('Berkas: Kartu Keluarga asli');
    expect(through('PETUGAS', 'halo?').at(-1)?.text).toBeUndefined();
    expect(through('ktp')[0]?.text).toBeUndefined();
  });
});

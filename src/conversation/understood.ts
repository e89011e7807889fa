/** How the bot took a message, for the people who look over its shoulder. */
import type { Flows } from '../flows/schema.ts';
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import type { Understood } from './types.ts';

/** Of the events that a message became; undefined when it waits for more, or when a person has the chat. */
export function understoodFrom(events: readonly TalkEvent[], { where }: TalkState): Understood | undefined {
  const event = events.find(({ type }) => type !== 'UNMUTE') ?? events[0];
  if (!event || where.room === 'handoff') return undefined;
  const place =
    where.room === 'service'
      ? { service: where.service, ...(where.state === 'ask' ? { step: where.step } : {}) }
      : {};
  return {
    event: event.type,
    ...place,
    ...('service' in event ? { service: event.service } : {}),
    ...('topic' in event ? { topic: event.topic } : {}),
    ...('reason' in event ? { reason: event.reason } : {}),
    ...('warning' in event ? { reason: event.warning } : {}),
  };
}

/** Events that are an answer to the question of the form. */
const ANSWERS: readonly string[] = ['ANSWER', 'SKIP', 'COUNTER', 'DONE'];

/** The other events, as operators read them. */
const WORDS: Readonly<Record<string, string>> = {
  AGREE: 'Setuju',
  REFUSE: 'Tidak setuju',
  CONFIRM: 'Mengirim permohonan',
  DECLINE: 'Bacaan foto tidak benar',
  CHANGE: 'Mengubah jawaban',
  CHANGE_UNCLEAR: 'Ingin mengubah jawaban',
  PICK: 'Memilih waktu',
  MENU: 'Minta menu',
  CANCEL: 'Membatalkan',
  BACK: 'Pertanyaan sebelumnya',
  OPERATOR: 'Minta petugas',
  UPSET: 'Kecewa atau takut',
  HELP: 'Minta bantuan',
  OFFICIAL: 'Cek resmi',
  STOP: 'Berhenti menerima pesan',
  UNMUTE: 'Menerima pesan lagi',
  RESUME: 'Melanjutkan',
  RESCHEDULE: 'Ubah jadwal',
  CANCEL_VISIT: 'Batalkan jadwal',
  THANKS: 'Terima kasih',
  GREETING: 'Salam',
  RETURNED: 'Kembali setelah lama',
  LANGUAGE: 'Ganti bahasa',
  UNKNOWN: 'Jenis pesan yang tidak dibaca',
  SAID: 'Menulis saat diproses',
};

/** One line in Indonesian, without anything that the citizen wrote. */
export function understoodText({ event, service, step, topic, reason }: Understood, flows: Flows): string {
  const question = flows.services[service ?? '']?.steps.find(({ id }) => id === step)?.label.id;
  const title = flows.services[service ?? '']?.title.id ?? service;
  if (ANSWERS.includes(event)) return `Jawaban: ${question ?? title}`;
  if (event === 'FILES') return question ? `Berkas: ${question}` : 'Berkas';
  if (event === 'START' || event === 'INFORM') return `Layanan: ${title}`;
  if (event === 'QUESTION') return `Pertanyaan: ${flows.services[topic ?? '']?.title.id ?? topic}`;
  if (event === 'INVALID') return question ? `Tidak dimengerti: ${question}` : 'Tidak dimengerti';
  if (event === 'RECHECK') return `Diminta periksa lagi: ${question} (${reason})`;
  return WORDS[event] ?? event;
}

/** One small office as in Rembang (June 2021), a clock that stands, and the real store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EffectContext } from '../../src/conversation/ports.ts';
import type { Conversation } from '../../src/conversation/types.ts';
import { loadOffice, type Office } from '../../src/office.ts';
import { openStore, type Store } from '../../src/store/open.ts';

/** Submission and pick-up have windows of their own; Saturday is closed. Chats until 15.00, on Fridays until 11.00. */
export const REMBANG = `
name: Dinas Kependudukan dan Pencatatan Sipil Kabupaten Rembang
shortName: Disdukcapil Rembang
region: Kabupaten Rembang
address: Jl. Pemuda, Rembang
website: https://disdukcapil.contoh.go.id
timeZone: Asia/Jakarta
chat: { mon-thu: ["08:00-15:00"], fri: ["08:00-11:00"] }
smsHours: "08:00-20:00"
activities:
  submit: { id: pengajuan, en: submission }
  pickup: { id: pengambilan, en: pick-up }
  record: { id: perekaman, en: recording }
points:
  kantor:
    name: { id: Kantor Dukcapil, en: Registry office }
    address: Jl. Pemuda 1
    activities:
      submit: { hours: { mon-thu: ["08:00-12:00"], fri: ["08:00-10:00"] }, slotMinutes: 30, capacity: 2 }
      pickup: { hours: { mon-thu: ["08:00-14:00"], fri: ["08:00-10:00"] }, slotMinutes: 30, capacity: 2 }
  lasem:
    name: { id: Kecamatan Lasem, en: Lasem district }
    address: Jl. Raya Lasem
    activities:
      pickup: { hours: { tue: ["09:00-11:00"] }, slotMinutes: 60, capacity: 1 }
      record: { hours: { tue: ["09:00-11:00"] }, slotMinutes: 60, capacity: 1, status: broken }
  sale:
    name: { id: Kecamatan Sale, en: Sale district }
    address: Jl. Sale
    activities:
      record: { hours: { wed: ["09:00-10:00"] }, slotMinutes: 20, capacity: 1 }
  mpp:
    name: { id: MPP, en: Service mall }
    address: Pusat Niaga
    status: planned
    activities:
      pickup: { hours: { sat-sun: ["10:00-16:00"] }, slotMinutes: 30, capacity: 6 }
`;

/** The office of `text`, with `closures` and `special` as YAML when given. */
export function officeOf(text: string, more = ''): Office {
  const read = loadOffice(`${text}${more}`, 'office.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.office;
}

/** Milliseconds of a local time in Rembang, `2026-11-25T09:00`. */
export function wib(local: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Jakarta').epochMilliseconds;
}

/** The other way round. */
export function toWib(at: number): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Asia/Jakarta');
  return local.toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** A store in a directory of its own, and its end. */
export async function openTestStore(): Promise<{ store: Store; close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'loket-'));
  const store = await openStore({ dataDir, masterKey: new Uint8Array(32).fill(7) });
  return {
    store,
    close: async () => {
      await store.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** What the runner tells a handler. */
export function contextOf(conversation: string, isRepeat = false): EffectContext {
  return { conversation: { id: conversation } as Conversation, isRepeat, tries: 0 };
}

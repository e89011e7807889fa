/** News of an application of each kind, with all that belongs to it. */
import type { ApplicationNews, Event, NewsKind } from '../../src/conversation/types.ts';

import type { OfferedSlot } from '../../src/flows/talk.ts';
import { NOW } from './world.ts';

export { NEWS_KINDS } from '../../src/office/news-kinds.ts';

/** A KTP with a lost card's papers, as filed. */
export const FILED = {
  keadaan: { v: 'hilang' },
  pemohon_nama: { v: 'Siti Aminah' },
  pemohon_nik: { v: '7371011505900002' },
  pemohon_kk: { v: '7371011201100003' },
  pemohon_hp: { v: '+6281234567890' },
  surat_polisi: { v: { files: [] } },
  kk_foto: { v: { files: [] } },
};

export const NEWS_NUMBER = 'KT-2611-0009-2';

/** A visit so many hours from now; with the longest name of a place that is usual. */
export function slotAt(hours: number): OfferedSlot {
  const startAt = NOW + hours * 3_600_000;
  const place = {
    id: 'Loket pelayanan Disdukcapil, Jl. Pelayanan No. 1, Contoh Kota',
    en: 'Disdukcapil service counter, Jl. Pelayanan No. 1, Contoh Kota',
  };
  return { point: 'kantor', activity: 'pickup', startAt, endAt: startAt + 1_800_000, place };
}

const WHY = { id: 'alat di sana sedang rusak', en: 'the device there is out of order' };

const OF_KIND: { [Kind in NewsKind]?: Partial<ApplicationNews> } = {
  correction: { answers: FILED, refused: [{ step: 'surat_polisi', reason: 'Fotonya buram' }] },
  'correction-reminder': { refused: [{ step: 'surat_polisi', reason: 'Fotonya buram' }] },
  rejected: { reason: 'Datanya berbeda.' },
  cancelled: { reason: 'Atas permintaan sendiri.' },
  result: {
    files: [{ file: 'f1', contentType: 'application/pdf', sizeBytes: 9, name: 'KTP.pdf' }],
    url: 'https://layanan.disdukcapil.contohkab.go.id/f/7Gq0mXh2bVw9RkTzLp4sYA',
  },
  pin: { pin: '482913' },
  delayed: { dueAt: NOW - 86_400_000 },
  'visit-reminder': { slot: slotAt(22) },
  'visit-soon': { slot: slotAt(2) },
  'visit-early': { slot: slotAt(48) },
  'visit-missed': { slot: slotAt(-3), again: true },
  'visit-moved': { slot: slotAt(48), was: slotAt(24), slots: [slotAt(48), slotAt(49)], why: WHY },
  'visit-waiting': { slot: slotAt(24), why: WHY },
  'visit-restored': { slot: slotAt(24) },
};

/** The event; its id is of the number and kind. */
export function newsOf(kind: NewsKind, also: Partial<ApplicationNews> = {}): Event {
  const news = { number: NEWS_NUMBER, service: 'ktp-hilang-rusak', kind, ...OF_KIND[kind], ...also };
  return { type: 'application.news', id: `${news.number}.${kind}`, news };
}

/** Words of the forms that are not in the regulation. */
import type { Words } from '../words.ts';

export const FORM_WORDS = {
  note: {
    id: 'Dicetak oleh Loket dari data permohonan; berlaku setelah ditandatangani.',
    en: 'Printed by Loket from the application; valid when signed.',
  },
  empty: {
    id: 'Formulir kosong. Isi dengan huruf cetak dan tinta hitam.',
    en: 'An empty form. Fill it in with block letters and black ink.',
  },
  page: { id: 'halaman', en: 'page' },
  dateHint: { id: 'tgl - bln - thn', en: 'day, month, year' },
  meterai: { id: 'Meterai', en: 'Stamp' },
} as const satisfies Record<string, Words>;

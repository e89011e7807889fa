/** What the office should see to about its blank cards. Pure. */
import type { StockEntry } from '../ports.ts';

/** A point that keeps a ledger. `booked`: who comes for a card. */
export interface StockState {
  name: string;
  count: number;
  isOut: boolean;
  isLow: boolean;
  booked: number;
}

/** [own] Fewer than this are few, however seldom they are used. */
const FEW = 20;
/** A week's use is told from so many weeks. */
const WEEKS = 4;
const WEEK_MS = 7 * 86_400_000;

/** Fewer are left than a week takes, from the lines of the last four; `now` in ms since the epoch. */
export function isLow(count: number, lines: readonly StockEntry[], now: number): boolean {
  const used = lines
    .filter(({ kind, at }) => (kind === 'used' || kind === 'spoiled') && at > now - WEEKS * WEEK_MS)
    .reduce((sum, { change }) => sum - change, 0);
  return count < Math.max(FEW, used / WEEKS);
}

/** As sentences in Indonesian; `isAnnounced`: citizens are told everywhere that there are none. */
export function stockWarnings(states: readonly StockState[], isAnnounced: boolean): string[] {
  const isOutEverywhere = states.every(({ isOut }) => isOut);
  return [
    ...states.flatMap(warningsOf),
    ...(isOutEverywhere && !isAnnounced
      ? [
          'Blangko KTP-el habis di semua tempat yang mencatat. Penyelia dapat mengumumkannya lewat menu Gangguan.',
        ]
      : []),
    ...(!isOutEverywhere && isAnnounced
      ? ['Pengumuman blangko habis masih menyala, padahal blangko tercatat ada. Matikan lewat menu Gangguan.']
      : []),
  ];
}

function warningsOf({ name, count, isOut, isLow, booked }: StockState): string[] {
  const below =
    count < 0 ? [`Catatan blangko di ${name} kurang dari nol (${count}). Hitung dan catat lagi.`] : [];
  if (isOut && booked > 0)
    return [
      ...below,
      `Blangko KTP-el di ${name} habis, ${booked} warga terjadwal mengambil kartu di sana. Tandai "Blangko KTP-el habis" agar mereka dipindahkan.`,
    ];
  if (isOut) return [...below, `Blangko KTP-el di ${name} habis.`];
  return isLow ? [`Blangko KTP-el di ${name} tinggal ${count} lembar. Mintalah kiriman.`] : [];
}

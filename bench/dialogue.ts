/** What the citizens of the benchmark write: a birth certificate, from the first wish to the twelfth answer. */

/** Wish, consent, and the first twelve answers of `akta-kelahiran` in flows.yaml. The NIK and KK belong to nobody. */
export const DIALOGUE: readonly string[] = [
  'mau bikin akta kelahiran anak saya',
  'setuju',
  'Siti Rahmawati',
  '6472015203900001',
  '6472010101200001',
  '081234567890',
  'lewati',
  'ibu',
  'keduanya',
  '12-05-2026',
  'Bagus Pratama Putra',
  'laki-laki',
  'puskesmas',
  'Samarinda',
];

/** With the dialogue behind them, citizens go back one question and answer it again, so that nothing grows. */
export const REPEAT: readonly string[] = ['ULANG', 'Samarinda'];

/** One message of a citizen. */
export interface Said {
  /** `+62...`; one for each citizen. */
  phone: string;
  text: string;
}

/** Invented numbers of one range: `+62810` and nine digits. */
export function phoneOf(citizen: number): string {
  return `+62810${String(citizen).padStart(9, '0')}`;
}

/** One citizen after the other, each through the whole dialogue. `first` and `stride` keep lines of citizens apart. */
export function* citizens({ first, stride }: { first: number; stride: number }): Generator<Said, never> {
  for (let citizen = first; ; citizen += stride) {
    const phone = phoneOf(citizen);
    for (const text of DIALOGUE) yield { phone, text };
  }
}

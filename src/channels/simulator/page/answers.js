/** One good answer to each kind of question (`state.expects`), for whoever tries the service out. */

/** Words that are of use at any step. */
const COMMANDS = ['MENU', 'ULANG', 'LEWATI', 'BATAL', 'PETUGAS'];
const REPLIES = {
  'yes-no': ['YA', 'TIDAK'],
  consent: ['SETUJU', 'BATAL'],
  confirm: ['YA', 'UBAH'],
  choice: ['1', '2', '3'],
  slot: ['1', '2', '3'],
};
/** Made up: the district code is real, the persons are not. */
const SAMPLES = {
  nik: (count) => `64080412059099${two(count)}`,
  kk: (count) => `64080401012000${two(count)}`,
  name: (count) =>
    ['Ahmad Rizki Maulana', 'Siti Nurhaliza Putri', 'Budi Santoso Wijaya', 'Dewi Lestari Ningrum'][count % 4],
  date: () => '12-05-1990',
  time: () => '08.30',
  phone: () => '081234567890',
  email: () => 'warga@example.com',
  number: () => '3',
  text: () => 'Samarinda',
  'akta-number': () => '6472-LT-12052015-0001',
};

/** `{ sample, words, wantsPhoto }`: a text to put into the composer, words to send at a tap. */
export function answersFor({ expects, status }, count) {
  if (status === 'handoff') return { sample: undefined, words: ['MENU', 'BATAL'], wantsPhoto: false };
  if (expects === 'menu' || expects === null)
    return {
      sample: 'mau bikin akta kelahiran anak saya',
      words: ['MENU', 'STATUS', 'PETUGAS', 'CEK RESMI'],
      wantsPhoto: false,
    };
  const isDocument = expects === 'document';
  const words = [...(REPLIES[expects] ?? []), ...(isDocument ? ['LOKET'] : []), ...COMMANDS];
  return { sample: SAMPLES[expects]?.(count), words: [...new Set(words)], wantsPhoto: isDocument };
}

function two(count) {
  return String((count % 98) + 1).padStart(2, '0');
}

/**
 * The questions that `DIALOGUE` answers, for the peers: what Loket reads from flows.yaml, written down by hand as their
 * users would. Each answer is looked at with one pattern, which is far less than Loket does with it.
 */

export interface Question {
  /** Under this name the answer is kept. */
  name: string;
  text: string;
  /** What an answer looks like. */
  form: RegExp;
}

/** What the first message of the dialogue asks for. */
export const WISH = 'mau bikin akta kelahiran';

/** Consent, the twelve questions, and the one that the twelfth answer leads to: it stays open. */
export const QUESTIONS: readonly Question[] = [
  { name: 'consent', text: 'Data Anda dipakai hanya untuk permohonan ini. SETUJU?', form: /^setuju$/i },
  { name: 'nama_pelapor', text: 'Siapa nama lengkap pelapor?', form: /^\p{L}[\p{L} '.-]+$/u },
  { name: 'nik_pelapor', text: 'NIK pelapor? 16 angka di KTP.', form: /^\d{16}$/ },
  { name: 'kk', text: 'Nomor Kartu Keluarga (KK)? 16 angka di bagian atas KK.', form: /^\d{16}$/ },
  { name: 'telepon', text: 'Nomor telepon yang bisa dihubungi?', form: /^(\+62|0)\d{8,12}$/ },
  { name: 'email', text: 'Alamat surel? Tidak ada: LEWATI.', form: /^(lewati|\S+@\S+)$/i },
  { name: 'hubungan', text: 'Siapakah Bapak/Ibu bagi anak itu?', form: /^\p{L}+$/u },
  { name: 'orang_tua', text: 'Siapa orang tua yang dicatat di akta?', form: /^\p{L}+$/u },
  { name: 'tanggal_lahir', text: 'Tanggal lahir anak? Contoh: 12-05-2026', form: /^\d{2}-\d{2}-\d{4}$/ },
  { name: 'nama_anak', text: 'Nama lengkap anak untuk akta?', form: /^\p{L}[\p{L} '.-]+$/u },
  { name: 'jenis_kelamin', text: 'Jenis kelamin anak?', form: /^(laki-laki|perempuan)$/i },
  { name: 'dilahirkan_di', text: 'Di mana anak dilahirkan?', form: /^\p{L}+$/u },
  { name: 'tempat_lahir', text: 'Kabupaten/kota tempat lahir? Contoh: Samarinda', form: /^[\p{L} ]+$/u },
  { name: 'pukul', text: 'Pukul berapa lahir? Contoh: 08.30. Tidak tahu? Balas LEWATI.', form: /./ },
];

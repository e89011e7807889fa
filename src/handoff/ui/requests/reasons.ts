/**
 * Sentences that citizens read when something is refused. Indonesian whatever the language of the screen is, polite, and
 * each says what to do next; operators change them as needed.
 */

export const DOCUMENT_REASONS = [
  'Fotonya buram, tulisannya belum terbaca. Mohon foto ulang di tempat terang, tanpa lampu kilat.',
  'Fotonya terpotong. Mohon foto ulang sampai seluruh lembar terlihat.',
  'Ini fotokopi. Mohon kirim foto dokumen aslinya.',
  'Ini bukan dokumen yang diminta. Mohon kirim dokumen yang sesuai.',
  'Halamannya belum lengkap. Mohon kirim semua halaman.',
  'Belum ada tanda tangan atau stempel. Mohon dilengkapi, lalu kirim ulang fotonya.',
  'Masa berlakunya sudah lewat. Mohon kirim dokumen yang masih berlaku.',
  'Data di dokumen ini berbeda dengan isian. Mohon diperiksa, lalu kirim dokumen yang sesuai.',
] as const;

export const FIELD_REASONS = [
  'Isian ini berbeda dengan dokumen yang dikirim. Mohon tulis ulang sesuai dokumen.',
  'Nomor ini belum cocok dengan data kependudukan. Mohon lihat lagi di KTP atau KK, lalu kirim ulang.',
  'Isian ini belum lengkap. Mohon tulis ulang dengan lengkap, tanpa singkatan.',
] as const;

/** By decision. */
export const DECISION_REASONS: { [decision: string]: readonly string[] } = {
  reject: [
    'Permohonan ini tidak dapat diproses di kantor kami karena Bapak/Ibu terdaftar di daerah lain. Mohon ajukan di kantor Dukcapil daerah tersebut.',
    'Dokumen yang dipersyaratkan tidak dapat dipenuhi. Bapak/Ibu boleh mengajukan lagi kapan saja setelah dokumennya ada.',
    'Data yang diminta sudah tercatat, jadi tidak perlu diajukan lagi. Bila ada yang keliru, balas PETUGAS.',
  ],
  cancel: [
    'Permohonan dibatalkan atas permintaan Bapak/Ibu. Bapak/Ibu boleh mengajukan lagi kapan saja.',
    'Permohonan ini tercatat dua kali; yang satu tetap kami proses.',
  ],
  return: [
    'Ada data yang perlu kami periksa ulang. Bapak/Ibu tidak perlu melakukan apa pun; kami kabari hasilnya.',
  ],
  reopen: ['Permohonan Bapak/Ibu kami periksa kembali. Mohon maaf atas kekeliruan kami sebelumnya.'],
};

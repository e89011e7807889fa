/** Words of our papers, Indonesian first. What the bot itself says is in flows.yaml; this is what is printed. */

/** One text in both languages: papers and pages show both. */
export interface Words {
  id: string;
  en: string;
}

/** On every paper. */
export const PAPER_WORDS = {
  fraudTitle: {
    id: 'Semua layanan gratis. Waspada penipuan.',
    en: 'All services are free. Beware of fraud.',
  },
  fraud: {
    id: 'Petugas tidak pernah meminta uang, OTP, atau PIN, dan tidak pernah mengirim aplikasi (APK).',
    en: 'Our staff never ask for money, an OTP or your PIN, and never send an app (APK).',
  },
  verifyTitle: { id: 'Periksa keaslian', en: 'Verify this paper' },
  verify: { id: 'Pindai kode QR, atau buka', en: 'Scan the QR code, or open' },
  code: { id: 'Kode', en: 'Code' },
  issued: { id: 'Diterbitkan', en: 'Issued' },
  qrAlt: { id: 'Kode QR ke halaman pemeriksaan keaslian', en: 'QR code to the verification page' },
} as const satisfies Record<string, Words>;

export const RECEIPT_WORDS = {
  title: { id: 'Tanda Terima Permohonan', en: 'Receipt of application' },
  number: { id: 'Nomor permohonan', en: 'Application number' },
  pin: { id: 'PIN (rahasia)', en: 'PIN (secret)' },
  service: { id: 'Layanan', en: 'Service' },
  applicant: { id: 'Nama pemohon', en: 'Applicant' },
  nik: { id: 'NIK', en: 'Identity number' },
  submitted: { id: 'Diajukan', en: 'Submitted' },
  due: { id: 'Dijanjikan selesai', en: 'Promised by' },
  dueNote: {
    id: 'sejak berkas lengkap dan benar',
    en: 'from complete documents',
  },
  fee: { id: 'Biaya', en: 'Fee' },
  free: { id: 'Gratis', en: 'Free of charge' },
  received: { id: 'Berkas yang kami terima', en: 'Documents received' },
  nothingReceived: { id: 'Tidak ada berkas yang dikirim', en: 'No documents were sent' },
  pages: { id: 'lembar', en: 'pages' },
  bring: { id: 'Harap dibawa ke kantor', en: 'Please bring to the office' },
  nothingToBring: { id: 'Tidak ada', en: 'Nothing' },
  visit: { id: 'Jadwal datang', en: 'Your visit' },
  noVisit: {
    id: 'Bapak/Ibu belum perlu datang ke kantor. Kami kabari lewat percakapan yang sama.',
    en: 'You need not come to the office for now. We will tell you in the same chat.',
  },
  check: {
    id: 'Cek kapan saja: kirim kata STATUS, lalu nomor dan PIN di atas, lewat WhatsApp atau SMS.',
    en: 'Check at any time: send STATUS, then the number and PIN above, by WhatsApp or SMS.',
  },
  notLegal: {
    id: 'Tanda terima ini bukan dokumen kependudukan dan sah tanpa tanda tangan.',
    en: 'This receipt is not a civil-registry document and is valid without a signature.',
  },
} as const satisfies Record<string, Words>;

export const SLIP_WORDS = {
  title: { id: 'Slip Pengambilan', en: 'Pick-up slip' },
  number: { id: 'Nomor permohonan', en: 'Application number' },
  name: { id: 'Pemohon', en: 'Applicant' },
  when: { id: 'Diambil di mana dan kapan', en: 'Where and when' },
  other: {
    id: 'Tidak bisa datang pada waktu itu? Balas UBAH JADWAL di percakapan yang sama.',
    en: 'Cannot come then? Reply RESCHEDULE in the same chat.',
  },
  bring: { id: 'Harap dibawa', en: 'Please bring' },
  this: { id: 'Slip ini (boleh di layar HP)', en: 'This slip (on your phone will do)' },
  identity: { id: 'KTP-el atau tanda pengenal lain', en: 'Your KTP-el or another proof of identity' },
  oldCard: {
    id: 'Kartu lama, bila masih ada dan belum diserahkan',
    en: 'The old card, if you have it and have not handed it in',
  },
  notLegal: {
    id: 'Slip ini bukan dokumen kependudukan. Pengambilan tidak dipungut biaya.',
    en: 'This slip is not a civil-registry document. There is no fee for collecting.',
  },
} as const satisfies Record<string, Words>;

export const TICKET_WORDS = {
  title: { id: 'Nomor antrean', en: 'Queue number' },
  expected: { id: 'Perkiraan giliran', en: 'Expected turn' },
  late: {
    id: 'Perkiraan dapat berubah. Terlewat saat dipanggil? Lapor ke petugas loket.',
    en: 'It may change. Missed your call? Tell the counter.',
  },
  free: { id: 'GRATIS, tanpa perantara', en: 'Free of charge, no middlemen' },
  taken: { id: 'Diambil', en: 'Taken' },
} as const satisfies Record<string, Words>;

export const CHECKLIST_WORDS = {
  title: { id: 'Daftar Persyaratan', en: 'Checklist' },
  free: { id: 'Gratis.', en: 'Free of charge.' },
  ready: { id: 'Yang disiapkan', en: 'What to have ready' },
  documents: { id: 'Berkas yang difoto atau dibawa', en: 'Documents to photograph or bring' },
  forms: { id: 'Formulir yang kami isikan', en: 'Forms that we fill in for you' },
  bring: { id: 'Dibawa saat datang', en: 'To bring when you come' },
  where: { id: 'Tempat dan jam layanan', en: 'Where and when' },
  optional: { id: 'bila ada', en: 'if you have it' },
  changes: {
    id: 'Persyaratan dapat berubah; yang terbaru ada di percakapan kami dan di kantor.',
    en: 'Requirements may change; the latest are in our chat and at the office.',
  },
} as const satisfies Record<string, Words>;

/** A letter is in Indonesian alone. */
export const LETTER_WORDS = {
  title: { id: 'Surat', en: 'Official letter' },
  number: 'Nomor',
  subject: 'Hal',
  about: 'Permohonan',
  to: 'Yth.',
  signed: 'Ditandatangani secara elektronik',
  nip: 'NIP',
  note: {
    id: 'Surat ini diterbitkan oleh kantor yang namanya tertera di atas.',
    en: 'This letter was issued by the office named above.',
  },
} as const;

/** What the citizen comes for. */
export const ACTIVITY_WORDS: Record<string, Words> = {
  submit: { id: 'Menyerahkan berkas', en: 'Hand in documents' },
  pickup: { id: 'Mengambil hasil', en: 'Collect the result' },
  record: { id: 'Perekaman biometrik', en: 'Biometric recording' },
};

/** Words of the pages behind `/f` and `/v`, Indonesian first. What the bot itself says is in flows.yaml. */
import type { FileReason } from '../../flows/vocabulary.ts';
import type { LinkState } from '../links.ts';
import type { Words } from '../papers/words.ts';

export const PAGE_WORDS = {
  upload: { id: 'Kirim berkas', en: 'Send a document' },
  photo: { id: 'Ambil foto', en: 'Take a photo' },
  choose: { id: 'Atau pilih foto atau PDF', en: 'Or choose photos or a PDF' },
  choosePhotos: { id: 'Atau pilih foto', en: 'Or choose photos' },
  choosePdf: { id: 'Pilih PDF', en: 'Choose a PDF' },
  send: { id: 'Kirim', en: 'Send' },
  hint: {
    id: 'Foto asli (bukan fotokopi), terang, seluruh lembar terlihat. Paling besar 16 MB tiap berkas.',
    en: 'Photograph the original (no photocopy), well lit, the whole sheet visible. At most 16 MB each.',
  },
  thanks: { id: 'Terima kasih, berkas diterima', en: 'Thank you, we have it' },
  thanksMore: {
    id: 'Kami periksa dan kabari lewat SMS. Halaman ini boleh ditutup.',
    en: 'We will check it and tell you by SMS. You may close this page.',
  },
  download: { id: 'Unduh dokumen', en: 'Download your document' },
  printing: {
    id: 'Dokumen PDF boleh dicetak sendiri di kertas putih HVS A4 80 gram.',
    en: 'You may print a PDF document yourself on white A4 paper, 80 g.',
  },
  goesOn: {
    id: 'Bila unduhan terputus, buka lagi tautan ini: selama satu jam setelah unduhan pertama masih dapat dilanjutkan.',
    en: 'If the download breaks off, open this link again: it goes on for an hour after the first time.',
  },
  pin: { id: 'PIN (6 angka)', en: 'PIN (6 digits)' },
  pinHint: {
    id: 'Masukkan PIN permohonan yang kami kirim bersama nomor permohonan.',
    en: 'Enter the PIN that we sent with the application number.',
  },
  fetch: { id: 'Unduh', en: 'Download' },
  wrongPin: { id: 'PIN salah. Periksa lagi.', en: 'Wrong PIN. Please check it.' },
  lockedPin: {
    id: 'Terlalu banyak PIN salah untuk permohonan ini. Coba lagi satu jam kemudian.',
    en: 'Too many wrong PINs for this application. Try again in an hour.',
  },
  unknownLink: { id: 'Tautan tidak dikenal', en: 'Unknown link' },
  askAgain: {
    id: 'Periksa alamatnya, atau minta tautan baru lewat percakapan dengan kami.',
    en: 'Check the address, or ask for a new link in your chat with us.',
  },
  notWaiting: { id: 'Berkas ini tidak ditunggu lagi', en: 'This document is no longer needed' },
  verify: { id: 'Pemeriksaan dokumen', en: 'Document verification' },
  tooMany: { id: 'Terlalu banyak permintaan', en: 'Too many requests' },
  tooManyMore: { id: 'Tunggu satu menit, lalu coba lagi.', en: 'Wait a minute, then try again.' },
} as const satisfies Record<string, Words>;

/** What the upload page's script says (upload-client.js); `{n}` and `{percent}` are numbers. */
export const SCRIPT_WORDS = {
  file: { id: 'Berkas {n}', en: 'File {n}' },
  wait: { id: 'Menunggu giliran', en: 'Waiting its turn' },
  small: { id: 'Foto diperkecil', en: 'Making the photo smaller' },
  sending: { id: 'Terkirim {percent}%', en: '{percent}% sent' },
  checking: { id: 'Sedang diperiksa', en: 'Being checked' },
  done: { id: 'Diterima', en: 'Accepted' },
  broken: {
    id: 'Sambungan terputus di {percent}%. Nanti dilanjutkan sendiri.',
    en: 'Connection lost at {percent}%. It will go on by itself.',
  },
  remove: { id: 'Hapus', en: 'Remove' },
  again: { id: 'Coba sekarang', en: 'Try now' },
  twice: { id: 'Berkas ini sudah ada di daftar.', en: 'This file is in the list already.' },
  most: { id: 'Paling banyak {n} berkas.', en: 'At most {n} files.' },
  none: { id: 'Belum ada berkas yang dipilih.', en: 'No file was chosen.' },
  bad: {
    id: 'Ada berkas yang belum dapat diterima. Hapus, lalu ambil foto yang baru.',
    en: 'A file could not be accepted. Remove it, then take a new photo.',
  },
  soon: {
    id: 'Dikirim begitu semua berkas selesai. Biarkan halaman ini terbuka.',
    en: 'Will be sent as soon as all files are ready. Please leave this page open.',
  },
  offline: {
    id: 'Sambungan terputus. Kami coba lagi sendiri.',
    en: 'Connection lost. We will try again by ourselves.',
  },
  thanks: PAGE_WORDS.thanks,
  more: PAGE_WORDS.thanksMore,
  used: { id: 'Berkas sudah kami terima', en: 'We already have this document' },
} as const satisfies Record<string, Words>;

/** Why a link does not open. */
export const CLOSED_WORDS: Record<'upload' | 'download', Record<Exclude<LinkState, 'open'>, Words>> = {
  upload: {
    used: { id: 'Berkas sudah kami terima', en: 'We already have this document' },
    expired: { id: 'Tautan sudah kedaluwarsa', en: 'This link has expired' },
    closed: { id: 'Tautan sudah ditutup', en: 'This link has been closed' },
  },
  download: {
    used: { id: 'Tautan sudah dipakai', en: 'This link has been used' },
    expired: { id: 'Tautan sudah kedaluwarsa', en: 'This link has expired' },
    closed: { id: 'Tautan ditutup karena PIN salah 5 kali', en: 'Link closed after 5 wrong PINs' },
  },
};

/** What was wrong with files that were handed in; nothing was taken, and the form is shown again. */
export const UPLOAD_FAULTS = {
  none: { id: 'Belum ada berkas yang dipilih.', en: 'No file was chosen.' },
  many: { id: 'Terlalu banyak berkas. Kirim lebih sedikit.', en: 'Too many files. Please send fewer.' },
  size: { id: 'Berkas terlalu besar. Paling besar 16 MB.', en: 'The file is too large. At most 16 MB.' },
  empty: { id: 'Berkasnya kosong. Pilih lagi.', en: 'The file is empty. Please choose again.' },
  broken: {
    id: 'Berkas rusak atau terpotong. Kirim sekali lagi.',
    en: 'The file is damaged or incomplete. Please send it again.',
  },
  type: {
    id: 'Jenis berkas ini tidak dapat kami terima. Kirim foto (JPG, PNG, HEIC) atau PDF.',
    en: 'We cannot take this kind of file. Send a photo (JPG, PNG, HEIC) or a PDF.',
  },
  dark: {
    id: 'Fotonya terlalu gelap. Mohon foto ulang di tempat terang, di dekat jendela atau lampu.',
    en: 'The photo is too dark. Please take it again in a bright place, near a window or a lamp.',
  },
  bright: {
    id: 'Fotonya terlalu terang atau silau. Mohon foto ulang tanpa lampu kilat, hindari pantulan cahaya.',
    en: 'The photo is too bright or has glare. Please take it again without flash, away from reflections.',
  },
  blurred: {
    id: 'Fotonya buram. Mohon foto ulang, pegang HP dengan dua tangan dan tunggu sampai fokus.',
    en: 'The photo is blurred. Please take it again, hold the phone with both hands and wait for focus.',
  },
  small: {
    id: 'Fotonya terlalu kecil. Mohon foto langsung dengan kamera, dari dekat, seluruh lembar.',
    en: 'The photo is too small. Please take it with the camera, from near, the whole sheet.',
  },
  cut: {
    id: 'Tulisan di tepi lembar terpotong. Mohon foto ulang, seluruh lembar terlihat.',
    en: 'Words at the edge of the sheet are cut off. Please take it again with the whole sheet in view.',
  },
  screenshot: {
    id: 'Ini tangkapan layar. Mohon foto lembar aslinya dengan kamera.',
    en: 'This is a screenshot. Please photograph the original sheet with the camera.',
  },
  rephotographed: {
    id: 'Ini foto dari layar atau dari foto lain. Mohon foto lembar aslinya.',
    en: 'This is a photo of a screen or of another photo. Please photograph the original sheet.',
  },
  password: {
    id: 'PDF ini terkunci kata sandi. Mohon kirim yang tidak terkunci, atau fotonya.',
    en: 'This PDF is locked with a password. Please send one that is not, or a photo.',
  },
  active: {
    id: 'PDF ini berisi program atau lampiran. Mohon cetak ulang ke PDF biasa, atau kirim fotonya.',
    en: 'This PDF holds a program or attachment. Please print it to a plain PDF, or send a photo.',
  },
  pages: {
    id: 'PDF ini terlalu banyak halamannya (paling banyak 50). Kirim halaman yang diminta saja.',
    en: 'This PDF has too many pages (at most 50). Please send only those that are asked for.',
  },
  virus: {
    id: 'Pemeriksa virus menolak berkas ini. Mohon kirim foto lembar aslinya.',
    en: 'The virus scanner refused this file. Please send a photo of the original sheet.',
  },
} as const satisfies Record<FileReason | 'none' | 'many', Words>;
export type UploadFault = keyof typeof UPLOAD_FAULTS;

/** What the verification of a code can say. */
export const VERDICT_WORDS = {
  genuine: { id: 'Asli: dokumen ini kami terbitkan', en: 'Genuine: we issued this document' },
  superseded: {
    id: 'Asli, tetapi sudah diganti dengan yang lebih baru',
    en: 'Genuine, but replaced by a newer one',
  },
  unknown: { id: 'Tidak dikenal: kode ini tidak ada pada kami', en: 'Unknown: we have no such code' },
  compare: {
    id: 'Cocokkan keterangan di bawah dengan yang tercetak.',
    en: 'Compare what stands below with what is printed.',
  },
  beware: {
    id: 'Periksa lagi kodenya. Bila tetap tidak dikenal, jangan percaya dokumen itu dan hubungi kantor kami.',
    en: 'Check the code again. If it stays unknown, do not trust the document and contact our office.',
  },
  kind: { id: 'Jenis', en: 'Kind' },
  receipt: { id: 'Tanda terima permohonan', en: 'Receipt of application' },
  form: { id: 'Formulir terisi', en: 'Form, filled in' },
  checklist: { id: 'Daftar persyaratan', en: 'Checklist' },
  slip: { id: 'Slip pengambilan', en: 'Pick-up slip' },
  letter: { id: 'Surat resmi', en: 'Official letter' },
  formCode: { id: 'Formulir', en: 'Form' },
  service: { id: 'Layanan', en: 'Service' },
  number: { id: 'Nomor permohonan', en: 'Application number' },
  issued: { id: 'Diterbitkan', en: 'Issued' },
  code: { id: 'Kode', en: 'Code' },
} as const satisfies Record<string, Words>;

/** Every word of the audit log, in the two languages an office may work in. */
import type { Language } from '../texts.ts';

const id = {
  title: 'Catatan audit',
  hint: 'Siapa melihat, membuka, mengubah dan mengirim apa, dan kapan. Catatan ini tidak menyebut nama atau nomor warga.',
  actor: 'Siapa',
  actorHint: 'Nama pengguna',
  action: 'Apa',
  all: 'Semua',
  subject: 'Mengenai',
  subjectHint: 'Nomor permohonan atau percakapan',
  from: 'Dari tanggal',
  until: 'Sampai tanggal',
  show: 'Tampilkan',
  clear: 'Kosongkan saringan',
  list: 'Baris catatan, yang terbaru di atas',
  line: 'Baris',
  when: 'Kapan',
  details: 'Rincian',
  none: 'Tidak ada catatan yang cocok.',
  more: 'Tampilkan yang lebih lama',
  only: 'Hanya',
  chain: 'Keutuhan catatan',
  chainHint: 'Setiap baris terkunci pada baris sebelumnya. Baris yang diubah atau dihapus akan ketahuan.',
  check: 'Periksa rantai',
  checking: 'Sedang diperiksa…',
  whole: 'Utuh, jumlah baris:',
  broken: 'RANTAI PUTUS pada baris',
  brokenHint: 'Jangan ubah apa pun di server. Simpan salinan data dan laporkan kepada penanggung jawab.',
};

const en: typeof id = {
  title: 'Audit log',
  hint: 'Who saw, revealed, changed and sent what, and when. The log holds no name or number of a citizen.',
  actor: 'Who',
  actorHint: 'Username',
  action: 'What',
  all: 'Everything',
  subject: 'About',
  subjectHint: 'Number of a request, or a chat',
  from: 'From',
  until: 'Until',
  show: 'Show',
  clear: 'Clear the filters',
  list: 'Lines of the log, newest first',
  line: 'Line',
  when: 'When',
  details: 'Details',
  none: 'No line fits.',
  more: 'Show older ones',
  only: 'Only',
  chain: 'Whether the log is whole',
  chainHint: 'Each line is locked to the one before. A line that was changed or removed is found out.',
  check: 'Check the chain',
  checking: 'Checking…',
  whole: 'Whole, number of lines:',
  broken: 'THE CHAIN IS BROKEN at line',
  brokenHint: 'Change nothing on the server. Keep a copy of the data and tell whoever is in charge.',
};

export const AUDIT_TEXTS = { id, en };

/** Actions of the log in groups; what is in none is shown as it is written. */
export const ACTIONS: readonly {
  group: { [language in Language]: string };
  actions: { [action: string]: { [language in Language]: string } };
}[] = [
  {
    group: { id: 'Masuk dan sandi', en: 'Signing in' },
    actions: {
      login: { id: 'Masuk', en: 'Signed in' },
      'login.refused': { id: 'Ditolak masuk', en: 'Was refused at the door' },
      'login.code-asked': { id: 'Diminta kode', en: 'Was asked for the code' },
      'password.confirm': { id: 'Memastikan sandi', en: 'Confirmed the password' },
      'password.confirm.refused': { id: 'Salah memastikan sandi', en: 'Failed to confirm the password' },
      'password.change': { id: 'Mengganti sandi', en: 'Changed the password' },
      'totp.set': { id: 'Menyalakan dua langkah', en: 'Turned two steps on' },
      'totp.remove': { id: 'Mematikan dua langkah', en: 'Turned two steps off' },
    },
  },
  {
    group: { id: 'Percakapan', en: 'Chats' },
    actions: {
      'conversation.view': { id: 'Melihat percakapan', en: 'Saw a chat' },
      'conversation.reveal': { id: 'Membuka nomor percakapan', en: 'Revealed numbers of a chat' },
      'file.view': { id: 'Melihat berkas', en: 'Saw a file' },
      search: { id: 'Mencari percakapan', en: 'Searched chats' },
      'conversation.claim': { id: 'Mengambil percakapan', en: 'Took a chat' },
      'conversation.open': { id: 'Membuka percakapan', en: 'Opened a chat' },
      'conversation.release': { id: 'Melepas percakapan', en: 'Released a chat' },
      'conversation.resolve': { id: 'Mengembalikan ke bot', en: 'Handed back to the bot' },
      'conversation.transfer': { id: 'Menyerahkan percakapan', en: 'Passed a chat on' },
      'conversation.reassign': {
        id: 'Mengalihkan percakapan petugas lain',
        en: "Gave a colleague's chat to another",
      },
      'conversation.reply': { id: 'Membalas', en: 'Replied' },
      'conversation.upload': { id: 'Melampirkan berkas', en: 'Attached a file' },
      'conversation.checklist': { id: 'Melampirkan daftar persyaratan', en: 'Attached a checklist' },
      'conversation.note': { id: 'Menulis catatan', en: 'Wrote a note' },
      'conversation.ask': { id: 'Meminta bot bertanya lagi', en: 'Had the bot ask again' },
      'conversation.answer': { id: 'Mengisi jawaban warga', en: 'Filled in an answer' },
      'conversation.walk-in': { id: 'Membuka layanan loket', en: 'Opened a counter case' },
      'conversation.speak': { id: 'Mengisi di loket', en: 'Filled in at the counter' },
      'conversation.complaint': { id: 'Aduan', en: 'Complaint' },
      'message.retry': { id: 'Mengirim ulang yang gagal', en: 'Sent again what had failed' },
    },
  },
  {
    group: { id: 'Permohonan', en: 'Requests' },
    actions: {
      'request.view': { id: 'Melihat permohonan', en: 'Saw a request' },
      'request.reveal': { id: 'Membuka nomor permohonan', en: 'Revealed numbers of a request' },
      'request.take': { id: 'Mulai memeriksa', en: 'Took to verification' },
      'request.verdict': { id: 'Menilai dokumen', en: 'Judged a document' },
      'request.ask-correction': { id: 'Meminta perbaikan', en: 'Asked for a correction' },
      'request.approve': { id: 'Menyetujui', en: 'Approved' },
      'request.reject': { id: 'Menolak', en: 'Rejected' },
      'request.reopen': { id: 'Membuka lagi', en: 'Reopened' },
      'request.produce': { id: 'Mulai mencetak', en: 'Put in production' },
      'request.return': { id: 'Mengembalikan tahap', en: 'Returned' },
      'request.finish': { id: 'Menyelesaikan', en: 'Finished' },
      'request.attach': { id: 'Mengirim hasil', en: 'Sent the result' },
      'request.pin': { id: 'Mengirim PIN', en: 'Sent the PIN' },
      'request.print': { id: 'Mencetak surat', en: 'Printed a paper' },
      'request.letter': { id: 'Menulis surat', en: 'Wrote a letter' },
      'request.hand-over': { id: 'Menyerahkan dokumen', en: 'Handed over' },
      'request.cancel': { id: 'Membatalkan', en: 'Cancelled' },
      'request.assign': { id: 'Menugaskan', en: 'Assigned' },
    },
  },
  {
    group: { id: 'Tempat dan jadwal', en: 'Places and visits' },
    actions: {
      'visit.mark': { id: 'Menandai kedatangan', en: 'Marked a visit' },
      'queue.ticket': { id: 'Memberi nomor antrean', en: 'Gave a queue number' },
      'queue.call': { id: 'Memanggil nomor antrean', en: 'Called a queue number' },
      'queue.end': { id: 'Menutup nomor antrean', en: 'Ended a queue number' },
      'point.change': { id: 'Mengubah tempat layanan', en: 'Changed a service point' },
      'point.restore': { id: 'Mengembalikan tempat layanan', en: 'Restored a service point' },
      'days.set': { id: 'Mengubah hari libur', en: 'Changed days off' },
      'outage.begin': { id: 'Memindahkan jadwal warga', en: 'Moved visits of an outage' },
      'outage.undo': { id: 'Mengurungkan pemindahan', en: 'Undid the moving of visits' },
    },
  },
  {
    group: { id: 'Akun dan kantor', en: 'Accounts and office' },
    actions: {
      'operator.add': { id: 'Menambah akun', en: 'Added an account' },
      'operator.rename': { id: 'Mengganti nama akun', en: 'Renamed an account' },
      'operator.role': { id: 'Mengganti peran', en: 'Changed a role' },
      'operator.disable': { id: 'Menonaktifkan akun', en: 'Disabled an account' },
      'operator.enable': { id: 'Mengaktifkan akun', en: 'Enabled an account' },
      'operator.totp-off': { id: 'Melepas dua langkah', en: 'Took two steps away' },
      'operator.reset-password': { id: 'Membuat sandi sementara', en: 'Made a temporary password' },
      'notice.on': { id: 'Menyalakan pengumuman', en: 'Turned a notice on' },
      'notice.off': { id: 'Mematikan pengumuman', en: 'Turned a notice off' },
      'filer.officer': { id: 'Menandai petugas desa', en: 'Marked a village officer' },
      'filer.not-officer': { id: 'Mencabut tanda petugas desa', en: 'Unmarked a village officer' },
      'retention.run': { id: 'Menghapus data lewat masa simpan', en: 'Erased what is kept no longer' },
      'retention.erase': { id: 'Menghapus data satu permohonan', en: 'Erased one request' },
    },
  },
];

/** The words of an action; as it is written where there are none. */
export function actionName(action: string, language: Language): string {
  const known = ACTIONS.find(({ actions }) => action in actions);
  return known?.actions[action]?.[language] ?? action;
}

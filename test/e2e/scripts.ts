/** What the citizens of the crash test say, and what must have come of it at the end. */

/**
 * One message. `reply` is waited for among the replies before the next one is sent; without it nothing is, or any reply.
 */
export interface Line {
  text?: string;
  hasPhoto?: boolean;
  reply?: RegExp;
}

export interface Script {
  channel: 'whatsapp' | 'sms';
  /** E.164. */
  phone: string;
  lines: Line[];
  /** The filed application: each of these answers, word by word. No service: nothing is filed. */
  service: string | undefined;
  answers: Record<string, unknown>;
  /** Documents: how many photos of each, or brought along. */
  papers: Record<string, number | 'counter'>;
  /** What a time is offered for, if at all. */
  visit: 'submit' | 'pickup' | undefined;
}

const GIVEN = ['Siti', 'Ahmad', 'Dewi', 'Joko', 'Rahmat', 'Kartini', 'Umar', 'Nurul'] as const;
const FAMILY = ['Rahmawati', 'Hidayat', 'Pangestu', 'Lestari', 'Siregar', 'Kusuma', 'Wibowo'] as const;

/** Citizen number `i`: every second one on SMS, services and ways in turn. */
export function scriptFor(i: number): Script {
  const channel = i % 2 === 0 ? 'whatsapp' : 'sms';
  const person = {
    channel,
    phone: `+62812${String(10_000_000 + i)}`,
    name: `${GIVEN[i % GIVEN.length]} ${FAMILY[i % FAMILY.length]}`,
    nik: `640804120590${String(i + 1).padStart(4, '0')}`,
    kk: `640804120315${String(i + 1).padStart(4, '0')}`,
  } as const;
  return i % 3 === 2 ? birthOfFoundling(person, i) : lostCard(person);
}

type Person = Pick<Script, 'channel' | 'phone'> & { name: string; nik: string; kk: string };

const CONSENT = /SETUJU/;
const SUMMARY = /Sudah benar\?|Balas YA untuk kirim/;

function lostCard({ channel, phone, name, nik, kk }: Person): Script {
  const isPhoto = channel === 'whatsapp';
  // By SMS one LOKET is for all papers.
  const police = { hasPhoto: true, reply: /kehilangan polisi: sudah diterima/ };
  return {
    channel,
    phone,
    lines: [
      { text: 'halo', reply: /GRATIS/ },
      { text: 'ktp hilang', reply: CONSENT },
      { text: 'setuju' },
      { text: 'hilang' },
      { text: name },
      { text: nik },
      { text: kk },
      { text: phone },
      ...(isPhoto ? [police] : []),
      { text: 'loket', reply: SUMMARY },
      { text: 'ya' },
    ],
    service: 'ktp-hilang-rusak',
    answers: { keadaan: 'hilang', pemohon_nama: name, pemohon_nik: nik, pemohon_kk: kk, pemohon_hp: phone },
    papers: { surat_polisi: isPhoto ? 1 : 'counter', kk_foto: 'counter' },
    visit: 'submit',
  };
}

/** The shortest way through a birth certificate. On WhatsApp with photos and the result as a file or fetched. */
function birthOfFoundling({ channel, phone, name, nik, kk }: Person, i: number): Script {
  const isPhoto = channel === 'whatsapp';
  const isFetched = i % 4 === 2;
  const photos: Line[] = [
    { hasPhoto: true, reply: /Halaman 1 diterima/ },
    { hasPhoto: true, reply: /Halaman 2 diterima/ },
    { text: 'selesai' },
    { hasPhoto: true, reply: /Keluarga asli: sudah diterima/ },
  ];
  const witness = `${nik.slice(0, 6)}520488${nik.slice(12)}`;
  return {
    channel,
    phone,
    lines: [
      { text: 'mau bikin akta kelahiran anak saya', reply: CONSENT },
      { text: 'setuju' },
      { text: name },
      { text: nik },
      { text: kk },
      { text: phone },
      { text: 'lewati' },
      { text: 'keluarga' },
      { text: 'anak temuan' },
      { text: '12-05-2020' },
      { text: 'Bintang Fajar' },
      { text: 'laki laki' },
      { text: 'rumah' },
      { text: 'Samarinda' },
      { text: 'Budi Santoso' },
      { text: nik },
      { text: 'Ani Suryani' },
      { text: witness },
      ...(isPhoto ? photos : [{ text: 'loket' }]),
      { text: isFetched ? 'ambil' : 'pdf', reply: SUMMARY },
      { text: 'ya' },
    ],
    service: 'akta-kelahiran',
    answers: {
      pemohon_nama: name,
      pemohon_nik: nik,
      pemohon_kk: kk,
      pemohon_email: null,
      hubungan: 'keluarga',
      orang_tua: 'tidak_diketahui',
      anak_tanggal_lahir: '2020-05-12',
      anak_nama_lama: 'Bintang Fajar',
      anak_jenis_kelamin: 'laki_laki',
      tempat_dilahirkan: 'rumah',
      tempat_kelahiran: 'Samarinda',
      saksi1_nama: 'Budi Santoso',
      saksi1_nik: nik,
      saksi2_nama: 'Ani Suryani',
      saksi2_nik: witness,
      ambil_cara: isFetched ? 'ambil' : 'pdf',
    },
    papers: { bap_polisi: isPhoto ? 2 : 'counter', kk_foto: isPhoto ? 1 : 'counter' },
    visit: isPhoto ? (isFetched ? 'pickup' : undefined) : 'submit',
  };
}

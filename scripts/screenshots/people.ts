/** Made-up citizens (serial 99xx in every number), and what they say to the bot. */
import type { Address, Said } from './office.ts';
import type { Papers } from './papers.ts';

export interface Person extends Address {
  name: string;
  nik: string;
  kk: string;
}

const NAMES = [
  ...['Dewi Lestari', 'Agus Prasetyo', 'Joko Susilo', 'Kartini Wulandari', 'Rahmat Hidayat', 'Nurul Aini'],
  ...['Bambang Setiawan', 'Yuliana Putri', 'Hendra Wijaya', 'Maria Simbolon', 'Umar Siregar', 'Ratna Sari'],
  ...[
    'Slamet Riyadi',
    'Fitri Handayani',
    'Andi Pangestu',
    'Lestari Ningsih',
    'Dedi Kurniawan',
    'Sri Mulyani',
  ],
  ...['Eko Saputra', 'Wati Rahayu', 'Iwan Gunawan', 'Tuti Alawiyah', 'Rudi Hartono', 'Mega Kusuma'],
] as const;

/** Person number `i`, always the same. */
export function person(i: number, channel: Address['channel'] = 'whatsapp'): Person {
  const serial = String(9901 + (i % 99));
  const month = String(1 + Math.floor(i / 99)).padStart(2, '0');
  return {
    channel,
    phone: `+6281299${String(10_000 + i * 137)}9`,
    name: NAMES[i % NAMES.length] ?? NAMES[0],
    nik: `64080412${month}88${serial}`,
    kk: `64080412${month}15${serial}`,
  };
}

const local = ({ phone }: Person) => phone.replace('+62', '0');

/** A lost identity card up to the papers. */
export function lostCardAnswers(who: Person): Said[] {
  return ['ktp saya hilang', 'setuju', 'hilang', who.name, who.nik, who.kk, local(who)];
}

/** All of it: photos on WhatsApp, papers brought along otherwise. */
export function lostCard(who: Person, papers: Papers): Said[] {
  const proofs = who.channel === 'sms' ? ['loket'] : [papers.policeLetter, papers.familyCard];
  return [...lostCardAnswers(who), ...proofs, 'ya', '1'];
}

/** A birth certificate up to the papers. */
export function birthAnswers(who: Person): Said[] {
  return [
    ...['anak saya baru lahir', 'setuju', who.name, who.nik, who.kk, local(who), 'lewati', '1', '1'],
    ...[
      '10-11-2026',
      'Kirana Ayu Prasetyo',
      'perempuan',
      '1',
      'Samarinda',
      '08.30',
      '1',
      '2',
      '2',
      '3,1',
      '49',
    ],
    ...['Ratna Sari', '6408044808929904', 'Rahmat Hidayat', '6408041505809906'],
    ...['Joko Susilo', '6408041901849907', 'ya'],
  ];
}

/** All of it, to be sent as PDF. */
export function birth(who: Person, { birthLetter, familyCard }: Papers): Said[] {
  return [...birthAnswers(who), birthLetter, 'ya', familyCard, familyCard, 'pdf', 'ya'];
}

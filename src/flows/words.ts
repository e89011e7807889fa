/** Words of a message as citizens type them (abbreviations, doubled letters, "2"), made comparable. Pure. */
import { isAscii } from './answers/clean.ts';

/** How citizens shorten and bend words (domain reference 5.1). */
const MEANT: Record<string, string> = {
  akte: 'akta',
  aktenya: 'akta',
  aktanya: 'akta',
  ektp: 'ktp',
  katepe: 'ktp',
  ktpel: 'ktp',
  karkel: 'kk',
  kknya: 'kk',
  ktpnya: 'ktp',
  gmn: 'bagaimana',
  gimana: 'bagaimana',
  gmna: 'bagaimana',
  gmana: 'bagaimana',
  piye: 'bagaimana',
  pripun: 'bagaimana',
  kepriye: 'bagaimana',
  carane: 'cara',
  brp: 'berapa',
  brapa: 'berapa',
  piro: 'berapa',
  pinten: 'berapa',
  kpn: 'kapan',
  dmn: 'mana',
  dimana: 'mana',
  knp: 'kenapa',
  kenopo: 'kenapa',
  kok: 'kenapa',
  udah: 'sudah',
  sdh: 'sudah',
  udh: 'sudah',
  dah: 'sudah',
  wis: 'sudah',
  wes: 'sudah',
  sampun: 'sudah',
  blm: 'belum',
  blom: 'belum',
  belom: 'belum',
  durung: 'belum',
  blh: 'boleh',
  bs: 'bisa',
  bsa: 'bisa',
  iso: 'bisa',
  gak: 'tidak',
  ga: 'tidak',
  nggak: 'tidak',
  ngga: 'tidak',
  g: 'tidak',
  gk: 'tidak',
  tdk: 'tidak',
  ora: 'tidak',
  mboten: 'tidak',
  kada: 'tidak',
  ndak: 'tidak',
  enggak: 'tidak',
  tak: 'tidak',
  sy: 'saya',
  aku: 'saya',
  ulun: 'saya',
  kulo: 'saya',
  gue: 'saya',
  gw: 'saya',
  q: 'saya',
  yg: 'yang',
  dgn: 'dengan',
  utk: 'untuk',
  buat: 'bikin',
  bt: 'bikin',
  gawe: 'bikin',
  membuat: 'bikin',
  buatin: 'bikin',
  mengurus: 'urus',
  ngurus: 'urus',
  urs: 'urus',
  pengurusan: 'urus',
  mau: 'ingin',
  mw: 'ingin',
  mo: 'ingin',
  handak: 'ingin',
  pengen: 'ingin',
  pingin: 'ingin',
  arep: 'ingin',
  kepingin: 'ingin',
  badhe: 'ingin',
  ilang: 'hilang',
  hlg: 'hilang',
  kehilangan: 'hilang',
  kecopetan: 'hilang',
  dicopet: 'hilang',
  kecurian: 'hilang',
  ktinggalan: 'ketinggalan',
  nikah: 'kawin',
  menikah: 'kawin',
  pernikahan: 'kawin',
  perkawinan: 'kawin',
  meninggal: 'mati',
  wafat: 'mati',
  kematian: 'mati',
  almarhum: 'mati',
  almarhumah: 'mati',
  alm: 'mati',
  sedo: 'mati',
  lahiran: 'lahir',
  kelahiran: 'lahir',
  melahirkan: 'lahir',
  cerai: 'cerai',
  perceraian: 'cerai',
  bercerai: 'cerai',
  syrt: 'syarat',
  syaratnya: 'syarat',
  persyaratan: 'syarat',
  syarate: 'syarat',
  biayanya: 'biaya',
  ongkos: 'biaya',
  bayar: 'biaya',
  bayarnya: 'biaya',
  mksh: 'terimakasih',
  makasih: 'terimakasih',
  trims: 'terimakasih',
  suwun: 'terimakasih',
  tks: 'terimakasih',
  thanks: 'terimakasih',
  anaknya: 'anak',
  anakku: 'anak',
  bapaknya: 'bapak',
  ibuk: 'ibu',
  trs: 'terus',
  trus: 'terus',
  hr: 'hari',
  tgl: 'tanggal',
  skrg: 'sekarang',
  kmrn: 'kemarin',
  dr: 'dari',
  sm: 'sama',
  jd: 'jadi',
  krn: 'karena',
};

/** Words that say nothing of what is wanted. */
const EMPTY = new Set(
  'min kak pak bu bapak ibu mas mbak ya yah nih dong deh sih ka bpk pk om the a an'.split(' '),
);

/** One message is asked about several times in a row. */
let last = { text: '', plain: '' };

/** Lower case, no accents or punctuation, "syarat2nya" as "syarat", letters typed thrice as once. */
export function plainText(text: string): string {
  if (last.text !== text) last = { text, plain: madePlain(text) };
  return last.plain;
}

function madePlain(text: string): string {
  const lower = withoutAccents(text).toLowerCase();
  const single = lower.includes('2') ? lower.replace(/([a-z])2(nya)?\b/g, '$1') : lower;
  return single
    .replace(/([a-z])\1{2,}/g, '$1')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Most messages are ASCII, which has none. */
function withoutAccents(text: string): string {
  return isAscii(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '');
}

/** The words that carry meaning, in their usual form. */
export function wordsOf(text: string): string[] {
  const plain = plainText(text);
  const words = (plain.includes('e ktp') ? plain.replace(/\be (?=ktp\b)/g, '') : plain)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => MEANT[word] ?? word);
  const full = words.filter((word) => !EMPTY.has(word));
  return full.length > 0 ? full : words;
}

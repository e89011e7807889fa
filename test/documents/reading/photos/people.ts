/** People who are nobody: names of our own lists, numbers with serials 99xx. */
import type { Chance } from '../../../e2e/seeded.ts';

const MEN =
  'BUDI AGUS AHMAD JOKO SLAMET RUDI HENDRA YUSUF ARIF DEDI FAJAR IWAN EKO BAMBANG RIZKY TAUFIK HARIYANTO SUPARDI MARTINUS YOHANES GUNTUR DARMAWAN ABDUL RAHMAN SYAHRUL ALEXANDER';
const WOMEN =
  'SITI DEWI SRI RINA YULIANA FITRI AMINAH NURHAYATI INDAH RATNA WULANDARI LESTARI MARIA KARTINI HALIMAH NUR AISYAH MEGAWATI PUTRI AYU RAHMAWATI JUMIATI ELISABETH KUSUMA';
const LAST =
  'SANTOSO WIJAYA SAPUTRA HIDAYAT KURNIAWAN SETIAWAN PRATAMA NUGROHO SIREGAR SIMANJUNTAK PANGESTU HAKIM GUNAWAN SUSANTO WAHYUDI MAULANA RAMADHAN FIRMANSYAH TANDI LUMBANTORUAN BASRI UTOMO';

export interface Place {
  /** Of the district, six digits. */
  code: string;
  province: string;
  regency: string;
  town: string;
  district: string;
  village: string;
}

/** Districts with their towns, villages and provinces; the codes are in the current list. */
const PLACES: [Place, ...Place[]] = [
  {
    code: '640804',
    province: 'KALIMANTAN TIMUR',
    regency: 'KABUPATEN KUTAI TIMUR',
    town: 'SANGATTA',
    district: 'SANGATTA UTARA',
    village: 'TELUK LINGGA',
  },
  {
    code: '647205',
    province: 'KALIMANTAN TIMUR',
    regency: 'KOTA SAMARINDA',
    town: 'SAMARINDA',
    district: 'SAMARINDA UTARA',
    village: 'SEMPAJA SELATAN',
  },
  {
    code: '331701',
    province: 'JAWA TENGAH',
    regency: 'KABUPATEN REMBANG',
    town: 'REMBANG',
    district: 'SUMBER',
    village: 'KEDUNGASEM',
  },
  {
    code: '617101',
    province: 'KALIMANTAN BARAT',
    regency: 'KOTA PONTIANAK',
    town: 'PONTIANAK',
    district: 'PONTIANAK SELATAN',
    village: 'BENUA MELAYU DARAT',
  },
];

export interface Person {
  name: string;
  sex: 'L' | 'P';
  nik: string;
  /** `YYYY-MM-DD`. */
  birthDate: string;
  place: Place;
}

export function makePerson(
  chance: Chance,
  { sex, years, place = makePlace(chance) }: { sex: 'L' | 'P'; years: [number, number]; place?: Place },
): Person {
  const [from, to] = years;
  const year = from + chance.below(to - from);
  const [month, day] = [1 + chance.below(12), 1 + chance.below(28)];
  const code = [pad(sex === 'P' ? day + 40 : day), pad(month), pad(year % 100)].join('');
  return {
    name: makeName(chance, sex),
    sex,
    nik: `${place.code}${code}99${pad(1 + chance.below(99))}`,
    birthDate: `${year}-${pad(month)}-${pad(day)}`,
    place,
  };
}

export function makePlace(chance: Chance): Place {
  return chance.pick(PLACES);
}

/** A family card's number: region, day of recording, series 99xx. */
export function makeFamilyNumber(chance: Chance, place: Place): string {
  const recorded = [1 + chance.below(28), 1 + chance.below(12), 8 + chance.below(17)].map(pad).join('');
  return `${place.code}${recorded}99${pad(1 + chance.below(99))}`;
}

export function makeName(chance: Chance, sex: 'L' | 'P'): string {
  const firsts = (sex === 'L' ? MEN : WOMEN).split(' ');
  const first = firsts[chance.below(firsts.length)] ?? 'BUDI';
  const lasts = LAST.split(' ');
  const last = lasts[chance.below(lasts.length)] ?? 'SANTOSO';
  if (chance.is(0.06)) return first;
  if (chance.is(0.05)) return `${first} ${firsts[chance.below(firsts.length)] ?? first} ALEXANDER ${last}`;
  if (chance.is(0.25)) return `${first} ${firsts[chance.below(firsts.length)] ?? first} ${last}`;
  return `${first} ${last}`;
}

export function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** `1990-05-12` as cards print it: `12-05-1990`. */
export function printed(date: string): string {
  return date.split('-').reverse().join('-');
}

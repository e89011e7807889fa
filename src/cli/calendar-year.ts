/** `loket calendar <year>`: the national holidays of a year, ready to paste below `closures:` of office.yaml. */
import { AppError } from '../errors.ts';
import { type Io, print } from './io.ts';

/** The remark of a day that nobody can reckon for certain. */
const LUNAR = 'periksa SKB: menurut kalender Islam, dapat bergeser satu hari';
const LISTED = 'periksa SKB';

interface Holiday {
  id: string;
  en: string;
  /** What the office must check. */
  check?: string;
}

/**
 * What the SKB 3 Menteri names as national holidays, by the rules by which the package date-holidays reckons them. Its own
 * names are not used: it calls Isra Mikraj (27 Rajab) Maulid.
 */
const HOLIDAYS: Readonly<Record<string, Holiday>> = {
  '01-01': { id: 'Tahun Baru Masehi', en: "New Year's Day" },
  '27 Rajab': { id: 'Isra Mikraj Nabi Muhammad', en: 'Ascension of the Prophet Muhammad', check: LUNAR },
  'chinese 01-0-01': { id: 'Tahun Baru Imlek', en: 'Chinese New Year', check: LISTED },
  nyepi: { id: 'Hari Suci Nyepi', en: 'Nyepi', check: LISTED },
  '1 Shawwal': { id: 'Idulfitri', en: 'Eid al-Fitr', check: LUNAR },
  '2 Shawwal': { id: 'Idulfitri hari kedua', en: 'second day of Eid al-Fitr', check: LUNAR },
  'easter -2': { id: 'Wafat Yesus Kristus', en: 'Good Friday' },
  easter: { id: 'Kebangkitan Yesus Kristus (Paskah)', en: 'Easter Sunday' },
  '05-01': { id: 'Hari Buruh Internasional', en: 'Labour Day' },
  'easter 39': { id: 'Kenaikan Yesus Kristus', en: 'Ascension Day' },
  '10 Dhu al-Hijjah': { id: 'Iduladha', en: 'Eid al-Adha', check: LUNAR },
  waisak: { id: 'Hari Raya Waisak', en: 'Vesak Day', check: LISTED },
  '06-01': { id: 'Hari Lahir Pancasila', en: 'Pancasila Day' },
  '1 Muharram': { id: 'Tahun Baru Islam', en: 'Islamic New Year', check: LUNAR },
  '08-17': { id: 'Proklamasi Kemerdekaan', en: 'Independence Day' },
  '12 Rabi al-awwal': { id: 'Maulid Nabi Muhammad', en: 'Birthday of the Prophet Muhammad', check: LUNAR },
  '12-25': { id: 'Hari Raya Natal', en: 'Christmas Day' },
};

/**
 * Writes the table as YAML, soonest first, with a remark on each day that must be checked; days of the SKB that the package
 * does not know of that year stand below as remarks. Throws AppError INVALID_REQUEST for what is no year.
 */
export async function runCalendarYear(text: string, io: Io): Promise<void> {
  const year = /^20\d\d$/.test(text) ? Number(text) : undefined;
  if (year === undefined)
    throw new AppError('INVALID_REQUEST', { detail: `"${text}" is no year; write for example 2027` });
  const days = await daysOf(year);
  print(
    io.output,
    `  # Libur nasional ${year}, perkiraan (date-holidays): cocokkan setiap tanggal dengan SKB 3 Menteri.`,
  );
  for (const { date, ...holiday } of days) print(io.output, entry(date, 'national', holiday));
  const known = new Set(days.map(({ id }) => id));
  for (const holiday of Object.values(HOLIDAYS).filter(({ id }) => !known.has(id)))
    print(io.output, unknown(year, 'national', holiday));
  print(io.output, unknown(year, 'joint-leave', { id: 'cuti bersama', en: 'collective leave' }));
  print(
    io.errors,
    'A start only: the SKB 3 Menteri of the year decides. Add cuti bersama, days of the region and election days; then run loket calendar check.',
  );
}

interface Day extends Holiday {
  date: string;
}

async function daysOf(year: number): Promise<Day[]> {
  const { default: Holidays } = await import('date-holidays');
  const days = new Holidays('ID')
    .getHolidays(year)
    .filter(({ type }) => type === 'public')
    // An Islamic day begins the evening before; `date` is the day that is off.
    .map(({ date, name, rule }) => ({ date: date.slice(0, 10), ...holidayOf(rule, name) }));
  return [...days, ...easterSunday(days)].toSorted((a, b) => a.date.localeCompare(b.date));
}

/** Nyepi and Waisak are lists of dates there, so they are known by their names. */
function holidayOf(rule: string, name: string): Holiday {
  const listed = ['nyepi', 'waisak'].find((word) => name.toLowerCase().includes(word));
  return HOLIDAYS[listed ?? rule] ?? { id: name, en: name, check: LISTED };
}

/** A national holiday since 2024, which the package leaves out. */
function easterSunday(days: readonly Day[]): Day[] {
  const { easter, 'easter -2': friday } = HOLIDAYS;
  const found = days.find(({ id }) => id === friday?.id);
  if (!easter || !found) return [];
  return [{ date: Temporal.PlainDate.from(found.date).add({ days: 2 }).toString(), ...easter }];
}

function entry(date: string, kind: string, { id, en, check }: Holiday): string {
  const words = [id, en].map((text) => (/[,:#'"]/.test(text) ? JSON.stringify(text) : text));
  const line = `  - { date: ${date}, kind: ${kind}, reason: { id: ${words[0]}, en: ${words[1]} } }`;
  return check === undefined ? line : `${line} # ${check}`;
}

function unknown(year: number, kind: string, holiday: Holiday): string {
  return entry(`${year}-..-..`, kind, { ...holiday, check: 'isi menurut SKB' }).replace('  -', '  # -');
}

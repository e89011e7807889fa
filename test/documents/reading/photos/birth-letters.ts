/** Photos' subjects: letters about a birth, as hospitals, midwives and villages write them; no two offices the same. */
import type { Chance } from '../../../e2e/seeded.ts';
import { makeName, makePerson, type Person, pad, printed } from './people.ts';
import { createSheet, type FontName, type Sheet } from './sheet.ts';
import type { Subject } from './subject.ts';

const WIDTH = 1654;
const MONTHS = 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(
  ' ',
);
const DAYS = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'];

interface Birth {
  child: string;
  sex: string;
  date: string;
  /** `HH:MM`. */
  time: string;
  mother: Person;
  father: Person;
  town: string;
  regency: string;
  chance: Chance;
}

/** A layout draws the letter and says which elements stand on it. */
const LAYOUTS = { hospital, midwife, village, boxes, bilingual, report } as const;
export type LetterLayout = keyof typeof LAYOUTS;
export const LETTER_LAYOUTS = Object.keys(LAYOUTS) as LetterLayout[];

/** `isHandwritten`: a printed form filled in by hand. */
export function drawBirthLetter(chance: Chance, layout: LetterLayout, isHandwritten = false): Subject {
  const mother = makePerson(chance, { sex: 'P', years: [1980, 2004] });
  const { place } = mother;
  const father = makePerson(chance, { sex: 'L', years: [1975, 2002], place });
  const sex = chance.pick(['L', 'P'] as const);
  const birth: Birth = {
    child: makeName(chance, sex),
    sex: sex === 'L' ? 'Laki-laki' : 'Perempuan',
    date: `202${chance.below(6)}-${pad(1 + chance.below(12))}-${pad(1 + chance.below(28))}`,
    time: `${pad(chance.below(24))}:${pad(chance.below(12) * 5)}`,
    mother,
    father,
    town: titled(place.town),
    regency: place.regency,
    chance,
  };
  const sheet = createSheet(WIDTH, 2000, chance.pick(['#fdfdfb', '#f7f4ea', '#f3f6f8']));
  const font = chance.pick<FontName>(['serif', 'sans', 'typewriter', 'mono', 'serif']);
  const pen: FontName = isHandwritten ? 'hand' : font;
  LAYOUTS[layout](sheet, birth, { font, pen });
  return {
    sheet,
    truth: {
      'child-name': birth.child,
      'birth-date': birth.date,
      'birth-time': birth.time,
      'mother-name': mother.name,
      'father-name': father.name,
    },
  };
}

interface Fonts {
  font: FontName;
  /** In which the blanks are filled. */
  pen: FontName;
}

function hospital(sheet: Sheet, birth: Birth, { font, pen }: Fonts): void {
  letterhead(sheet, [
    `PEMERINTAH ${birth.regency}`,
    'RUMAH SAKIT UMUM DAERAH',
    'Jl. Soeprapto No. 1, Telp. (0549) 21118',
  ]);
  title(
    sheet,
    'SURAT KETERANGAN LAHIR',
    `Nomor: 445/${100 + birth.chance.below(900)}/RSUD/${birth.date.slice(0, 4)}`,
    font,
  );
  const style = { size: 34, font };
  sheet.text(140, 540, 'Yang bertanda tangan di bawah ini menerangkan bahwa pada:', style);
  rows(sheet, { top: 610, font, pen }, [
    ['Hari', dayOf(birth.date)],
    ['Tanggal', longDate(birth.date)],
    ['Pukul', `${dotted(birth.time)} WITA`],
  ]);
  sheet.text(140, 810, 'telah lahir seorang bayi:', style);
  rows(sheet, { top: 880, font, pen }, [
    ['Nama Bayi', birth.child],
    ['Jenis Kelamin', birth.sex],
    ['Berat Badan', '3.150 gram'],
    ['Panjang Badan', '49 cm'],
    ['Nama Ibu', birth.mother.name],
    ['Nama Ayah', birth.father.name],
    ['Alamat', `${titled(birth.mother.place.village)}, ${titled(birth.mother.place.district)}`],
  ]);
  signature(sheet, birth, 1450, 'Dokter Penolong', font);
}

function midwife(sheet: Sheet, birth: Birth, { font, pen }: Fonts): void {
  letterhead(sheet, ['PRAKTIK MANDIRI BIDAN', 'BIDAN CONTOH, S.Tr.Keb', 'SIPB: 503/017/DPMPTSP']);
  title(sheet, 'SURAT KETERANGAN KELAHIRAN', 'No. 12/PMB/2024', font);
  rows(sheet, { top: 560, font, pen }, [
    ['Nama Anak', birth.child],
    ['Jenis Kelamin', birth.sex],
    ['Tempat Lahir', birth.town],
    ['Hari/Tanggal Lahir', `${dayOf(birth.date)}, ${longDate(birth.date)}`],
    ['Jam Lahir', `${dotted(birth.time)} WIB`],
    ['Anak ke', `${1 + birth.chance.below(4)}`],
    ['BB / PB', '3000 gr / 50 cm'],
    ['Nama Ibu', birth.mother.name],
    ['Umur', `${2024 - Number(birth.mother.birthDate.slice(0, 4))} tahun`],
    ['Nama Suami', birth.father.name],
    ['Pekerjaan', 'Wiraswasta'],
  ]);
  signature(sheet, birth, 1400, 'Bidan', font);
}

function village(sheet: Sheet, birth: Birth, { font, pen }: Fonts): void {
  letterhead(sheet, [
    `PEMERINTAH ${birth.regency}`,
    `KECAMATAN ${birth.mother.place.district}`,
    `DESA ${birth.mother.place.village}`,
  ]);
  title(sheet, 'SURAT KETERANGAN KELAHIRAN', `Nomor : 474.1/0${10 + birth.chance.below(80)}/2024`, font);
  sheet.text(140, 540, 'Yang bertanda tangan di bawah ini Kepala Desa menerangkan bahwa:', {
    size: 33,
    font,
  });
  rows(sheet, { top: 610, font, pen }, [
    ['Nama', birth.child],
    ['Tempat/Tgl Lahir', `${birth.town}, ${printed(birth.date)}`],
    ['Pukul', dotted(birth.time)],
    ['Jenis Kelamin', birth.sex],
  ]);
  sheet.text(140, 890, 'adalah anak dari pasangan suami istri:', { size: 33, font });
  sheet.text(140, 960, 'A y a h'.replaceAll(' ', ''), { size: 34, font });
  rows(sheet, { top: 1020, font, pen, left: 190 }, [
    ['Nama', birth.father.name],
    ['NIK', birth.father.nik],
    ['Tempat/Tgl Lahir', `${titled(birth.father.place.town)}, ${printed(birth.father.birthDate)}`],
  ]);
  sheet.text(140, 1230, 'Ibu', { size: 34, font });
  rows(sheet, { top: 1290, font, pen, left: 190 }, [
    ['Nama', birth.mother.name],
    ['NIK', birth.mother.nik],
    ['Tempat/Tgl Lahir', `${titled(birth.mother.place.town)}, ${printed(birth.mother.birthDate)}`],
  ]);
  signature(sheet, birth, 1560, 'Kepala Desa', font);
}

function boxes(sheet: Sheet, birth: Birth, { font, pen }: Fonts): void {
  letterhead(sheet, ['DINAS KESEHATAN', 'UPT PUSKESMAS CONTOH', birth.regency]);
  title(sheet, 'KETERANGAN LAHIR', 'No. : 0117', font);
  const cells: [string, string][] = [
    ['1. NAMA BAYI', birth.child],
    ['2. JENIS KELAMIN', birth.sex.toUpperCase()],
    ['3. TEMPAT DILAHIRKAN', 'PUSKESMAS'],
    ['4. HARI DAN TANGGAL LAHIR', `${dayOf(birth.date).toUpperCase()}, ${printed(birth.date)}`],
    ['5. PUKUL', `${dotted(birth.time)} WITA`],
    ['6. NAMA IBU', birth.mother.name],
    ['7. NIK IBU', birth.mother.nik],
    ['8. NAMA AYAH', birth.father.name],
    ['9. NIK AYAH', birth.father.nik],
  ];
  for (const [index, [label, value]] of cells.entries()) {
    const y = 560 + index * 84;
    sheet.box(130, y, 560, 84);
    sheet.box(690, y, 830, 84);
    sheet.text(150, y + 54, label, { size: 32, font });
    sheet.text(715, y + 54, value, { size: 34, font: pen });
  }
  signature(sheet, birth, 1450, 'Bidan Puskesmas', font);
}

function bilingual(sheet: Sheet, birth: Birth, { font, pen }: Fonts): void {
  letterhead(sheet, ['RUMAH SAKIT IBU DAN ANAK', 'KASIH BUNDA', birth.town]);
  title(sheet, 'SURAT KELAHIRAN', 'Birth Certificate of the Hospital', font);
  const pairs: [string, string, string][] = [
    ['Nama Bayi', "Baby's Name", birth.child],
    ['Tanggal Lahir', 'Date of Birth', longDate(birth.date)],
    ['Jam', 'Time', dotted(birth.time)],
    ['Jenis Kelamin', 'Sex', birth.sex],
    ['Nama Ibu', "Mother's Name", birth.mother.name],
    ['Nama Ayah', "Father's Name", birth.father.name],
  ];
  for (const [index, [label, english, value]] of pairs.entries()) {
    const y = 600 + index * 120;
    sheet.text(150, y, label, { size: 36, font });
    sheet.text(150, y + 38, english, { size: 26, font, ink: '#555' });
    sheet.text(560, y, ':', { size: 36, font });
    sheet.text(590, y, value, { size: 40, font: pen });
    sheet.line(585, y + 12, 1500, y + 12, 1, '#777');
  }
  signature(sheet, birth, 1480, 'Direktur', font);
}

/** One sentence in place of rows. */
function report(sheet: Sheet, birth: Birth, { font, pen }: Fonts): void {
  letterhead(sheet, ['KLINIK BERSALIN', 'HARAPAN IBU', 'Jl. Pelabuhan No. 8']);
  title(sheet, 'SURAT KETERANGAN LAHIR', 'No. 031/KB-HI/2024', font);
  const style = { size: 34, font };
  const filled = { size: 36, font: pen };
  let x = sheet.text(140, 580, 'Pada hari ini ', style);
  x = sheet.text(x, 580, `${dayOf(birth.date)} tanggal ${longDate(birth.date)}`, filled);
  sheet.text(x, 580, ' pukul', style);
  x = sheet.text(140, 650, `${dotted(birth.time)} WITA`, filled);
  sheet.text(x, 650, ` telah lahir seorang anak ${birth.sex.toLowerCase()} bernama:`, style);
  sheet.text(WIDTH / 2, 760, birth.child, {
    size: 46,
    font: pen === 'hand' ? pen : 'sans-bold',
    anchor: 'middle',
  });
  sheet.text(140, 860, 'anak dari:', style);
  rows(sheet, { top: 930, font, pen }, [
    ['Nama Ibu', birth.mother.name],
    ['Nama Bapak', birth.father.name],
    ['Alamat', titled(birth.mother.place.village)],
  ]);
  signature(sheet, birth, 1250, 'Dokter', font);
}

function letterhead(sheet: Sheet, lines: string[]): void {
  for (const [index, line] of lines.entries())
    sheet.text(WIDTH / 2, 130 + index * 56, line, {
      size: index === 1 ? 46 : 36,
      font: 'sans-bold',
      anchor: 'middle',
    });
  sheet.line(120, 290, WIDTH - 120, 290, 5);
  sheet.raw('<circle cx="200" cy="190" r="66" fill="none" stroke="#2a6" stroke-width="9"/>');
}

function title(sheet: Sheet, text: string, number: string, font: FontName): void {
  const bold: FontName = font === 'sans' ? 'sans-bold' : font === 'serif' ? 'serif-bold' : font;
  sheet.text(WIDTH / 2, 390, text, { size: 46, font: bold, anchor: 'middle' });
  sheet.line(480, 402, WIDTH - 480, 402, 3);
  sheet.text(WIDTH / 2, 446, number, { size: 30, font, anchor: 'middle' });
}

function rows(
  sheet: Sheet,
  { top, font, pen, left = 150 }: Fonts & { top: number; left?: number },
  all: [string, string][],
): void {
  for (const [index, [label, value]] of all.entries()) {
    const y = top + index * 66;
    sheet.text(left, y, label, { size: 34, font });
    sheet.text(560, y, ':', { size: 34, font });
    sheet.text(590, y, value, { size: pen === 'hand' ? 44 : 34, font: pen });
    if (pen === 'hand') sheet.raw(dots(585, y + 8));
  }
}

function dots(x: number, y: number): string {
  return `<line x1="${x}" y1="${y}" x2="1480" y2="${y}" stroke="#666" stroke-width="2.5" stroke-dasharray="2.5 7"/>`;
}

function signature(sheet: Sheet, birth: Birth, y: number, who: string, font: FontName): void {
  const style = { size: 32, font };
  const issued = birth.date.replace(/-\d\d$/, '-28');
  sheet.text(1000, y, `${birth.town}, ${longDate(issued)}`, style);
  sheet.text(1000, y + 50, `${who},`, style);
  sheet.text(1000, y + 210, makeName(birth.chance, 'P'), style);
  sheet.raw(
    `<path d="M1020 ${y + 150} q60 -90 90 -10 t100 -20 t120 10" fill="none" stroke="#223a8c" stroke-width="5"/><circle cx="960" cy="${y + 130}" r="105" fill="none" stroke="#5a4fa8" stroke-width="6" opacity="0.55"/>`,
  );
}

function longDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

function dayOf(date: string): string {
  return DAYS[Temporal.PlainDate.from(date).dayOfWeek % 7] ?? '';
}

function dotted(time: string): string {
  return time.replace(':', '.');
}

function titled(words: string): string {
  return words.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

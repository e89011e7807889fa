/** Photos' subjects: a family card (Kartu Keluarga), an A4 sheet on its side with its two tables. */
import type { Chance } from '../../../e2e/seeded.ts';
import {
  makeFamilyNumber,
  makeName,
  makePerson,
  makePlace,
  type Person,
  type Place,
  pad,
  printed,
} from './people.ts';
import { createSheet, type FontName, type Sheet } from './sheet.ts';
import type { Subject } from './subject.ts';

const WIDTH = 2600;
const LEFT = 60;
const RIGHT = WIDTH - 60;

export function drawFamilyCard(chance: Chance): Subject {
  const place = makePlace(chance);
  const family = makeFamily(chance, place);
  const number = makeFamilyNumber(chance, place);
  const head = family[0];
  const sheet = createSheet(WIDTH, 1838, chance.pick(['#fbfbf8', '#f4f1e6', '#eef3ee']));
  const font = chance.pick<FontName>(['sans', 'sans', 'serif']);
  sheet.text(WIDTH / 2, 130, 'KARTU KELUARGA', { size: 76, font: 'sans-bold', anchor: 'middle' });
  sheet.text(WIDTH / 2, 200, `No. ${number}`, { size: 54, font: 'sans-bold', anchor: 'middle' });
  header(sheet, { place, head: head.name, chance, font });
  const below = people(sheet, { family, chance, font });
  relations(sheet, { family, top: below + 30, font, chance });
  foot(sheet, head.name, place, chance);
  return { sheet, truth: { kk: number, 'head-name': head.name, nik: head.nik } };
}

type Family = [Person, ...Person[]];

function makeFamily(chance: Chance, place: Place): Family {
  const head = makePerson(chance, { sex: chance.is(0.85) ? 'L' : 'P', years: [1955, 1995], place });
  const others = Array.from({ length: 1 + chance.below(4) }, (_, index) =>
    makePerson(chance, {
      sex: index === 0 ? 'P' : chance.pick(['L', 'P']),
      years: index === 0 ? [1958, 1997] : [1998, 2024],
      place,
    }),
  );
  return [head, ...others];
}

function header(
  sheet: Sheet,
  { place, head, chance, font }: { place: Place; head: string; chance: Chance; font: FontName },
): void {
  const left: [string, string][] = [
    ['Nama Kepala Keluarga', head],
    ['Alamat', `JL. ${chance.pick(['MELATI', 'SUDIRMAN', 'POROS BONTANG'])} NO. ${1 + chance.below(90)}`],
    ['RT/RW', `0${pad(1 + chance.below(30))}/0${pad(chance.below(10))}`],
    ['Kode Pos', `75${pad(chance.below(99))}${chance.below(9)}`],
  ];
  const right: [string, string][] = [
    ['Desa/Kelurahan', place.village],
    ['Kecamatan', place.district],
    ['Kabupaten/Kota', place.regency.replace(/^KABUPATEN /, '')],
    ['Provinsi', place.province],
  ];
  for (const [rows, x, valueX] of [
    [left, LEFT, 480],
    [right, 1560, 1860],
  ] as const)
    for (const [index, [label, value]] of rows.entries()) {
      const y = 290 + index * 44;
      sheet.text(x, y, label, { size: 32, font });
      sheet.text(valueX, y, `: ${value}`, { size: 32, font });
    }
}

const COLUMNS: [string, number][] = [
  ['No', 60],
  ['Nama Lengkap', 560],
  ['NIK', 360],
  ['Jenis Kelamin', 220],
  ['Tempat Lahir', 260],
  ['Tanggal Lahir', 210],
  ['Agama', 170],
  ['Pendidikan', 270],
  ['Jenis Pekerjaan', 370],
];

interface Table {
  columns: [string, number][];
  rows: string[][];
  top: number;
  font: FontName;
}

/** Draws the boxes and what is in them; gives where the table ends. */
function table(sheet: Sheet, { columns, rows, top, font }: Table): number {
  const rowHeight = 44;
  const bottom = top + 60 + 30 + rows.length * rowHeight;
  let x = LEFT;
  for (const [index, [title, width]] of columns.entries()) {
    sheet.line(x, top, x, bottom);
    sheet.text(x + width / 2, top + 40, title, { size: 26, font, anchor: 'middle' });
    if (index > 0) sheet.text(x + width / 2, top + 83, `(${index})`, { size: 20, font, anchor: 'middle' });
    for (const [line, cells] of rows.entries())
      sheet.text(x + 10, top + 122 + line * rowHeight, cells[index] ?? '', { size: 28, font });
    x += width;
  }
  sheet.line(RIGHT, top, RIGHT, bottom);
  for (const y of [top, top + 60, top + 90]) sheet.line(LEFT, y, RIGHT, y);
  for (let line = 1; line <= rows.length; line += 1)
    sheet.line(LEFT, top + 90 + line * rowHeight, RIGHT, top + 90 + line * rowHeight);
  return bottom;
}

function people(
  sheet: Sheet,
  { family, chance, font }: { family: Family; chance: Chance; font: FontName },
): number {
  const rows = Array.from({ length: 10 }, (_, index) => {
    const person = family[index];
    if (person === undefined) return [`${index + 1}`, '-', '-', '-', '-', '-', '-', '-', '-'];
    return [
      `${index + 1}`,
      person.name,
      person.nik,
      person.sex === 'L' ? 'LAKI-LAKI' : 'PEREMPUAN',
      person.place.town,
      printed(person.birthDate),
      'ISLAM',
      chance.pick(['SLTA/SEDERAJAT', 'DIPLOMA IV', 'TAMAT SD']),
      chance.pick(['WIRASWASTA', 'KARYAWAN SWASTA', 'BELUM BEKERJA']),
    ];
  });
  return table(sheet, { columns: COLUMNS, rows, top: 480, font });
}

function relations(
  sheet: Sheet,
  { family, top, font, chance }: { family: Family; top: number; font: FontName; chance: Chance },
): void {
  const columns: [string, number][] = [
    ['No', 60],
    ['Status Perkawinan', 340],
    ['Hubungan Keluarga', 420],
    ['Kewarganegaraan', 300],
    ['No. Paspor', 260],
    ['Ayah', 550],
    ['Ibu', 550],
  ];
  const rows = Array.from({ length: 10 }, (_, index) => {
    if (family[index] === undefined) return [`${index + 1}`, '-', '-', '-', '-', '-', '-'];
    const relation = ['KEPALA KELUARGA', 'ISTRI', 'ANAK', 'ANAK', 'ANAK'][index] ?? 'ANAK';
    return [
      `${index + 1}`,
      index < 2 ? 'KAWIN TERCATAT' : 'BELUM KAWIN',
      relation,
      'WNI',
      '-',
      makeName(chance, 'L'),
      makeName(chance, 'P'),
    ];
  });
  table(sheet, { columns, rows, top, font });
}

function foot(sheet: Sheet, head: string, place: Place, chance: Chance): void {
  const y = 1640;
  sheet.text(LEFT, y, `Dikeluarkan Tanggal : ${pad(1 + chance.below(28))}-03-2024`, { size: 26 });
  sheet.text(1250, y, 'KEPALA KELUARGA', { size: 26, anchor: 'middle' });
  sheet.text(1250, y + 150, head, { size: 26, anchor: 'middle' });
  sheet.text(2150, y, `KEPALA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL`, { size: 24, anchor: 'middle' });
  sheet.text(2150, y + 30, place.regency, { size: 24, anchor: 'middle' });
  sheet.text(2150, y + 150, 'Drs. CONTOH PEJABAT, M.Si', { size: 26, anchor: 'middle' });
  sheet.raw(`<g fill="#222">${squares(chance, 1700, y + 10)}</g>`);
}

/** Something like a QR code. */
function squares(chance: Chance, left: number, top: number): string {
  let all = '';
  for (let row = 0; row < 25; row += 1)
    for (let column = 0; column < 25; column += 1)
      if (chance.is(0.5)) all += `<rect x="${left + column * 6}" y="${top + row * 6}" width="6" height="6"/>`;
  return all;
}

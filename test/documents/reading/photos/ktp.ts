/** Photos' subjects: an identity card (KTP-el), laid out as the real one is. */
import type { Chance } from '../../../e2e/seeded.ts';
import { makePerson, pad, printed } from './people.ts';
import { createSheet, type Sheet } from './sheet.ts';
import type { Subject } from './subject.ts';

/** 85.6 x 54 mm. */
export function drawKtp(chance: Chance): Subject {
  const person = makePerson(chance, { sex: chance.pick(['L', 'P']), years: [1945, 2008] });
  const sheet = createSheet(1712, 1080, chance.pick(['#bfdcec', '#c9e2ee', '#b4d3e8']));
  background(sheet, chance);
  const { place } = person;
  sheet.text(856, 92, `PROVINSI ${place.province}`, { size: 56, font: 'sans-bold', anchor: 'middle' });
  sheet.text(856, 152, place.regency, { size: 56, font: 'sans-bold', anchor: 'middle' });
  sheet.text(44, 252, 'NIK', { size: 60, font: 'sans-bold' });
  sheet.text(330, 252, ':', { size: 56, font: 'sans-bold' });
  sheet.digits(372, 252, person.nik, {
    size: 44 + chance.below(6),
    drawing: chance.pick(['angular', 'round']),
    weight: 0.95 + chance.below(50) / 100,
    stretch: 0.88 + chance.below(20) / 100,
    step: 0.85 + chance.below(20) / 100,
  });
  // The card's column of values holds some two dozen letters; a longer name goes on in the next line.
  const [name, ...restOfName] = linesOf(person.name);
  const rows: [string, string][] = [
    ['Nama', name],
    ...restOfName.map((line): [string, string] => ['', line]),
    ['Tempat/Tgl Lahir', `${place.town}, ${printed(person.birthDate)}`],
    ['Jenis Kelamin', person.sex === 'L' ? 'LAKI-LAKI' : 'PEREMPUAN'],
    [
      'Alamat',
      `JL. ${chance.pick(['MAWAR', 'DIPONEGORO', 'YOS SUDARSO', 'APT PRANOTO'])} NO. ${1 + chance.below(99)}`,
    ],
    ['     RT/RW', `0${pad(1 + chance.below(40))}/0${pad(chance.below(20))}`],
    ['     Kel/Desa', place.village],
    ['     Kecamatan', place.district],
    ['Agama', chance.pick(['ISLAM', 'KRISTEN', 'KATHOLIK', 'HINDU'])],
    ['Status Perkawinan', chance.pick(['KAWIN', 'BELUM KAWIN', 'CERAI MATI'])],
    ['Pekerjaan', chance.pick(['WIRASWASTA', 'KARYAWAN SWASTA', 'PELAJAR/MAHASISWA', 'PETANI/PEKEBUN'])],
    ['Kewarganegaraan', 'WNI'],
    ['Berlaku Hingga', 'SEUMUR HIDUP'],
  ];
  for (const [index, [label, value]] of rows.entries()) {
    const y = 330 + index * (rows.length > 12 ? 54 : 58);
    sheet.text(44, y, label, { size: 42 });
    if (label !== '') sheet.text(408, y, ':', { size: 42 });
    sheet.text(430, y, value, { size: 42 });
  }
  sheet.text(930, 446, `Gol. Darah :  ${chance.pick(['O', 'A', 'B', '-'])}`, { size: 42 });
  portrait(sheet);
  sheet.text(1480, 860, place.regency.replace(/^(KABUPATEN|KOTA) /, ''), { size: 34, anchor: 'middle' });
  sheet.text(1480, 905, `${pad(1 + chance.below(28))}-0${1 + chance.below(9)}-20${12 + chance.below(12)}`, {
    size: 34,
    anchor: 'middle',
  });
  return {
    sheet,
    truth: {
      nik: person.nik,
      name: person.name,
      'birth-date': person.birthDate,
      'birth-place': place.town,
    },
  };
}

function linesOf(name: string): [string, ...string[]] {
  if (name.length <= 25) return [name];
  const end = name.lastIndexOf(' ', 25);
  return [name.slice(0, end), name.slice(end + 1)];
}

/** Waves and a pale map behind the words, as the card's print has. */
function background(sheet: Sheet, chance: Chance): void {
  const tint = chance.pick(['#9cc4dc', '#a9cbe0', '#8fb9d6']);
  for (let y = 20; y < 1080; y += 26)
    sheet.raw(
      `<path d="M0 ${y} Q 214 ${y - 24} 428 ${y} T 856 ${y} T 1284 ${y} T 1712 ${y}" fill="none" stroke="${tint}" stroke-width="2.5" opacity="0.75"/>`,
    );
  sheet.raw(
    `<ellipse cx="700" cy="620" rx="480" ry="260" fill="#e9d9c0" opacity="0.35"/><ellipse cx="900" cy="560" rx="200" ry="330" fill="#f2e4c8" opacity="0.3"/>`,
  );
}

function portrait(sheet: Sheet): void {
  sheet.raw(
    `<rect x="1290" y="270" width="380" height="500" fill="#b5332e"/><circle cx="1480" cy="450" r="100" fill="#c59873"/><path d="M1330 770 Q1480 500 1630 770 Z" fill="#e8e8ea"/><path d="M1380 420 Q1480 300 1580 420 L1570 380 Q1480 290 1390 380 Z" fill="#241c18"/><path d="M1380 1000 q40 -60 70 0 t60 -20 t80 10" fill="none" stroke="#222" stroke-width="5"/>`,
  );
}

import { describe, expect, it } from 'vitest';
import type { Word } from '../../../src/documents/reading/engine.ts';
import { readKk } from '../../../src/documents/reading/read-kk.ts';
import { readKtp } from '../../../src/documents/reading/read-ktp.ts';
import { readLetter } from '../../../src/documents/reading/read-letter.ts';
import { rowsOf } from '../../../src/documents/reading/rows.ts';

const context = {
  now: Date.parse('2026-11-22T00:00:00Z'),
  timeZone: 'Asia/Makassar',
  regions: { hasDistrict: () => true },
};

/** Lines of words; two spaces or more are a wide gap, and each line slopes a little. */
function page(text: string): Word[] {
  return text.split('\n').flatMap((line, row) =>
    [...line.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
      text: word,
      confidence: 0.95,
      left: index * 12,
      top: row * 40 + index * 0.2,
      width: word.length * 12,
      height: 20,
    })),
  );
}

function valuesOf(read: Record<string, { value: string } | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(read).map(([element, value]) => [element, value?.value]));
}

describe('an identity card', () => {
  const card = (nik: string) =>
    rowsOf(
      page(`          PROVINSI KALIMANTAN TIMUR
NIK               : ${nik}
Nama              : SITI NURHALIZAH PUTRI
                    WULANDARI
Tempat/Tg1 Lahir  : SANGATTA, 12-05-1990
Jenis Kelamin     : PEREMPUAN      Gol. Darah : O
Alamat            : JL. MAWAR NO. 3`),
    );

  it('gives what stands beside its labels, a long name in two lines', () => {
    expect(valuesOf(readKtp(card('6408045205909902'), undefined, context))).toEqual({
      nik: '6408045205909902',
      name: 'SITI NURHALIZAH PUTRI WULANDARI',
      'birth-date': '1990-05-12',
      'birth-place': 'SANGATTA',
    });
  });

  it('gives no NIK whose day is not the birth date beside it', () => {
    expect(readKtp(card('6408045206909902'), undefined, context).nik).toBeUndefined();
  });

  it('gives no NIK of which a digit was as near to another', () => {
    const forms = { digits: '6408045205909902', margin: 0.03 };
    expect(readKtp(card('-'), forms, context).nik).toBeUndefined();
    expect(readKtp(card('-'), { ...forms, margin: 0.2 }, context).nik?.value).toBe('6408045205909902');
  });
});

describe('a family card', () => {
  const card = (first: string) =>
    rowsOf(
      page(`                     KARTU KELUARGA
                  No. 6408041203109901
Nama Kepala Keluarga : BUDI SANTOSO        Desa/Kelurahan : TELUK LINGGA
Alamat               : JL. MELATI          Kecamatan      : SANGATTA UTARA
1 BUDI SANTOSO       ${first}   LAKI-LAKI
2 SITI AMINAH        6408045205909902   PEREMPUAN`),
    );

  it('gives its number, its head, and the NIK in the line of the head', () => {
    expect(valuesOf(readKk(card('6408041205809901'), context))).toEqual({
      kk: '6408041203109901',
      'head-name': 'BUDI SANTOSO',
      nik: '6408041205809901',
    });
  });

  it("never gives another member's NIK for the head's", () => {
    expect(readKk(card('64080412058099'), context).nik).toBeUndefined();
  });
});

describe('a letter about a birth', () => {
  it('is read by its labels, whatever their order', () => {
    const rows = rowsOf(
      page(`Nama Suami     : BUDI SANTOSO
Nama Ibu       : SITI AMINAH
Nama Anak      : NUR AISYAH
Jam Lahir      : 08.30 WITA
Hari/Tanggal Lahir : Selasa, 12 Maret 2024
Sangatta, 20 Maret 2024`),
    );
    expect(valuesOf(readLetter(rows, context))).toEqual({
      'child-name': 'NUR AISYAH',
      'birth-date': '2024-03-12',
      'birth-time': '08:30',
      'mother-name': 'SITI AMINAH',
      'father-name': 'BUDI SANTOSO',
    });
  });

  it("takes a parent's name and birthday from under their heading for nobody else's", () => {
    const rows = rowsOf(
      page(`Nama            : NUR AISYAH
Tempat/Tgl Lahir : Sangatta, 12-03-2024
Pukul           : 21.05
Ayah
Nama            : BUDI SANTOSO
Tempat/Tgl Lahir : Bontang, 01-02-1988
Ibu
Nama            : SITI AMINAH
Tempat/Tgl Lahir : Sangatta, 03-04-1990`),
    );
    expect(valuesOf(readLetter(rows, context))).toEqual({
      'child-name': 'NUR AISYAH',
      'birth-date': '2024-03-12',
      'birth-time': '21:05',
      'mother-name': 'SITI AMINAH',
      'father-name': 'BUDI SANTOSO',
    });
  });

  it('is read where it is one sentence', () => {
    const rows = rowsOf(
      page(`Pada hari ini Selasa tanggal 12 Maret 2024 pukul
08.30 WITA telah lahir seorang anak perempuan bernama:
            NUR AISYAH
Nama Ibu   : SITI AMINAH
Nama Bapak : BUDI SANTOSO`),
    );
    expect(valuesOf(readLetter(rows, context))).toMatchObject({
      'child-name': 'NUR AISYAH',
      'birth-date': '2024-03-12',
      'birth-time': '08:30',
    });
  });

  it('gives no date when its weekday says that a digit was misread', () => {
    const rows = rowsOf(page('Tanggal Lahir : Rabu, 12 Maret 2024'));
    expect(readLetter(rows, context)['birth-date']).toBeUndefined();
  });
});

/** Parts that forms share. */
import type { Field, Signer } from './form.ts';

/** A line for any text. */
export function text(id: string, label: string): Field {
  return { kind: 'text', id, label };
}

/** Sixteen boxes: NIK and numbers of family cards. */
export function sixteen(id: string, label: string): Field {
  return { kind: 'digits', id, label, length: 16 };
}

/** How F-2.01 asks for a person: name, NIK, travel document, family card, citizenship. */
export function person(prefix: string): Field[] {
  return [
    text(`${prefix}_nama`, 'Nama'),
    sixteen(`${prefix}_nik`, 'NIK'),
    text(`${prefix}_dokumen_perjalanan`, 'Nomor dokumen perjalanan'),
    sixteen(`${prefix}_kk`, 'Nomor Kartu Keluarga'),
    text(`${prefix}_kewarganegaraan`, 'Kewarganegaraan'),
  ];
}

/** How the statements present a person: name, NIK, birth, occupation, address. */
export function declarant(prefix: string): Field[] {
  return [
    text(`${prefix}_nama`, 'Nama'),
    sixteen(`${prefix}_nik`, 'NIK'),
    ...born(prefix),
    text(`${prefix}_pekerjaan`, 'Pekerjaan'),
    text(`${prefix}_alamat`, 'Alamat'),
  ];
}

/** Place and date of birth. */
export function born(prefix: string): Field[] {
  return [
    text(`${prefix}_tempat_lahir`, 'Tempat lahir'),
    { kind: 'date', id: `${prefix}_tanggal_lahir`, label: 'Tanggal lahir' },
  ];
}

/** The names and NIK of two witnesses, as fields that only their signatures show. */
export const WITNESSES: readonly Signer[] = [
  { role: 'Saksi I', name: 'saksi1_nama', nik: 'saksi1_nik' },
  { role: 'Saksi II', name: 'saksi2_nama', nik: 'saksi2_nik' },
];

/** How every statement ends. */
export const TRUE_STATEMENT =
  'Demikian surat pernyataan ini saya buat dengan sebenar-benarnya, dan apabila di kemudian hari ternyata pernyataan saya ini tidak benar, maka saya bersedia diproses secara hukum sesuai dengan peraturan perundang-undangan, dan dokumen yang diterbitkan akibat dari pernyataan ini menjadi tidak sah.';

/** F-2.03. Sentences, fields and the two witnesses: a public copy of the form from Indramayu; when it is used: domain.md 1.3 (BIRTH). */
import type { FormDefinition } from './form.ts';
import { born, declarant, sixteen, TRUE_STATEMENT, text, WITNESSES } from './parts.ts';

/** Statement of full responsibility that the data of a birth are true, when there is no birth letter. */
export const F_2_03: FormDefinition = {
  code: 'F-2.03',
  title: 'Surat Pernyataan Tanggung Jawab Mutlak (SPTJM) Kebenaran Data Kelahiran',
  english: 'Statement of full responsibility: data of a birth',
  look: 'statement',
  blocks: [
    {
      kind: 'text',
      isSmall: true,
      text: 'Digunakan dalam hal persyaratan berupa surat keterangan lahir tidak terpenuhi.',
    },
    { kind: 'text', text: 'Saya yang bertanda tangan di bawah ini:' },
    { kind: 'fields', fields: declarant('pelapor') },
    { kind: 'text', text: 'menyatakan bahwa:' },
    {
      kind: 'fields',
      fields: [
        text('anak_nama', 'Nama'),
        sixteen('anak_nik', 'NIK'),
        ...born('anak'),
        text('anak_ke', 'Anak ke'),
        text('anak_alamat', 'Alamat'),
      ],
    },
    { kind: 'text', text: 'adalah anak kandung dari:' },
    { kind: 'fields', fields: declarant('ibu') },
    { kind: 'text', text: 'yang lahir dengan penolong kelahiran:' },
    {
      kind: 'fields',
      fields: [
        text('penolong_nama', 'Nama'),
        sixteen('penolong_nik', 'NIK'),
        text('penolong_pekerjaan', 'Pekerjaan'),
        text('penolong_alamat', 'Alamat'),
      ],
    },
    { kind: 'text', text: TRUE_STATEMENT },
    {
      kind: 'signatures',
      signers: [...WITNESSES, { role: 'Saya yang menyatakan', name: 'pelapor_nama', dated: true }],
    },
  ],
};

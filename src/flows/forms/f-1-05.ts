/**
 * F-1.05. The parties, the date, the two witnesses and the list of children: descriptions of the form in public village
 * software. No public copy of its sentences was found: they are [own], in the words of F-2.04.
 */
import type { FormDefinition } from './form.ts';
import { declarant, TRUE_STATEMENT, text, WITNESSES } from './parts.ts';

/** Statement of full responsibility: a marriage or divorce that is not registered. */
export const F_1_05: FormDefinition = {
  code: 'F-1.05',
  title: 'Surat Pernyataan Tanggung Jawab Mutlak Perkawinan/Perceraian Belum Tercatat',
  english: 'Statement of full responsibility: marriage or divorce not yet registered',
  look: 'statement',
  blocks: [
    { kind: 'text', text: 'Kami yang bertanda tangan di bawah ini:' },
    { kind: 'fields', title: 'Suami', fields: declarant('suami') },
    { kind: 'fields', title: 'Istri', fields: declarant('istri') },
    {
      kind: 'fields',
      title: 'Menyatakan Bahwa Kami',
      fields: [
        {
          kind: 'choice',
          id: 'peristiwa',
          label: 'Telah',
          options: [
            { id: 'kawin', label: 'melangsungkan perkawinan, dan belum tercatat' },
            { id: 'cerai', label: 'bercerai, dan belum tercatat' },
          ],
        },
        { kind: 'date', id: 'tanggal', label: 'Pada tanggal' },
        text('tempat', 'Di'),
      ],
    },
    {
      kind: 'table',
      id: 'anak',
      title: 'Anak (Bila Ada)',
      rows: 3,
      columns: [
        { id: 'nama', label: 'Nama', width: 4 },
        { id: 'nik', label: 'NIK', width: 3 },
        { id: 'akta', label: 'Nomor akta kelahiran', width: 3 },
        { id: 'shdk', label: 'SHDK', width: 2 },
      ],
    },
    { kind: 'text', text: TRUE_STATEMENT.replaceAll('saya', 'kami') },
    {
      kind: 'signatures',
      signers: [
        { role: 'Suami', name: 'suami_nama', dated: true },
        { role: 'Istri', name: 'istri_nama' },
        ...WITNESSES,
      ],
    },
  ],
};

/** F-2.04. Sentences, fields and the two witnesses: a public copy of the form from Indramayu; when it is used: domain.md 1.3 (BIRTH). */
import type { FormDefinition } from './form.ts';
import { declarant, TRUE_STATEMENT, WITNESSES } from './parts.ts';

/** Statement of full responsibility that two are husband and wife, when there is no proof of marriage. */
export const F_2_04: FormDefinition = {
  code: 'F-2.04',
  title: 'Surat Pernyataan Tanggung Jawab Mutlak (SPTJM) Kebenaran sebagai Pasangan Suami Istri',
  english: 'Statement of full responsibility: husband and wife',
  look: 'statement',
  blocks: [
    {
      kind: 'text',
      isSmall: true,
      text: 'Digunakan dalam hal persyaratan berupa buku nikah/akta perkawinan tidak terpenuhi.',
    },
    { kind: 'text', text: 'Saya yang bertanda tangan di bawah ini:' },
    { kind: 'fields', fields: declarant('suami') },
    { kind: 'text', text: 'menyatakan bahwa:' },
    { kind: 'fields', fields: declarant('istri') },
    {
      kind: 'text',
      text: 'adalah benar istri saya, dan pernikahan kami tidak dapat dibuktikan dengan akta perkawinan/buku nikah.',
    },
    { kind: 'text', text: TRUE_STATEMENT },
    {
      kind: 'signatures',
      signers: [...WITNESSES, { role: 'Saya yang menyatakan', name: 'suami_nama', dated: true }],
    },
  ],
};

/**
 * F-1.07. Who gives and who gets the power, and why: the form's fields in public village software. Signed over a stamp by both
 * (cakrapos.com, "form F-1.07 ini penjelasannya", quoting the head of Disdukcapil Dumai). Sentences [own].
 */
import type { FormDefinition } from './form.ts';
import { declarant, text } from './parts.ts';

/** Power of attorney for the services of the office. */
export const F_1_07: FormDefinition = {
  code: 'F-1.07',
  title: 'Surat Kuasa dalam Pelayanan Administrasi Kependudukan',
  english: 'Power of attorney for population services',
  look: 'statement',
  blocks: [
    { kind: 'text', text: 'Yang bertanda tangan di bawah ini:' },
    { kind: 'fields', title: 'Pemberi Kuasa', fields: declarant('pemberi') },
    { kind: 'text', text: 'memberikan kuasa kepada:' },
    { kind: 'fields', title: 'Penerima Kuasa', fields: declarant('penerima') },
    {
      kind: 'fields',
      title: 'Isi Kuasa',
      fields: [
        { kind: 'text', id: 'keperluan', label: 'Untuk mengurus', from: 'service' },
        { kind: 'text', id: 'nomor_permohonan', label: 'Nomor permohonan', from: 'application' },
        text('alasan', 'Karena keadaan pemberi kuasa'),
      ],
    },
    {
      kind: 'text',
      text: 'Demikian surat kuasa ini dibuat dengan sebenarnya, untuk dipergunakan sebagaimana mestinya.',
    },
    {
      kind: 'signatures',
      signers: [
        { role: 'Penerima kuasa', name: 'penerima_nama', meterai: true },
        { role: 'Pemberi kuasa', name: 'pemberi_nama', meterai: true, dated: true },
      ],
    },
  ],
};

/** F-1.06. Sentences, the list of the family and the two tables of changes: OpenSID's copy of the form and a second village's. */
import type { Column, FormDefinition } from './form.ts';
import { sixteen, text } from './parts.ts';

/** One element of the data: what it was, what it is to be, and what proves it. */
function change(id: string, heading: string): Column[] {
  return [
    { id: `${id}_semula`, label: 'Semula', width: 3, heading },
    { id: `${id}_menjadi`, label: 'Menjadi', width: 3, heading },
    { id: `${id}_dasar`, label: 'Dasar perubahan', width: 3, heading },
  ];
}

/** Statement of a change of data; the citizen alone signs it. */
export const F_1_06: FormDefinition = {
  code: 'F-1.06',
  title: 'Surat Pernyataan Perubahan Elemen Data Kependudukan',
  english: 'Statement of a change of population data',
  look: 'statement',
  blocks: [
    { kind: 'text', text: 'Yang bertanda tangan di bawah ini:' },
    {
      kind: 'fields',
      fields: [
        text('pemohon_nama', 'Nama lengkap'),
        sixteen('pemohon_nik', 'NIK'),
        sixteen('pemohon_kk', 'Nomor KK'),
        text('pemohon_alamat', 'Alamat rumah'),
      ],
    },
    { kind: 'text', text: 'dengan rincian KK sebagai berikut:' },
    {
      kind: 'table',
      id: 'anggota',
      rows: 4,
      columns: [
        { id: 'nama', label: 'Nama', width: 5 },
        { id: 'nik', label: 'NIK', width: 4 },
        { id: 'shdk', label: 'SHDK', width: 2 },
        { id: 'keterangan', label: 'Keterangan', width: 4 },
      ],
    },
    {
      kind: 'text',
      text: 'Menyatakan bahwa elemen data kependudukan saya dan anggota keluarga saya telah berubah, dengan rincian:',
    },
    {
      kind: 'table',
      id: 'a',
      title: 'A. Pendidikan dan Pekerjaan',
      rows: 2,
      columns: [...change('pendidikan', 'Pendidikan terakhir'), ...change('pekerjaan', 'Pekerjaan')],
    },
    {
      kind: 'table',
      id: 'b',
      title: 'B. Agama dan Perubahan Lainnya',
      rows: 2,
      columns: [...change('agama', 'Agama'), ...change('lainnya', 'Lainnya')],
    },
    { kind: 'fields', fields: [text('lainnya', 'Lainnya, yaitu')] },
    {
      kind: 'text',
      text: 'Terlampir disampaikan fotokopi berkas-berkas yang terkait dengan perubahan elemen data tersebut. Demikian Surat Pernyataan ini saya buat dengan sebenarnya, apabila dalam keterangan yang saya berikan terdapat hal-hal yang tidak berdasarkan keadaan yang sebenarnya, saya bersedia dikenakan sanksi sesuai ketentuan peraturan perundang-undangan yang berlaku.',
    },
    {
      kind: 'signatures',
      signers: [{ role: 'Yang membuat pernyataan', name: 'pemohon_nama', dated: true }],
    },
  ],
};

/** F-1.03. Fields, their numbers and ticks: a public printable copy of the form (items 1 to 11); SHDK is the status in the family. */
import type { Field, FormDefinition, Option } from './form.ts';
import { sixteen, text } from './parts.ts';

const KIND: readonly Option[] = [
  { id: 'skp', label: 'Surat keterangan pindah' },
  { id: 'skpln', label: 'Surat keterangan pindah luar negeri (SKPLN)' },
  { id: 'sktt', label: 'Surat keterangan tempat tinggal (SKTT) bagi orang asing tinggal terbatas' },
];

const DISTANCE: readonly Option[] = [
  { id: 'desa', label: 'Dalam satu desa/kelurahan' },
  { id: 'kecamatan', label: 'Antardesa/kelurahan dalam satu kecamatan' },
  { id: 'kabupaten', label: 'Antarkecamatan dalam satu kabupaten/kota' },
  { id: 'provinsi', label: 'Antarkabupaten/kota dalam satu provinsi' },
  { id: 'antarprovinsi', label: 'Antarprovinsi' },
];

const REASON: readonly Option[] = [
  { id: 'pekerjaan', label: 'Pekerjaan' },
  { id: 'pendidikan', label: 'Pendidikan' },
  { id: 'keamanan', label: 'Keamanan' },
  { id: 'kesehatan', label: 'Kesehatan' },
  { id: 'perumahan', label: 'Perumahan' },
  { id: 'keluarga', label: 'Keluarga' },
  { id: 'lainnya', label: 'Lainnya' },
];

const WHO: readonly Option[] = [
  { id: 'kepala', label: 'Kepala keluarga' },
  { id: 'semua', label: 'Kepala keluarga dan semua anggota keluarga' },
  { id: 'sebagian', label: 'Kepala keluarga dan sebagian anggota keluarga' },
  { id: 'anggota', label: 'Anggota keluarga' },
];

const CARD: readonly Option[] = [
  { id: 'menumpang', label: 'Numpang KK' },
  { id: 'baru', label: 'Membuat KK baru' },
];

/** An address: `prefix`_alamat, _rt, _rw, _desa, _kecamatan, _kabupaten, _provinsi, _kode_pos. */
function address(prefix: string, label: string): Field[] {
  const half = (id: string, name: string): Field => ({
    kind: 'text',
    id: `${prefix}_${id}`,
    label: name,
    half: true,
  });
  return [
    text(`${prefix}_alamat`, label),
    half('rt', 'RT'),
    half('rw', 'RW'),
    half('desa', 'Desa/kelurahan'),
    half('kecamatan', 'Kecamatan'),
    half('kabupaten', 'Kabupaten/kota'),
    half('provinsi', 'Provinsi'),
    { kind: 'digits', id: `${prefix}_kode_pos`, label: 'Kode pos', length: 5 },
  ];
}

/** Registration of a move. */
export const F_1_03: FormDefinition = {
  code: 'F-1.03',
  title: 'Formulir Pendaftaran Perpindahan Penduduk',
  english: 'Registration of a move',
  look: 'form',
  blocks: [
    {
      kind: 'fields',
      title: 'Data Pemohon',
      fields: [
        sixteen('pemohon_kk', '1. Nomor KK'),
        text('pemohon_nama', '2. Nama lengkap pemohon'),
        sixteen('pemohon_nik', '3. NIK'),
        { kind: 'choice', id: 'jenis', label: '4. Jenis permohonan', options: KIND },
      ],
    },
    {
      kind: 'fields',
      title: 'Alamat',
      fields: [
        ...address('asal', '5. Alamat asal'),
        { kind: 'choice', id: 'klasifikasi', label: 'Klasifikasi kepindahan', options: DISTANCE },
        ...address('pindah', '6. Alamat pindah'),
      ],
    },
    {
      kind: 'fields',
      title: 'Kepindahan',
      fields: [
        { kind: 'choice', id: 'alasan', label: '7. Alasan pindah', options: REASON },
        { kind: 'choice', id: 'kepindahan', label: '8. Jenis kepindahan', options: WHO },
        { kind: 'choice', id: 'kk_tidak_pindah', label: '9. Anggota keluarga tidak pindah', options: CARD },
        { kind: 'choice', id: 'kk_pindah', label: '10. Anggota keluarga yang pindah', options: CARD },
      ],
    },
    {
      kind: 'table',
      id: 'anggota',
      title: '11. Daftar Anggota Keluarga yang Pindah',
      rows: 10,
      columns: [
        { id: 'nik', label: 'NIK', width: 3 },
        { id: 'nama', label: 'Nama lengkap', width: 5 },
        { id: 'shdk', label: 'SHDK', width: 2 },
      ],
    },
    {
      kind: 'signatures',
      signers: [{ role: 'Petugas' }, { role: 'Pemohon', name: 'pemohon_nama', dated: true }],
    },
  ],
};

/**
 * F-1.02. Fields and ticks: domain.md 1.4; two public transcripts of the form agree on the matrix of requests, the sixteen
 * papers and the two signatures (an office form's seed, "Formulir resmi Disdukcapil", and a village's printable copy).
 */
import type { FormDefinition, Option } from './form.ts';
import { sixteen, text } from './parts.ts';

const KK: readonly Option[] = [
  { id: 'keluarga_baru', label: 'Membentuk keluarga baru', heading: 'A. Baru' },
  { id: 'kepala', label: 'Penggantian kepala keluarga' },
  { id: 'pisah', label: 'Pisah KK' },
  { id: 'pindah_datang', label: 'Pindah datang' },
  { id: 'wni_ln', label: 'WNI dari luar negeri karena pindah' },
  { id: 'rentan', label: 'Rentan adminduk' },
  { id: 'menumpang', label: 'Menumpang dalam KK', heading: 'B. Perubahan data' },
  { id: 'peristiwa_penting', label: 'Peristiwa penting' },
  { id: 'elemen', label: 'Perubahan elemen data yang tercantum dalam KK' },
  { id: 'hilang', label: 'Hilang', heading: 'C. Hilang/rusak' },
  { id: 'rusak', label: 'Rusak' },
];

const KTP: readonly Option[] = [
  { id: 'baru', label: 'A. Baru' },
  { id: 'pindah_datang', label: 'B. Pindah datang' },
  { id: 'hilang', label: 'Hilang', heading: 'C. Hilang/rusak' },
  { id: 'rusak', label: 'Rusak' },
  { id: 'itap', label: 'D. Perpanjangan ITAP' },
  { id: 'kewarganegaraan', label: 'E. Perubahan status kewarganegaraan' },
  { id: 'luar_domisili', label: 'F. Luar domisili' },
  { id: 'transmigrasi', label: 'G. Transmigrasi' },
];

const KIA: readonly Option[] = [
  { id: 'baru', label: 'A. Baru' },
  { id: 'hilang', label: 'Hilang', heading: 'B. Hilang/rusak' },
  { id: 'rusak', label: 'Rusak' },
  { id: 'itap', label: 'C. Perpanjangan ITAP' },
  { id: 'lainnya', label: 'D. Lainnya' },
];

const CHANGE: readonly Option[] = [
  { id: 'kk', label: 'A. KK' },
  { id: 'ktp', label: 'B. KTP-el' },
  { id: 'kia', label: 'C. KIA' },
];

const PAPERS: readonly Option[] = [
  { id: 'kk_lama', label: 'KK lama/rusak' },
  { id: 'buku_nikah', label: 'Buku nikah/kutipan akta perkawinan' },
  { id: 'akta_cerai', label: 'Kutipan akta perceraian' },
  { id: 'surat_pindah', label: 'Surat keterangan pindah' },
  { id: 'surat_pindah_ln', label: 'Surat keterangan pindah luar negeri' },
  { id: 'ktp_rusak', label: 'KTP-el rusak' },
  { id: 'dokumen_perjalanan', label: 'Dokumen perjalanan' },
  { id: 'surat_hilang', label: 'Surat keterangan hilang dari kepolisian' },
  { id: 'bukti', label: 'Surat keterangan/bukti perubahan peristiwa kependudukan dan peristiwa penting' },
  { id: 'sptjm', label: 'SPTJM perkawinan/perceraian belum tercatat' },
  { id: 'akta_kematian', label: 'Akta kematian' },
  { id: 'pernyataan_sebab', label: 'Surat pernyataan penyebab terjadinya hilang atau rusak' },
  { id: 'surat_pindah_ri', label: 'Surat keterangan pindah dari perwakilan RI' },
  { id: 'pernyataan_menerima', label: 'Surat pernyataan bersedia menerima sebagai anggota keluarga' },
  { id: 'kuasa_asuh', label: 'Surat kuasa pengasuhan anak dari orang tua/wali' },
  { id: 'itap', label: 'Kartu izin tinggal tetap' },
];

/** Registration of a population event: KK, KTP-el, KIA and changes of data. */
export const F_1_02: FormDefinition = {
  code: 'F-1.02',
  title: 'Formulir Pendaftaran Peristiwa Kependudukan',
  english: 'Registration of a population event',
  look: 'form',
  blocks: [
    {
      kind: 'fields',
      title: 'I. Data Pemohon',
      fields: [
        text('pemohon_nama', '1. Nama lengkap'),
        sixteen('pemohon_nik', '2. Nomor Induk Kependudukan'),
        sixteen('pemohon_kk', '3. Nomor Kartu Keluarga'),
        text('pemohon_hp', '4. Nomor handphone'),
        text('pemohon_email', '5. Alamat email'),
      ],
    },
    {
      kind: 'columns',
      title: 'II. Jenis Permohonan',
      fields: [
        { kind: 'choice', id: 'kk', label: 'I. Kartu Keluarga', options: KK },
        { kind: 'choice', id: 'ktp', label: 'II. KTP-el', options: KTP },
        { kind: 'choice', id: 'kia', label: 'III. Kartu Identitas Anak/KIA', options: KIA },
        { kind: 'choice', id: 'perubahan', label: 'IV. Perubahan Data', options: CHANGE },
      ],
    },
    {
      kind: 'ticks',
      title: 'III. Persyaratan yang Dilampirkan',
      columns: 2,
      field: { kind: 'choice', id: 'lampiran', label: 'Persyaratan', options: PAPERS },
    },
    {
      kind: 'signatures',
      signers: [{ role: 'Petugas' }, { role: 'Pemohon', name: 'pemohon_nama', dated: true }],
    },
  ],
};

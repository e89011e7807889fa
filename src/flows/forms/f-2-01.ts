/**
 * F-2.01. Blocks, fields, their numbers and ticks: domain.md 1.4 and OpenSID's copy of the form (surat_ket_kematian F-2.01).
 * Printed are the parts that all reports share, and the block of the event: birth, divorce or death; of the other events only
 * the ticks. Cancelling a divorce has items of its own, which are left out.
 */
import type { Block, Field, FormDefinition, Option } from './form.ts';
import { born, person, sixteen, text } from './parts.ts';

const EVENTS: readonly Option[] = [
  { id: 'kelahiran', label: 'Kelahiran' },
  { id: 'lahir_mati', label: 'Lahir mati' },
  { id: 'perkawinan', label: 'Perkawinan' },
  { id: 'pembatalan_perkawinan', label: 'Pembatalan perkawinan' },
  { id: 'perceraian', label: 'Perceraian' },
  { id: 'pembatalan_perceraian', label: 'Pembatalan perceraian' },
  { id: 'kematian', label: 'Kematian' },
  { id: 'pengangkatan', label: 'Pengangkatan anak' },
  { id: 'pengakuan', label: 'Pengakuan anak' },
  { id: 'pengesahan', label: 'Pengesahan anak' },
  { id: 'perubahan_nama', label: 'Perubahan nama' },
  { id: 'kewarganegaraan', label: 'Perubahan status kewarganegaraan' },
  { id: 'peristiwa_lainnya', label: 'Pencatatan peristiwa penting lainnya' },
  { id: 'pembetulan', label: 'Pembetulan akta' },
  { id: 'pembatalan_akta', label: 'Pembatalan akta' },
  { id: 'luar_wilayah', label: 'Pelaporan pencatatan sipil dari luar wilayah' },
];

const half = (id: string, label: string): Field => ({ kind: 'text', id, label, half: true });

const REGION: Block = {
  kind: 'fields',
  fields: [
    half('provinsi', 'Provinsi'),
    half('kabupaten', 'Kabupaten/kota'),
    half('kecamatan', 'Kecamatan'),
    half('desa', 'Desa/kelurahan'),
    { kind: 'digits', id: 'kode_wilayah', label: 'Kode wilayah', length: 10 },
  ],
};

function witness(prefix: string): Field[] {
  return person(prefix).filter(({ id }) => id !== `${prefix}_dokumen_perjalanan`);
}

function parent(prefix: string, name: string): Field[] {
  return [
    text(`${prefix}_nama`, `Nama ${name}`),
    sixteen(`${prefix}_nik`, `NIK ${name}`),
    ...born(prefix).map((field) => ({ ...field, label: `${field.label} ${name}` })),
    text(`${prefix}_kewarganegaraan`, `Kewarganegaraan ${name}`),
  ];
}

const BIRTH: Block = {
  kind: 'fields',
  title: 'Data Anak',
  when: { field: 'jenis', ticks: 'kelahiran' },
  fields: [
    text('anak_nama', 'Nama'),
    {
      kind: 'choice',
      id: 'anak_jenis_kelamin',
      label: 'Jenis kelamin',
      options: [
        { id: 'laki_laki', label: 'Laki-laki' },
        { id: 'perempuan', label: 'Perempuan' },
      ],
    },
    {
      kind: 'choice',
      id: 'tempat_dilahirkan',
      label: 'Tempat dilahirkan',
      options: [
        { id: 'rs', label: 'RS/RB' },
        { id: 'puskesmas', label: 'Puskesmas' },
        { id: 'polindes', label: 'Polindes' },
        { id: 'rumah', label: 'Rumah' },
        { id: 'lainnya', label: 'Lainnya' },
      ],
    },
    text('tempat_kelahiran', 'Tempat kelahiran'),
    { kind: 'date', id: 'anak_tanggal_lahir', label: 'Hari dan tanggal lahir', weekday: true },
    { kind: 'time', id: 'anak_pukul', label: 'Pukul' },
    {
      kind: 'choice',
      id: 'jenis_kelahiran',
      label: 'Jenis kelahiran',
      options: [
        { id: 'tunggal', label: 'Tunggal' },
        { id: 'kembar_2', label: 'Kembar 2' },
        { id: 'kembar_3', label: 'Kembar 3' },
        { id: 'kembar_4', label: 'Kembar 4' },
        { id: 'lainnya', label: 'Lainnya' },
      ],
    },
    text('kelahiran_ke', 'Kelahiran ke-'),
    {
      kind: 'choice',
      id: 'penolong',
      label: 'Penolong kelahiran',
      options: [
        { id: 'dokter', label: 'Dokter' },
        { id: 'bidan', label: 'Bidan/perawat' },
        { id: 'dukun', label: 'Dukun' },
        { id: 'lainnya', label: 'Lainnya' },
      ],
    },
    { kind: 'text', id: 'berat', label: 'Berat bayi', unit: 'kg' },
    { kind: 'text', id: 'panjang', label: 'Panjang bayi', unit: 'cm' },
  ],
};

const DIVORCE: Block = {
  kind: 'fields',
  title: 'Perceraian',
  when: { field: 'jenis', ticks: 'perceraian' },
  fields: [
    text('akta_perkawinan_nomor', '1. Nomor akta perkawinan'),
    { kind: 'date', id: 'akta_perkawinan_tanggal', label: '2. Tanggal akta perkawinan' },
    text('akta_perkawinan_tempat', '3. Tempat pencatatan perkawinan'),
    text('pengadilan', '4. Nama pengadilan'),
    { kind: 'date', id: 'putusan_tanggal', label: '5. Tanggal putusan pengadilan' },
    text('putusan_nomor', '6. Nomor putusan pengadilan'),
    text('panitera_nomor', '7. Nomor surat keterangan panitera pengadilan'),
    { kind: 'date', id: 'panitera_tanggal', label: '8. Tanggal surat keterangan panitera' },
    { kind: 'date', id: 'melapor_tanggal', label: '9. Tanggal melapor' },
  ],
};

const DEATH: Block = {
  kind: 'fields',
  title: 'Kematian',
  when: { field: 'jenis', ticks: 'kematian' },
  fields: [
    sixteen('almarhum_nik', '1. NIK'),
    text('almarhum_nama', '2. Nama lengkap'),
    { kind: 'date', id: 'tanggal_meninggal', label: '3. Tanggal kematian' },
    { kind: 'time', id: 'pukul_meninggal', label: '4. Pukul' },
    {
      kind: 'choice',
      id: 'sebab_meninggal',
      label: '5. Sebab kematian',
      options: [
        { id: 'sakit', label: 'Sakit biasa/tua' },
        { id: 'wabah', label: 'Wabah penyakit' },
        { id: 'kecelakaan', label: 'Kecelakaan' },
        { id: 'kriminalitas', label: 'Kriminalitas' },
        { id: 'bunuh_diri', label: 'Bunuh diri' },
        { id: 'lainnya', label: 'Lainnya' },
      ],
    },
    text('tempat_meninggal', '6. Tempat kematian'),
    {
      kind: 'choice',
      id: 'yang_menerangkan',
      label: '7. Yang menerangkan',
      options: [
        { id: 'dokter', label: 'Dokter' },
        { id: 'tenaga_kesehatan', label: 'Tenaga kesehatan' },
        { id: 'polisi', label: 'Kepolisian' },
        { id: 'lainnya', label: 'Lainnya' },
      ],
    },
  ],
};

/** Report of a civil event within Indonesia. */
export const F_2_01: FormDefinition = {
  code: 'F-2.01',
  title: 'Formulir Pelaporan Pencatatan Sipil di Dalam Wilayah NKRI',
  english: 'Report of a civil event within Indonesia',
  look: 'form',
  blocks: [
    REGION,
    {
      kind: 'ticks',
      title: 'Jenis Pelaporan Pencatatan Sipil',
      columns: 3,
      field: { kind: 'choice', id: 'jenis', label: 'Jenis pelaporan', options: EVENTS },
    },
    {
      kind: 'fields',
      title: 'Data Pelapor',
      fields: [
        ...person('pelapor'),
        text('pelapor_hp', 'Nomor handphone'),
        text('pelapor_email', 'Alamat email'),
      ],
    },
    { kind: 'fields', title: 'Data Subjek Akta Kesatu', fields: person('subjek1') },
    { kind: 'fields', title: 'Data Subjek Akta Kedua (Jika Ada)', fields: person('subjek2') },
    { kind: 'fields', title: 'Data Saksi I', fields: witness('saksi1') },
    { kind: 'fields', title: 'Data Saksi II', fields: witness('saksi2') },
    {
      kind: 'fields',
      title: 'Data Orang Tua',
      note: 'hanya diisi untuk keperluan pencatatan kelahiran, lahir mati dan kematian',
      fields: [...parent('ayah', 'ayah'), ...parent('ibu', 'ibu')],
    },
    BIRTH,
    DIVORCE,
    DEATH,
    {
      kind: 'signatures',
      signers: [
        { role: 'Saksi I', name: 'saksi1_nama' },
        { role: 'Saksi II', name: 'saksi2_nama' },
        { role: 'Petugas' },
        { role: 'Pelapor', name: 'pelapor_nama', dated: true },
      ],
    },
  ],
};

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillForm } from '../../src/flows/fill-form.ts';
import { fieldsOf } from '../../src/flows/forms/form.ts';
import { FORM_DEFINITIONS } from '../../src/flows/forms.ts';
import { loadFlows } from '../../src/flows/load.ts';
import type { Service } from '../../src/flows/schema.ts';
import type { Answers } from '../../src/flows/talk.ts';
import { FORMS, type FormCode } from '../../src/flows/vocabulary.ts';
import type { Json } from '../../src/json.ts';

const text = readFileSync(new URL('../../flows.yaml', import.meta.url), 'utf8');
const now = Date.UTC(2026, 10, 23);

function load(changed: string = text) {
  const loaded = loadFlows(changed, 'flows.yaml');
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.flows;
}

const flows = load();

function fill(service: string, code: FormCode, given: { [step: string]: Json }, application?: string) {
  const answers: Answers = Object.fromEntries(Object.entries(given).map(([step, v]) => [step, { v }]));
  const filed = application === undefined ? {} : { application };
  return fillForm({ service: flows.services[service] as Service, code, answers, now, ...filed });
}

describe('what a form is filled with', () => {
  it('are the answers, private ones too; what was skipped stays empty', () => {
    const values = fill('akta-kelahiran', 'F-2.01', {
      pemohon_nama: 'I Made Arta',
      pemohon_nik: '6402010101850001',
      pemohon_email: null,
      hubungan: 'keluarga',
      orang_tua: 'ayah_ibu',
      ibu_nama: 'Ni Ketut Sari',
      anak_tanggal_lahir: '2026-11-01',
      anak_jenis_kelamin: 'perempuan',
      berat: 3.2,
      penolong: 'bidan',
    });
    expect(values).toEqual({
      jenis: ['kelahiran'],
      pelapor_nama: 'I Made Arta',
      pelapor_nik: '6402010101850001',
      ibu_nama: 'Ni Ketut Sari',
      anak_tanggal_lahir: '2026-11-01',
      anak_jenis_kelamin: ['perempuan'],
      berat: '3,2',
      penolong: ['bidan'],
    });
  });

  it('takes a parent who reports from the applicant', () => {
    const given = { pemohon_nama: 'I Made Arta', hubungan: 'ayah', orang_tua: 'ayah_ibu', ibu_nama: 'Sari' };
    expect(fill('akta-kelahiran', 'F-2.04', given)).toMatchObject({
      suami_nama: 'I Made Arta',
      istri_nama: 'Sari',
    });
    expect(fill('akta-kelahiran', 'F-2.04', { ...given, hubungan: 'keluarga' })).toEqual({
      istri_nama: 'Sari',
    });
  });

  it('takes the first source that has an answer', () => {
    expect(fill('akta-kelahiran', 'F-2.03', { anak_nama_lama: 'Putu' })).toMatchObject({ anak_nama: 'Putu' });
    expect(fill('akta-kelahiran', 'F-2.03', { anak_nama: 'Putu Ayu' })).toMatchObject({
      anak_nama: 'Putu Ayu',
    });
  });

  it('ticks the option of the same name, else "lainnya", and all ticks whose condition holds', () => {
    expect(fill('akta-kematian', 'F-2.01', { yang_menerangkan: 'dokter' })).toMatchObject({
      yang_menerangkan: ['dokter'],
    });
    expect(fill('akta-kematian', 'F-2.01', { yang_menerangkan: 'kades' })).toMatchObject({
      yang_menerangkan: ['lainnya'],
    });
    const change = fill('kk-perubahan', 'F-1.02', { jenis: 'ubah_data', kk_foto: { counter: true } });
    expect(change).toEqual({ kk: ['elemen'], perubahan: ['kk'], lampiran: ['kk_lama', 'bukti'] });
  });

  it('writes the words of a choice where a text is asked for', () => {
    const given = { jenis: 'ubah_data', elemen: 'status_kawin', data_benar: 'Kawin tercatat' };
    expect(fill('kk-perubahan', 'F-1.06', given)).toEqual({
      anggota_1_keterangan: 'Status perkawinan',
      lainnya: 'Status perkawinan',
      b_1_lainnya_menjadi: 'Kawin tercatat',
    });
  });

  it('knows the service, and the number once it is filed', () => {
    const title = flows.services['akta-kematian']?.title.id;
    expect(fill('akta-kematian', 'F-1.07', {})).toEqual({ keperluan: title });
    expect(fill('akta-kematian', 'F-1.07', {}, 'KM-2611-0001-7')).toEqual({
      keperluan: title,
      nomor_permohonan: 'KM-2611-0001-7',
    });
  });

  it('is nothing for a form that the service does not have', () => {
    expect(fill('akta-kematian', 'F-1.03', { pemohon_nama: 'Ayu' })).toEqual({});
  });
});

describe('the forms', () => {
  it.each(FORMS)('%s has fields of different names, and options too', (code) => {
    const { blocks, code: own } = FORM_DEFINITIONS[code];
    expect(own).toBe(code);
    const ids = blocks.flatMap((block) => ('fields' in block ? block.fields.map(({ id }) => id) : []));
    expect(new Set(ids).size).toBe(ids.length);
    for (const field of fieldsOf(FORM_DEFINITIONS[code]).values())
      if (field.kind === 'choice')
        expect(new Set(field.options.map(({ id }) => id)).size).toBe(field.options.length);
  });

  it('are named by the steps that ask for them signed, and filled by the same service', () => {
    for (const [id, { steps, forms }] of Object.entries(flows.services))
      for (const step of steps)
        if (step.ask === 'document' && step.form !== undefined)
          expect([id, Object.keys(forms)]).toEqual([id, expect.arrayContaining([step.form])]);
  });
});

describe('a wrong line in forms', () => {
  const problems = (from: string, to: string) => {
    expect(text).toContain(from);
    const loaded = loadFlows(text.replace(from, to), 'flows.yaml');
    return loaded.ok ? [] : loaded.problems.map(({ line, message }) => ({ at: line > 1, message }));
  };
  it.each([
    ['        ktp: keadaan', '        ktpp: keadaan', /F-1\.02 has no field "ktpp"; did you mean "ktp"\?/],
    ['        ktp: keadaan', '        ktp: keadan', /no step "keadan"; did you mean "keadaan"\?/],
    ['        anak_pukul: anak_pukul', '        anak_pukul: anak_nama', /"anak_nama" is ask: name/],
    ['tick: surat_hilang', 'tick: surat_hilng', /no option "surat_hilng"; did you mean "surat_hilang"\?/],
    ['        berat: berat', '        berat: { tick: ya }', /"berat" has nothing to tick/],
    ['        ktp: keadaan', '        kk: keadaan\n        ktp: pemohon_nama', /"pemohon_nama" is ask: name/],
    ['        jenis: { tick: kematian }', '        jenis: hubungan', /no box for the answer "pasangan"/],
    ['{ tick: elemen, when: { jenis: ubah_data } }', '{ tick: elemen, when: { jnis: ubah_data } }', /"jnis"/],
    ['      F-1.06:\n', '      F-1.66:\n', /F-1\.66/],
  ])('is told with its place and its repair: %s', (from, to, message) => {
    const found = problems(from, to);
    expect(found.map((problem) => problem.message).join('\n')).toMatch(message);
    expect(found.every(({ at }) => at)).toBe(true);
  });
});

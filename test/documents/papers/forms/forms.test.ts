import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeFromHash, formatCode } from '../../../../src/documents/code.ts';
import { sniff } from '../../../../src/documents/intake/sniff.ts';
import type { FormFacts } from '../../../../src/documents/papers/forms/form-facts.ts';
import { renderForm } from '../../../../src/documents/papers/forms/form-pdf.ts';
import { type FormValue, fieldsOf } from '../../../../src/flows/forms/form.ts';
import { FORM_DEFINITIONS } from '../../../../src/flows/forms.ts';
import { FORMS, type FormCode } from '../../../../src/flows/vocabulary.ts';
import { describeWith } from '../../../services.ts';
import { FACTS, NOW, PUBLIC_URL } from '../../world.ts';

const code = codeFromHash('9f8e7d6c5b4a39281706f5e4d3c2b1a0');
const issue = { code, issuedAt: NOW, verifyUrl: `${PUBLIC_URL}/v/${code}` };
const LONG =
  'Şükrü Ñuñez Nguyễn Thị Huệ O’Brien Đorđe Wirjosoekartadirdjanegarasetyawatiningsih Kusumaningprang';
const NIK = '6402015509900001';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loket-form-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function empty(form: FormCode): FormFacts {
  return { code: form, values: {}, office: FACTS.office };
}

/** Every field filled: texts with `text`, choices with their last option. */
function filled(form: FormCode, text: string): FormFacts {
  const values: { [field: string]: FormValue } = {};
  for (const field of fieldsOf(FORM_DEFINITIONS[form]).values()) {
    if (field.kind === 'digits') values[field.id] = NIK.slice(0, field.length);
    else if (field.kind === 'date') values[field.id] = '2026-11-23';
    else if (field.kind === 'time') values[field.id] = '14:30';
    else if (field.kind === 'choice') values[field.id] = [field.options[0]?.id ?? ''];
    else values[field.id] = text;
  }
  return { ...empty(form), values, application: 'KL-2611-0001-7' };
}

/** Each is drawn once; drawing takes longest. */
const drawn = new Map<string, Promise<Uint8Array>>();

function draw(facts: FormFacts): Promise<Uint8Array> {
  const key = JSON.stringify(facts);
  const bytes = drawn.get(key) ?? renderForm(facts, issue);
  drawn.set(key, bytes);
  return bytes;
}

async function save(facts: FormFacts): Promise<string> {
  const path = join(folder, 'form.pdf');
  writeFileSync(path, await draw(facts));
  return path;
}

async function textOf(facts: FormFacts): Promise<string> {
  const text = execFileSync('pdftotext', ['-raw', await save(facts), '-'], { encoding: 'utf8' });
  return text.normalize('NFC').replace(/\s+/g, ' ');
}

async function digitsOf(facts: FormFacts): Promise<string> {
  return (await textOf(facts)).replace(/(?<=\d) (?=\d)/g, '');
}

const cases = FORMS.flatMap((form): [string, FormFacts][] => [
  [`${form}, empty`, empty(form)],
  [`${form}, filled in`, filled(form, 'Ni Luh Putu Ayu')],
  [`${form}, with very long names`, filled(form, LONG)],
]);

describe('a form', () => {
  test.each(cases)('is a small PDF that we would take ourselves: %s', async (_name, facts) => {
    const bytes = await draw(facts);
    expect(sniff(bytes)).toMatchObject({ ok: true, kind: 'pdf' });
    expect(bytes.byteLength).toBeLessThan(200_000);
  });

  test('is the same, byte for byte, for the same input', async () => {
    const facts = filled('F-1.06', LONG);
    const [first, second] = [await draw(facts), await renderForm(filled('F-1.06', LONG), issue)];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });

  test('says its language, its title and its tags, and nobody by name, to those who cannot see it', async () => {
    const raw = Buffer.from(await draw(filled('F-2.04', 'Ni Luh Putu Ayu'))).toString('latin1');
    expect(raw).toContain('/Lang (id-ID)');
    expect(raw).toContain('/StructTreeRoot');
    expect(raw).toMatch(/F-2\.04 Surat Pernyataan Tanggung Jawab Mutlak [^<]+, KL-2611-0001-7</);
    expect(raw).not.toContain('Ni Luh');
  });
});

describeWith('qpdf', 'the inside of a form', () => {
  test.each(cases)('has no fault: %s', async (_name, facts) => {
    const out = execFileSync('qpdf', ['--check', await save(facts)], { encoding: 'utf8' });
    expect(out).toContain('No syntax or stream encoding errors found');
  });
});

describeWith('pdftotext', 'what can be read on a form', () => {
  test.each(FORMS)(
    '%s: code and title, the office, every field, who signs, how to verify it',
    async (form) => {
      const { title, blocks } = FORM_DEFINITIONS[form];
      const text = await textOf(filled(form, 'Ni Luh Putu Ayu'));
      expect(text).toContain(form);
      expect(text).toContain(title.toUpperCase());
      expect(text).toContain(FACTS.office.name.toUpperCase());
      expect(text).toContain('KL-2611-0001-7');
      expect(text).toContain('Dicetak oleh Loket dari data permohonan; berlaku setelah ditandatangani.');
      expect(text).toContain(formatCode(code));
      for (const block of blocks) {
        if (block.kind === 'fields' && block.when === undefined)
          for (const { label } of block.fields) expect(text).toContain(label);
        if (block.kind === 'signatures')
          for (const { role } of block.signers) expect(text).toContain(`${role},`);
      }
    },
  );

  test('numbers whole, dates day first with the weekday, names of any Latin script', async () => {
    const values = {
      jenis: ['kelahiran'],
      pelapor_nik: NIK,
      anak_nama: 'Şükrü Ñuñez Nguyễn Huệ O’Brien',
      anak_tanggal_lahir: '2026-11-23',
      anak_pukul: '04:05',
      berat: '3,2',
    };
    const text = await digitsOf({ ...empty('F-2.01'), values });
    expect(text).toContain(NIK);
    expect(text).toContain('Senin 23112026');
    expect(text).toContain('Pukul 0405');
    expect(text).toContain('Berat bayi 3,2 kg');
    expect(text).toContain('Şükrü Ñuñez Nguyễn Huệ O’Brien');
  });

  test('a tick before what was chosen, and before nothing else', async () => {
    const text = await textOf({
      ...empty('F-1.02'),
      values: { ktp: ['hilang'], lampiran: ['surat_hilang'] },
    });
    expect(text.match(/✓/g)).toHaveLength(2);
    expect(text).toMatch(/✓ Hilang/);
    expect(text).toMatch(/✓ Surat keterangan hilang dari kepolisian/);
  });

  test('of F-2.01 the block of the event; of an empty one all', async () => {
    const birth = await textOf({ ...empty('F-2.01'), values: { jenis: ['kelahiran'] } });
    expect(birth).toContain('Data Anak');
    expect(birth).not.toContain('Sebab kematian');
    const death = await textOf({ ...empty('F-2.01'), values: { jenis: ['kematian'] } });
    expect(death).toContain('Sebab kematian');
    expect(death).not.toContain('Data Anak');
    const all = await textOf(empty('F-2.01'));
    for (const part of ['Data Anak', 'Nama pengadilan', 'Sebab kematian']) expect(all).toContain(part);
  });

  test('the names of those who sign in brackets, and who is not known as a line', async () => {
    const text = await textOf({ ...empty('F-2.04'), values: { suami_nama: 'I Made Arta', saksi1_nik: NIK } });
    expect(text).toContain('(I Made Arta)');
    expect(text).toContain(`NIK ${NIK}`);
    expect(text).toMatch(/\(\.{20,}\)/);
  });

  test('what does not fit into boxes is written all the same', async () => {
    const values = { pemohon_nik: 'belum ada', pemohon_nama: 'A\u202e\u0000\nB' };
    const text = await textOf({ ...empty('F-1.06'), values });
    expect(text).toContain('belum ada');
    expect(text).toContain('A B');
  });

  test('of an empty form, no code and nothing to verify', async () => {
    const path = join(folder, 'empty.pdf');
    writeFileSync(path, await renderForm(empty('F-1.03'), { issuedAt: NOW }));
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    expect(text).toContain('Formulir kosong.');
    expect(text).not.toContain('Periksa keaslian');
  });

  test('a usual F-1.02, F-1.06, F-1.07, F-2.03 and F-2.04 on one page, a usual F-2.01 on two', async () => {
    const pages = async (form: FormCode) => {
      const short = filled(form, 'Ni Luh Putu Ayu');
      return execFileSync('pdftotext', [await save(short), '-'], { encoding: 'utf8' }).split('\f').length - 1;
    };
    for (const form of ['F-1.02', 'F-1.06', 'F-1.07', 'F-2.03', 'F-2.04'] as const)
      expect([form, await pages(form)]).toEqual([form, 1]);
    expect(await pages('F-2.01')).toBe(2);
  });

  test.each(FORMS)('%s: nothing beyond its margins, however long the names', async (form) => {
    const out = execFileSync('pdftotext', ['-bbox', await save(filled(form, LONG)), '-'], {
      encoding: 'utf8',
    });
    const words = [...out.matchAll(/xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)"/g)];
    expect(words.length).toBeGreaterThan(50);
    expect(Math.min(...words.map(([, xMin]) => Number(xMin)))).toBeGreaterThan(55);
    expect(Math.max(...words.map(([, , xMax]) => Number(xMax)))).toBeLessThan(541);
    expect(Math.max(...words.map(([, , , yMax]) => Number(yMax)))).toBeLessThan(820);
  });
});

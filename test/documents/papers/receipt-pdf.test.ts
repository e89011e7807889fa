import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeFromHash, formatCode } from '../../../src/documents/code.ts';
import { sniff } from '../../../src/documents/intake/sniff.ts';
import type { ReceiptFacts } from '../../../src/documents/papers/receipt-facts.ts';
import { renderReceipt } from '../../../src/documents/papers/receipt-pdf.ts';
import { describeWith } from '../../services.ts';
import { FACTS, NOW, PUBLIC_URL } from '../world.ts';

const code = codeFromHash('9f8e7d6c5b4a39281706f5e4d3c2b1a0');
const issue = { code, issuedAt: NOW, verifyUrl: `${PUBLIC_URL}/v/${code}` };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loket-receipt-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function save(facts: ReceiptFacts): Promise<string> {
  const path = join(folder, 'receipt.pdf');
  writeFileSync(path, await renderReceipt(facts, issue));
  return path;
}

async function textOf(facts: ReceiptFacts): Promise<string> {
  return execFileSync('pdftotext', ['-layout', await save(facts), '-'], { encoding: 'utf8' });
}

const manyDocuments: ReceiptFacts = {
  ...FACTS,
  received: Array.from({ length: 40 }, (_, index) => ({
    label: {
      id: `Berkas ${index} dengan nama yang cukup panjang untuk dua baris penuh`,
      en: `Paper ${index}`,
    },
    pages: index,
  })),
};

describe('a receipt', () => {
  test('is the same, byte for byte, for the same facts', async () => {
    const [first, second] = [await renderReceipt(FACTS, issue), await renderReceipt(FACTS, issue)];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    const later = await renderReceipt(FACTS, { ...issue, issuedAt: NOW + 1000 });
    expect(Buffer.from(first).equals(Buffer.from(later))).toBe(false);
  });

  test('is a small PDF that we would take ourselves', async () => {
    const bytes = await renderReceipt(FACTS, issue);
    expect(sniff(bytes)).toMatchObject({ ok: true, kind: 'pdf' });
    expect(bytes.byteLength).toBeLessThan(60_000);
  });

  test('says its language, its title and its tags to those who cannot see it', async () => {
    const raw = Buffer.from(await renderReceipt(FACTS, issue)).toString('latin1');
    expect(raw).toContain('/Lang (id-ID)');
    expect(raw).toContain('/Marked true');
    expect(raw).toContain('/StructTreeRoot');
    expect(raw).toContain('<rdf:li xml:lang="x-default">Tanda Terima Permohonan KL-2611-0001-7</rdf:li>');
    expect(raw).toContain('/DisplayDocTitle true');
    expect(raw).toMatch(/\/Alt \(/);
  });
});

describeWith('pdftotext', 'what can be read on a receipt', () => {
  test('who asked for what, when, and until when', async () => {
    const text = await textOf(FACTS);
    for (const part of [
      'DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL',
      'KL-2611-0001-7',
      '482913',
      'Akta Kelahiran',
      'Birth certificate',
      'Ni Luh Putu Ayu Lestari',
      'Senin 23 November 2026 pukul 10.14 WITA',
      'Selasa 24 November 2026 pukul 15.00 WITA',
      'Gratis',
      'Surat keterangan lahir',
      'Kartu Keluarga (2 lembar)',
      'KTP-el dua saksi',
      'Rabu 25 November 2026 pukul 09.00-09.30 WITA',
      'Loket 2, Jl. Merdeka No. 1',
      'tidak pernah meminta uang',
      formatCode(code),
      issue.verifyUrl,
    ]) {
      expect(text).toContain(part);
    }
  });

  test('of the NIK only the last four digits', async () => {
    const text = await textOf(FACTS);
    expect(text).toMatch(/•\s*0001/);
    expect(text.replace(/\s/g, '')).not.toContain('640201550990');
  });

  test('without a visit, that nobody need come', async () => {
    const { visit: _visit, ...facts } = FACTS;
    expect(await textOf(facts)).toContain('belum perlu datang ke kantor');
  });

  test('names in any Latin script, and no control characters', async () => {
    const name = 'Đorđe Łukasz Nguyễn\u202e\u0000\nḥāfiẓ <b>& Co';
    const text = await textOf({
      ...FACTS,
      applicant: { name },
      office: { ...FACTS.office, name: 'Dinas A & <B>' },
    });
    expect(text.normalize('NFC')).toContain('Đorđe Łukasz Nguyễn');
    expect(text.normalize('NFC')).toContain('ḥāfiẓ <b>& Co');
    expect(text).not.toContain('\u202e');
  });

  test('each of forty documents, on as many pages as it takes', async () => {
    const text = await textOf(manyDocuments);
    for (let index = 0; index < 40; index += 1) expect(text).toContain(`Paper ${index}`);
    expect(text.split('\f').length - 1).toBeGreaterThan(1);
    expect(text.trimEnd().split('\f').at(-1)).toContain(formatCode(code));
  });

  test('with six documents and a visit, everything on one page', async () => {
    const received = Array.from({ length: 6 }, (_, index) => ({
      label: { id: `Berkas ${index}`, en: `Paper ${index}` },
      pages: 1,
    }));
    expect((await textOf({ ...FACTS, received })).split('\f').length - 1).toBe(1);
  });
});

describeWith('qpdf', 'the inside of a receipt', () => {
  test.each([
    ['a usual one', FACTS],
    ['a very long one', manyDocuments],
  ])('%s has no fault', async (_name, facts) => {
    const out = execFileSync('qpdf', ['--check', await save(facts)], { encoding: 'utf8' });
    expect(out).toContain('No syntax or stream encoding errors found');
  });
});

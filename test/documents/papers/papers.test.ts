import { describe, expect, test } from 'vitest';
import { codeFromHash, formatCode } from '../../../src/documents/code.ts';
import type { ChecklistFacts } from '../../../src/documents/papers/checklist-facts.ts';
import { renderChecklist } from '../../../src/documents/papers/checklist-pdf.ts';
import type { LetterFacts } from '../../../src/documents/papers/letter-facts.ts';
import { renderLetter } from '../../../src/documents/papers/letter-pdf.ts';
import { renderReceipt } from '../../../src/documents/papers/receipt-pdf.ts';
import type { SlipFacts } from '../../../src/documents/papers/slip-facts.ts';
import { renderSlip } from '../../../src/documents/papers/slip-pdf.ts';
import { describeWith } from '../../services.ts';
import { FACTS, NOW, PUBLIC_URL } from '../world.ts';
import { expectArchivable, pagesOf, tagsOf, textOf } from './pdfs.ts';

const code = codeFromHash('9f8e7d6c5b4a39281706f5e4d3c2b1a0');
const issue = { code, issuedAt: NOW, verifyUrl: `${PUBLIC_URL}/v/${code}` };
const { application, service, office } = FACTS;

const SLIP: SlipFacts = {
  ...{ application, service, office, name: 'Đorđe Nguyễn ḥāfiẓ' },
  document: { id: 'KTP-el', en: 'ID card' },
  visit: {
    ...{ startAt: Date.UTC(2026, 10, 25, 1, 0), endAt: Date.UTC(2026, 10, 25, 1, 30) },
    place: { id: 'Loket 2, Jl. Merdeka No. 1', en: 'Counter 2, Jl. Merdeka No. 1' },
  },
  bring: [{ id: 'Kartu lama', en: 'The old card' }],
};
const CHECKLIST: ChecklistFacts = {
  ...{ service, office },
  ready: [{ id: 'Kartu Keluarga', en: 'Family card' }],
  documents: [
    {
      label: { id: 'SPTJM', en: 'Statement' },
      when: { id: 'bila tidak ada', en: 'if none' },
      isOptional: false,
    },
  ],
  forms: [{ code: 'F-2.01', title: 'Formulir Pelaporan' }],
  bring: [],
  remarks: [{ id: 'Tidak perlu surat RT/RW.', en: 'No letter from RT/RW.' }],
  places: [
    { name: { id: 'Loket', en: 'Counter' }, address: 'Jl. 1', hours: { id: 'Sen 08.00', en: 'Mon 08.00' } },
  ],
  promise: { id: 'Selesai 1 hari kerja.', en: 'Done in 1 working day.' },
};
const LETTER: LetterFacts = {
  ...{ application, office, service: service.id, number: '470/12/2026', place: 'Contoh Kota' },
  ...{ subject: 'Undangan', to: 'Ni Luh Putu Ayu', opening: 'Dengan hormat,', closing: 'Terima kasih.' },
  body: ['Mohon hadir.', 'Bawalah dokumen asli.'],
  signer: {
    title: 'Kepala Dinas',
    name: 'Nama Pejabat, M.Si.',
    rank: 'Pembina',
    nip: '19700101 199003 1 001',
  },
  signature: 'pen',
};
const LONG = {
  ...LETTER,
  body: Array.from({ length: 40 }, (_, at) => `Paragraf ${at}. ${'kata demi kata '.repeat(30)}`),
};

const KINDS = [
  ['receipt', () => renderReceipt(FACTS, issue)],
  ['slip', () => renderSlip(SLIP, issue)],
  ['checklist', () => renderChecklist(CHECKLIST, issue)],
  ['letter', async () => (await renderLetter(LETTER, issue)).paper],
  ['long letter', async () => (await renderLetter(LONG, issue)).paper],
] as const;

describe.each(KINDS)('a %s', (_name, render) => {
  test('is the same, byte for byte, for the same facts, and small', async () => {
    const [one, two] = [await render(), await render()];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
    expect(one.byteLength).toBeLessThan(200_000);
  });
});

describeWith(['qpdf', 'pdftotext'], 'what our papers are made of', () => {
  test.each(KINDS)('a %s can be archived and read aloud, and has its code', async (_name, render) => {
    const bytes = await render();
    expectArchivable(bytes);
    expect(textOf(bytes)).toContain(formatCode(code));
    const tags = tagsOf(bytes);
    expect(tags).toMatch(/^Document/m);
    expect(tags).toContain('Figure');
  });

  test('no character of a name is an empty box', async () => {
    const text = textOf(await renderSlip({ ...SLIP, name: 'Łukasz 漢字' }, issue));
    expect(text).toContain('Łukasz ??');
  });
});

describeWith('pdftotext', 'what can be read', () => {
  test('on a slip: what, where, when with its zone, what to bring; and no PIN', async () => {
    const text = textOf(await renderSlip(SLIP, issue));
    for (const part of [
      application,
      'KTP-el',
      'Đorđe Nguyễn ḥāfiẓ',
      'Rabu 25 November 2026 pukul 09.00-09.30 WITA',
      'Loket 2, Jl. Merdeka No. 1',
      'Kartu lama',
    ])
      expect(text.normalize('NFC')).toContain(part);
    expect(text).not.toContain(FACTS.pin);
  });

  test('on a checklist: things to tick with their conditions, forms, places, that it is free', async () => {
    const bytes = await renderChecklist(CHECKLIST, issue);
    const text = textOf(bytes);
    for (const part of [
      'Kartu Keluarga',
      'SPTJM',
      'bila tidak ada',
      'F-2.01',
      'Gratis',
      'Jl. 1',
      'Sen 08.00',
      'Selesai 1 hari kerja',
    ])
      expect(text).toContain(part);
    expect(tagsOf(bytes)).toMatch(/L \(block\)\n\s+LI \(block\)\n\s+LBody/);
  });

  test('on a letter: number, matter, to whom, each paragraph, who signs', async () => {
    const text = textOf((await renderLetter(LETTER, issue)).paper);
    for (const part of [
      '470/12/2026',
      'Undangan',
      application,
      'Yth. Ni Luh Putu Ayu',
      'Contoh Kota, 23 November 2026',
      'Dengan hormat,',
      'Bawalah dokumen asli.',
      'Kepala Dinas,',
      'Nama Pejabat, M.Si.',
      'NIP 19700101',
    ])
      expect(text).toContain(part);
  });

  test('on a letter without a number: dots for a pen, a dash where it is signed electronically', async () => {
    const { number: _, ...rest } = LETTER;
    expect(textOf((await renderLetter(rest, issue)).paper)).toContain('.'.repeat(40));
    expect(textOf((await renderLetter({ ...rest, signature: 'unseen' }, issue)).paper)).toMatch(
      /Nomor\s+: ?-/,
    );
  });

  test('a long letter loses no word, and its signature stands with its last words', async () => {
    const { paper, box } = await renderLetter(LONG, issue);
    const pages = pagesOf(paper);
    const all = pages.join(' ').replace(/\s+/g, ' ');
    for (const paragraph of LONG.body) expect(all).toContain(paragraph.slice(0, 60));
    expect(all.match(/kata demi kata/g)).toHaveLength(40 * 30);
    expect(box.page).toBe(pages.length);
    expect(pages.at(-1)).toContain('Terima kasih.');
    expect(pages.at(-1)).toContain('Nama Pejabat');
    expect(pages.slice(0, -1).join()).not.toContain('Nama Pejabat');
  });

  test('the place of a signature lies on the page, above the name', async () => {
    const { box } = await renderLetter(LETTER, issue);
    expect(box).toMatchObject({ page: 1 });
    expect(box.x + box.width).toBeLessThanOrEqual(595);
    expect(box.y).toBeGreaterThan(150);
    expect(box.y + box.height).toBeLessThan(842);
  });
});

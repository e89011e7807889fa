import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeFromHash, formatCode } from '../../../src/documents/code.ts';
import { NOW } from '../world.ts';
import { openPages, type Pages } from './pages.ts';

const code = codeFromHash('9f8e7d6c5b4a39281706f5e4d3c2b1a0');
const newer = codeFromHash('0123456789abcdef0123456789abcdef');
const issue = (one: string) =>
  pages.store.issued.issue({
    code: one,
    kind: 'receipt',
    application: 'KL-2611-0001-7',
    issuedAt: NOW,
    sha256: 'ab'.repeat(32),
  });

let pages: Pages;
beforeEach(async () => {
  pages = await openPages();
  await issue(code);
});
afterEach(() => pages.close());

const look = (text: string, accept = 'text/html') => fetch(`${pages.url}/v/${text}`, { headers: { accept } });

describe('the verification of a paper', () => {
  test('says that it is genuine, with what to compare', async () => {
    const response = await look(code);
    const text = await response.text();
    expect(response.status).toBe(200);
    for (const part of [
      'Asli',
      'Genuine',
      'KL-2611-0001-7',
      'Senin 23 November 2026 pukul 10.15 WITA',
      formatCode(code),
    ]) {
      expect(text).toContain(part);
    }
    expect(response.headers.get('x-robots-tag')).toContain('noindex');
  });

  test('takes the code as people type it', async () => {
    expect((await look(formatCode(code).toLowerCase())).status).toBe(200);
  });

  test('says that a newer paper took its place', async () => {
    await issue(newer);
    expect(await (await look(code)).text()).toContain('sudah diganti');
    expect(await (await look(newer)).text()).toContain('kami terbitkan');
  });

  test('speaks JSON to programs', async () => {
    expect(await (await look(code, 'application/json')).json()).toEqual({
      status: 'genuine',
      code,
      kind: 'receipt',
      application: 'KL-2611-0001-7',
      issuedAt: '2026-11-23T02:15:00.000Z',
      sha256: 'ab'.repeat(32),
    });
    await issue(newer);
    expect(await (await look(code, 'application/json')).json()).toMatchObject({ status: 'superseded' });
    const unknown = await look('nothing', 'application/json');
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toEqual({ status: 'unknown' });
  });

  const DRAFT = '0a1b2c3d4e5f';
  test.each([
    ['form', 'KL-2611-0001-7/F-2.01', ['Formulir terisi', 'F-2.01', 'KL-2611-0001-7']],
    ['form', `${DRAFT}/F-2.03`, ['Formulir terisi', 'F-2.03']],
    ['letter', `KL-2611-0001-7/${DRAFT}`, ['Surat resmi', 'KL-2611-0001-7']],
    ['slip', 'KL-2611-0001-7', ['Slip pengambilan', 'KL-2611-0001-7']],
    ['checklist', 'service/kia', ['Daftar persyaratan', 'Kartu Identitas Anak']],
    ['checklist', 'service/gone', ['Daftar persyaratan', 'gone']],
  ] as const)('of a %s about %s tells what is for everybody', async (kind, application, parts) => {
    const about = { code: newer, kind, application, issuedAt: NOW, sha256: 'ab'.repeat(32) };
    await pages.store.issued.issue(about);
    const text = await (await look(newer)).text();
    for (const part of parts) expect(text).toContain(part);
    expect(text).not.toContain(DRAFT);
    const json = await (await look(newer, 'application/json')).json();
    expect(JSON.stringify(json)).not.toContain(DRAFT);
    expect(json).toMatchObject({
      kind,
      application: parts.includes('KL-2611-0001-7' as never) ? 'KL-2611-0001-7' : null,
    });
  });

  test.each(['nothing', newer, `${code}X`, '%00', '%3Cscript%3E', 'a'.repeat(2000)])(
    'does not know %s',
    async (text) => {
      const response = await look(text);
      const page = await response.text();
      expect(response.status).toBe(404);
      expect(page).toContain('Tidak dikenal');
      expect(page).not.toContain('<script');
    },
  );

  test('slows down whoever tries codes, and forgives after a minute', async () => {
    for (let time = 0; time < 30; time += 1) expect((await look('nothing')).status).toBe(404);
    const slowed = await look(code);
    expect(slowed.status).toBe(429);
    expect(slowed.headers.get('retry-after')).toBe('60');
    pages.clock.at += 60_000;
    expect((await look(code)).status).toBe(200);
  });

  test('never slows down whoever checks papers that are ours', async () => {
    for (let time = 0; time < 40; time += 1) expect((await look(code)).status).toBe(200);
  });
});

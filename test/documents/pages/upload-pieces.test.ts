/** Files that come piece by piece, as the page's script sends them: over real HTTP, on a real store. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jpeg, pdf, zip } from '../samples.ts';
import { DAY_MS } from '../world.ts';
import { openPages, type Pages } from './pages.ts';

const PIECE = 64 * 1024;
const ID = 'a'.repeat(24);
const OTHER = 'b'.repeat(24);

let pages: Pages;
let link: string;
beforeEach(async () => {
  pages = await openPages();
  link = await pages.uploadLink();
});
afterEach(() => pages.close());

interface Piece {
  id?: string;
  from?: number;
  until?: number;
  headers?: Record<string, string>;
  link?: string;
}

async function answerOf(response: Response) {
  const body = (await response.json()) as {
    state: string;
    offset?: number;
    words?: { id: string; en: string };
  };
  return { status: response.status, ...body };
}

/** Sends the file's bytes from there to there. */
async function send(file: Buffer, piece: Piece = {}) {
  const { id = ID, from = 0, until = file.length, headers = {} } = piece;
  const response = await fetch(`${piece.link ?? link}/${id}`, {
    method: 'PATCH',
    body: new Uint8Array(file.subarray(from, until)),
    headers: {
      accept: 'application/json',
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(from),
      'upload-length': String(file.length),
      'upload-name': encodeURIComponent('Kartu Keluarga é.jpg'),
      ...headers,
    },
  });
  return answerOf(response);
}

const longPdf = (padding: number) => pdf({ more: [`(${'x'.repeat(padding)})`] });
const ask = (file: Buffer, id = ID) => send(file, { id, until: 0 });
const handOver = async (ids: string[], to = link) =>
  answerOf(
    await fetch(to, {
      method: 'POST',
      body: new URLSearchParams({ uploads: ids.join() }),
      headers: { accept: 'application/json' },
    }),
  );
const kept = async () => {
  const rows = await pages.store.files.listOld({ before: 8.64e15, limit: 1000 });
  return rows.map(({ id }) => id);
};

describe('a file that comes piece by piece', () => {
  test('is whole, looked at and handed over with the others as one answer, once', async () => {
    const photo = jpeg(3 * PIECE);
    expect(await ask(photo)).toEqual({ status: 200, state: 'open', offset: 0 });
    expect(await send(photo, { until: 2 * PIECE })).toMatchObject({ state: 'open', offset: 2 * PIECE });
    expect(await send(photo, { from: 2 * PIECE })).toEqual({ status: 200, state: 'done' });
    expect(await send(pdf(), { id: OTHER })).toMatchObject({ state: 'done' });
    expect(pages.desk.accepted).toEqual([]);
    expect(await handOver([ID, OTHER])).toEqual({ status: 200, state: 'sent' });
    expect(pages.desk.accepted).toHaveLength(1);
    const [{ conversation, files, id } = { conversation: '', files: [], id: '' }] = pages.desk.accepted;
    expect({ conversation, id }).toEqual({
      conversation: 'talk',
      id: expect.stringMatching(/^link:[0-9a-f]{32}$/),
    });
    expect(files).toMatchObject([
      { declaredType: 'image/jpeg', name: 'Kartu Keluarga é.jpg' },
      { declaredType: 'application/pdf' },
    ]);
    const second = files[1]?.source;
    const stored = await pages.vault.get(second?.kind === 'stored' ? second.file : '');
    expect(stored?.owner).toBe('talk');
    expect(Buffer.from(stored?.bytes ?? []).equals(pdf())).toBe(true);
    expect(await handOver([ID, OTHER])).toMatchObject({ status: 410, state: 'used' });
    expect(await send(photo)).toMatchObject({ status: 410, state: 'used' });
    expect(pages.desk.accepted).toHaveLength(1);
  });

  test('goes on where it was after the line broke in the middle, and no byte comes twice', async () => {
    const file = longPdf(5 * PIECE);
    await cutOff(file, 2 * PIECE + 1000);
    await expect.poll(async () => (await ask(file)).offset).toBe(2 * PIECE);
    expect(await send(file, { from: 2 * PIECE })).toMatchObject({ state: 'done' });
    await handOver([ID]);
    const source = pages.desk.accepted[0]?.files[0]?.source;
    const stored = await pages.vault.get(source?.kind === 'stored' ? source.file : '');
    expect(stored?.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });

  test('may send the same piece twice, and is told the right offset for a wrong one', async () => {
    const photo = jpeg(3 * PIECE);
    await send(photo, { until: PIECE });
    expect(await send(photo, { until: PIECE })).toMatchObject({ status: 409, state: 'open', offset: PIECE });
    expect(await send(photo, { from: 2 * PIECE })).toMatchObject({ status: 409, offset: PIECE });
    const rest = await Promise.all([send(photo, { from: PIECE }), send(photo, { from: PIECE })]);
    expect(rest.map(({ state }) => state)).toContain('done');
    expect(await send(photo)).toMatchObject({ state: 'done' });
    expect(await kept()).toHaveLength(1);
  });

  test('may go on at another process: nothing of it is in memory', async () => {
    const photo = jpeg(3 * PIECE);
    await send(photo, { until: 2 * PIECE });
    const second = await pages.serveAgain();
    const there = link.replace(pages.url, second.url);
    expect(await send(photo, { from: 2 * PIECE, link: there })).toMatchObject({ state: 'done' });
    await second.close();
    expect(await handOver([ID])).toMatchObject({ state: 'sent' });
  });

  test.each([
    ['a ZIP', zip(), 422, 'Jenis berkas'],
    ['an empty file', Buffer.alloc(0), 422, 'kosong'],
    ['a PDF with a program', pdf({ catalog: '/AA<</WC<</S/JavaScript/JS(1)>>>>' }), 422, 'program'],
  ] as [string, Buffer, number, string][])(
    'is refused at once when it is %s, and stays so without coming again',
    async (_name, file, status, words) => {
      const refused = await send(file);
      expect(refused).toMatchObject({ status, state: 'refused' });
      expect(refused.words?.id).toContain(words);
      expect(await ask(file)).toEqual(refused);
      expect(await handOver([ID])).toMatchObject({ status: 409, state: 'missing' });
      expect(await send(jpeg(), { id: OTHER })).toMatchObject({ state: 'done' });
      expect(await handOver([OTHER])).toMatchObject({ state: 'sent' });
    },
  );

  test('is refused when it is of a kind that is not asked for', async () => {
    pages.desk.ask = {
      document: { id: 'KK', en: 'KK' },
      service: { id: 'A', en: 'A' },
      accept: ['pdf'],
      pages: 1,
    };
    expect(await send(jpeg())).toMatchObject({ status: 422, state: 'refused' });
    await send(pdf(), { id: OTHER });
    await send(longPdf(10), { id: 'c'.repeat(24) });
    expect(await handOver([OTHER, 'c'.repeat(24)])).toMatchObject({ status: 413, state: 'many' });
    expect(await handOver([OTHER])).toMatchObject({ state: 'sent' });
  });

  test('is bounded: in size, in number, and all files of a link together', async () => {
    const headers = { 'upload-length': String(16 * 1024 * 1024 + 1) };
    expect(await send(Buffer.alloc(PIECE), { headers })).toMatchObject({ status: 413, state: 'refused' });
    expect(await kept()).toEqual([]);
    for (let file = 0; file < 40; file += 1)
      await send(Buffer.alloc(2 * PIECE), { id: `${'d'.repeat(20)}${file}`, until: PIECE });
    expect(await send(jpeg())).toMatchObject({ status: 413, state: 'refused' });
    expect(await kept()).toHaveLength(40);
  });

  test('is taken back by the citizen', async () => {
    await send(jpeg(PIECE));
    await send(jpeg(2 * PIECE), { id: OTHER, until: PIECE });
    for (const id of [ID, OTHER]) await fetch(`${link}/${id}`, { method: 'DELETE' });
    expect(await kept()).toEqual([]);
  });

  test('lies sealed in the store, and nothing is left of it once the link is used', async () => {
    const file = longPdf(3 * PIECE);
    await send(file, { until: 2 * PIECE });
    const found = readdirSync(join(pages.dataDir, 'files'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'));
    expect(found.length).toBeGreaterThan(1);
    for (const text of found) expect(text).not.toContain('%PDF');
    await send(jpeg(), { id: OTHER });
    await handOver([OTHER]);
    expect(await kept()).toHaveLength(1);
  });

  test("is nobody else's: another link of the same conversation has files of its own", async () => {
    await send(jpeg());
    const target = { kind: 'upload', conversation: 'talk', step: 'ktp' } as const;
    const another = pages.local(await pages.links.create('talk.9.0', target));
    expect(await (await fetch(another)).text()).toContain('data-done="[]"');
    expect(await handOver([ID], another)).toMatchObject({ state: 'missing' });
    expect(await (await fetch(link)).text()).toContain(ID);
  });

  test.each([
    ['without a length', { 'upload-length': '' }],
    ['with an offset that is none', { 'upload-offset': '-1' }],
  ])('is refused %s', async (_name, headers) => {
    const response = await fetch(`${link}/${ID}`, { method: 'PATCH', body: 'x', headers });
    expect(response.status).toBe(400);
    expect((await fetch(`${link}/..%2F..%2Fetc`, { method: 'PATCH', body: 'x' })).status).toBe(400);
    expect(await kept()).toEqual([]);
  });

  test('comes too late when the link is expired or the document not waited for', async () => {
    pages.desk.ask = undefined;
    expect(await send(jpeg())).toMatchObject({ status: 410, state: 'not-waiting' });
    expect(await handOver([ID])).toMatchObject({ status: 410, state: 'not-waiting' });
    pages.clock.at += 8 * DAY_MS;
    expect(await send(jpeg())).toMatchObject({ status: 410, state: 'expired' });
    const unknown = await send(jpeg(), { link: `${pages.url}/f/${'A'.repeat(22)}` });
    expect(unknown).toMatchObject({ status: 404, state: 'unknown' });
  });

  test('waits a minute after 300 pieces of one link', async () => {
    const photo = jpeg(3 * PIECE);
    for (let time = 0; time < 300; time += 1) await ask(photo);
    expect(await ask(photo)).toMatchObject({ status: 429, state: 'too-many' });
    pages.clock.at += 60_000;
    expect((await ask(photo)).status).toBe(200);
  });
});

/** Says that the whole file comes, and breaks off once two pieces of it are kept. */
async function cutOff(file: Buffer, at: number): Promise<void> {
  const headers = { 'content-length': file.length, 'upload-offset': '0', 'upload-length': `${file.length}` };
  const going = request(`${link}/${ID}`, { method: 'PATCH', headers });
  const broken = new Promise((resolve) => going.on('error', resolve));
  going.write(file.subarray(0, at));
  await expect.poll(kept).toHaveLength(2);
  going.destroy();
  await broken;
}

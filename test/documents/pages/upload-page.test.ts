import { request } from 'node:http';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jpeg, pdf, zip } from '../samples.ts';
import { DAY_MS } from '../world.ts';
import { openPages, type Pages } from './pages.ts';

/** The parser that dependency-cruiser brings along. */
const CRUISER = new URL('../../../node_modules/dependency-cruiser/package.json', import.meta.url);
const { parse } = createRequire(CRUISER)('acorn') as {
  parse(script: string, options: { ecmaVersion: number }): unknown;
};

let pages: Pages;
let link: string;
beforeEach(async () => {
  pages = await openPages();
  link = await pages.uploadLink();
});
afterEach(() => pages.close());

const form = (...files: [string, Buffer][]) => {
  const data = new FormData();
  for (const [name, bytes] of files) data.append('files', new Blob([new Uint8Array(bytes)]), name);
  return data;
};
const post = (body: FormData | string, headers: Record<string, string> = {}) =>
  fetch(link, { method: 'POST', body, headers });
const get = () => fetch(link);

describe('the upload page', () => {
  test('says which document is asked, for what, and works without scripts', async () => {
    const response = await get();
    const text = await response.text();
    expect(response.status).toBe(200);
    for (const part of [
      'Kartu Keluarga',
      'Family card',
      'Akta Kelahiran',
      'enctype="multipart/form-data"',
      'capture=',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('Disdukcapil &#60;Contoh&#62;');
    expect(text.match(/<script[^>]*>[^<]*/g)).toEqual([
      expect.stringMatching(/^<script src="assets\/upload\.[0-9a-f]{16}\.js" defer>$/),
    ]);
  });

  test('is kept, found, framed and told nowhere', async () => {
    const { headers } = await get();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const rules = headers.get('content-security-policy');
    expect(rules).toMatch(/default-src 'none'; style-src 'sha256-[\w+/=]+'/);
    expect(rules).toContain("script-src 'self'; connect-src 'self'; img-src blob:");
    for (const rule of ["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(rules).toContain(rule);
  });

  test('has a script that a phone keeps, and that browsers of 2015 understand', async () => {
    const [, path = ''] = /src="(assets\/[^"]+)"/.exec(await (await get()).text()) ?? [];
    const response = await fetch(new URL(path, link));
    expect(response.headers.get('content-type')).toContain('text/javascript');
    expect(response.headers.get('cache-control')).toContain('immutable');
    const script = await response.text();
    expect(() => parse(script, { ecmaVersion: 5 })).not.toThrow();
    expect(() => parse(`${script}\nlet a = () => 1;`, { ecmaVersion: 5 })).toThrow();
    expect(gzipSync(script).length, 'on the line').toBeLessThan(8 * 1024);
    const plain = await fetch(new URL(path, link), { headers: { 'accept-encoding': 'identity' } });
    expect(await plain.text()).toBe(script);
    expect((await fetch(`${pages.url}/f/assets/upload.0000000000000000.js`)).status).toBe(404);
  });

  test('changes nothing when a messenger looks at it for a preview', async () => {
    for (let time = 0; time < 3; time += 1) {
      expect((await get()).status).toBe(200);
      expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    }
    expect((await post(form(['kk.jpg', jpeg()]))).status).toBe(200);
  });

  test('takes photos and a PDF into the conversation, once', async () => {
    const response = await post(form(['kk.jpg', jpeg()], ['kk.pdf', pdf()]));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Terima kasih');
    expect(pages.desk.accepted).toHaveLength(1);
    const { conversation, files, id } = pages.desk.accepted[0] ?? { conversation: '', files: [], id: '' };
    expect(conversation).toBe('talk');
    expect(id).toMatch(/^link:[0-9a-f]{32}$/);
    expect(files).toMatchObject([{ name: 'kk.jpg' }, { name: 'kk.pdf' }]);
    const stored = await Promise.all(
      files.map(({ source }) => pages.vault.get(source.kind === 'stored' ? source.file : '')),
    );
    expect(stored).toMatchObject([
      { owner: 'talk', contentType: 'image/jpeg' },
      { owner: 'talk', contentType: 'application/pdf' },
    ]);
    expect(Buffer.from(stored[1]?.bytes ?? []).equals(pdf())).toBe(true);
    expect((await post(form(['kk.jpg', jpeg()]))).status).toBe(410);
    expect(await (await get()).text()).toContain('sudah kami terima');
    expect(pages.desk.accepted).toHaveLength(1);
  });

  test('skips an input that was left empty', async () => {
    expect((await post(form(['', Buffer.alloc(0)], ['kk.jpg', jpeg()]))).status).toBe(200);
    expect(pages.desk.accepted[0]?.files).toHaveLength(1);
  });

  test.each([
    ['no file', [], 400, 'Belum ada berkas'],
    ['an empty file', [['kk.jpg', Buffer.alloc(0)]], 422, 'kosong'],
    ['a ZIP that calls itself a photo', [['kk.jpg', zip()]], 422, 'Jenis berkas'],
    [
      'a PDF with a program',
      [['kk.pdf', pdf({ catalog: '/AA<</WC<</S/JavaScript/JS(1)>>>>' })]],
      422,
      'program',
    ],
    ['a cut photo', [['kk.jpg', jpeg(500).subarray(0, 400)]], 400, 'rusak'],
    ['a photo above 16 MB', [['kk.jpg', jpeg(17 * 1024 * 1024)]], 413, '16 MB'],
    ['21 files', Array.from({ length: 21 }, () => ['kk.jpg', jpeg()]), 413, 'Terlalu banyak'],
  ] as [string, [string, Buffer][], number, string][])(
    'tells at once about %s, and stays open',
    async (_name, files, status, words) => {
      const response = await post(form(...files));
      expect(response.status).toBe(status);
      expect(await response.text()).toContain(words);
      expect(pages.desk.accepted).toEqual([]);
      expect((await post(form(['kk.jpg', jpeg()]))).status).toBe(200);
    },
  );

  test('refuses a kind that is not asked for', async () => {
    pages.desk.ask = {
      document: { id: 'KK', en: 'KK' },
      service: { id: 'A', en: 'A' },
      accept: ['pdf'],
      pages: 1,
    };
    expect(await (await get()).text()).not.toContain('capture=');
    expect((await post(form(['kk.jpg', jpeg()]))).status).toBe(422);
    expect((await post(form(['a.pdf', pdf()], ['b.pdf', pdf()]))).status).toBe(413);
    expect((await post(form(['a.pdf', pdf()]))).status).toBe(200);
  });

  test.each([
    ['text', 'hello', 'text/plain'],
    ['a form without boundary', 'hello', 'multipart/form-data'],
    [
      'a form that breaks off',
      '--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\nabc',
      'multipart/form-data; boundary=x',
    ],
    ['JSON', '{}', 'application/json'],
  ])('answers %s with a page, not with a fault', async (_name, body, type) => {
    const response = await post(body, { 'content-type': type });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('<form');
  });

  test('refuses a body that says it is too large before reading it', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = {
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 200 * 1024 * 1024,
      };
      const sent = request(link, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        response.resume();
        sent.destroy();
      });
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test('stops a body without length that goes on too long', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 65);
    let left = 80;
    const long = new ReadableStream({
      start: (controller) =>
        controller.enqueue(
          Buffer.from('--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'),
        ),
      pull: (controller) => {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const outcome = await fetch(link, {
      method: 'POST',
      body: long,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      duplex: 'half',
    } as RequestInit).then(
      (response) => response.status,
      () => 'closed',
    );
    expect([413, 'closed']).toContain(outcome);
    expect((await get()).status).toBe(200);
  });

  test('is not used up when the conversation could not take the files', async () => {
    const push = pages.desk.accepted.push;
    pages.desk.accepted.push = () => {
      throw new Error('store down');
    };
    expect((await post(form(['kk.jpg', jpeg()]))).status).toBe(500);
    pages.desk.accepted.push = push;
    expect((await post(form(['kk.jpg', jpeg()]))).status).toBe(200);
  });

  test('says so when the document is not waited for any more', async () => {
    pages.desk.ask = undefined;
    expect((await get()).status).toBe(410);
    expect((await post(form(['kk.jpg', jpeg()]))).status).toBe(410);
    expect(pages.desk.accepted).toEqual([]);
  });

  test('says so when it is expired or was never given', async () => {
    pages.clock.at += 8 * DAY_MS;
    const expired = await get();
    expect(expired.status).toBe(410);
    expect(await expired.text()).toContain('kedaluwarsa');
    const unknown = await fetch(`${pages.url}/f/${'A'.repeat(22)}`);
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain('tidak dikenal');
  });
});

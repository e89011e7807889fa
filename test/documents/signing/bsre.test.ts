import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnPaper } from '../../../src/documents/papers/own-paper.ts';
import { createBsreSigner } from '../../../src/documents/signing/bsre/bsre-signer.ts';
import type { SigningAct } from '../../../src/documents/signing/signer.ts';
import { paper } from './papers.ts';

const URL = 'https://esign.contohkab.go.id';
const PATHS = { 1: '/api/sign/pdf', 2: '/api/v2/sign/pdf' } as const;
const SECRETS = { nik: '6472015203900001', passphrase: 'frasa#Rahasia!', password: 'sandi-akun-kantor' };
const ACT: SigningAct = {
  nik: SECRETS.nik,
  passphrase: SECRETS.passphrase,
  reason: 'Surat 470/001',
  at: 1_795_000_000_000,
};
const VISIBLE = { page: 1, x: 320, y: 120, width: 210, height: 72 };
/** What the stand-in says it signed: BSrE may write the file anew. */
const SIGNED = Buffer.from('%PDF-1.7\n1 0 obj << /ByteRange [0 1 2 3] >> endobj\n%%EOF\n');

/** A good answer in each version's form. */
const GOOD = { 1: SIGNED, 2: { time: 812, file: [SIGNED.toString('base64')] } };

let own: OwnPaper;

beforeEach(async () => {
  nock.disableNetConnect();
  own = await paper();
});

afterEach(() => {
  nock.abortPendingRequests();
  nock.cleanAll();
  nock.enableNetConnect();
});

describe.each([1, 2] as const)('signing through BSrE, version %i', (version) => {
  const path = PATHS[version];

  it('gives the signed PDF back', async () => {
    const call = nock(URL).post(path).reply(200, GOOD[version]);
    const signed = await signer(version).sign(own, ACT);
    expect(signed).toMatchObject({ ok: true });
    expect(signed.ok && Buffer.from(signed.bytes).equals(SIGNED)).toBe(true);
    expect(call.isDone()).toBe(true);
  });

  it('shows the account and sends NIK, passphrase, reason and the whole paper', async () => {
    const seen = await record(version, ACT);
    expect(seen.authorization).toBe(`Basic ${Buffer.from(`loket:${SECRETS.password}`).toString('base64')}`);
    expect(seen).toMatchObject({ nik: SECRETS.nik, passphrase: SECRETS.passphrase, reason: ACT.reason });
    expect(seen.file?.equals(Buffer.from(own))).toBe(true);
    expect(String(seen.tampilan).toLowerCase()).toBe('invisible');
  });

  it('sends a visible signature as a picture, with its place', async () => {
    const seen = await record(version, { ...ACT, visible: VISIBLE });
    expect(String(seen.tampilan).toLowerCase()).toBe('visible');
    expect(seen.picture?.subarray(1, 4).toString()).toBe('PNG');
    expect([seen.page, seen.x, seen.y, seen.width, seen.height].map(Number)).toEqual([1, 320, 120, 210, 72]);
  });

  it.each([
    [400, { status_code: 2031, error: 'Passphrase anda salah !!!' }, 'passphrase'],
    [401, { status_code: 2031, error: 'Passphrase anda salah' }, 'passphrase'],
    [400, { error: 'Proses signing gagal: Passphrase anda salah' }, 'passphrase'],
    [400, { status_code: 2011, error: 'NIK tidak terdaftar' }, 'certificate'],
    [404, { status_code: 2011, error: 'NIK tidak terdaftar' }, 'certificate'],
    [403, { status_code: 2021, error: 'User belum memiliki sertifikat' }, 'certificate'],
    [200, { status_code: 2021, error: 'User belum memiliki sertifikat' }, 'certificate'],
    [500, { status_code: 1003, error: 'gagal membaca PDF' }, 'refused'],
    [500, '<html>Internal Server Error</html>', 'refused'],
    [400, { status_code: 9999, error: 'lain' }, 'refused'],
  ])('takes HTTP %i with %j for the answer %s', async (status, body, reason) => {
    nock(URL).post(path).reply(status, body);
    expect(await signer(version).sign(own, ACT)).toEqual({ ok: false, reason });
  });

  it.each([
    [401, 'Unauthorized', 'REMOTE_REFUSED', /BSRE_USER/],
    [302, '', 'REMOTE_REFUSED', /BSRE_URL/],
    [404, '<html>not found</html>', 'REMOTE_REFUSED', /BSRE_VERSION/],
    [429, 'slow down', 'REMOTE_UNAVAILABLE', /429/],
    [503, 'maintenance', 'REMOTE_UNAVAILABLE', /503/],
    [502, 'bad gateway', 'OUTCOME_UNKNOWN', /nobody knows/],
    [504, 'gateway timeout', 'OUTCOME_UNKNOWN', /nobody knows/],
    [200, '', 'OUTCOME_UNKNOWN', /no signed PDF/],
    [200, '<html>Welcome</html>', 'OUTCOME_UNKNOWN', /no signed PDF/],
    [200, '{"file":', 'OUTCOME_UNKNOWN', /no signed PDF/],
    [200, { file: [] }, 'OUTCOME_UNKNOWN', /no signed PDF/],
    [200, { file: 'x' }, 'OUTCOME_UNKNOWN', /no signed PDF/],
    [200, { file: [42] }, 'OUTCOME_UNKNOWN', /no signed PDF/],
    [
      200,
      { file: [Buffer.from('%PDF-1.7 never signed %%EOF').toString('base64')] },
      'OUTCOME_UNKNOWN',
      /no signed/,
    ],
    [200, '%PDF-1.7 never signed %%EOF', 'OUTCOME_UNKNOWN', /no signed PDF/],
    [200, null, 'OUTCOME_UNKNOWN', /no signed PDF/],
  ])('throws for HTTP %i with %j: %s', async (status, body, code, words) => {
    nock(URL)
      .post(path)
      .reply(status, body === null ? 'null' : body, { Location: 'https://elsewhere.example' });
    const fault = await faultOf(signer(version).sign(own, ACT));
    expect(fault).toMatchObject({ code });
    expect(fault.message).toMatch(words);
  });

  it('does not read an answer without end', async () => {
    const server = await listen((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/pdf' });
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 20, 32)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const fault = await faultOf(signer(version, { url: server.url }).sign(own, ACT));
    expect(fault).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(fault.message).toMatch(/far too long/);
    await server.close();
  });

  it.each([
    ['never answers', () => {}],
    ['breaks off', (_request, response) => response.destroy()],
    [
      'breaks off within the answer',
      (_request, response) => {
        response.writeHead(200, { 'Content-Length': 5000 });
        response.write('%PDF-1.7', () => response.destroy());
      },
    ],
  ] as [string, RequestListener][])(
    'says that nobody knows when the service %s, and sends nothing twice',
    async (_how, handle) => {
      let calls = 0;
      const server = await listen((request, response) => {
        calls += 1;
        request.resume().on('end', () => handle(request, response));
      });
      const fault = await faultOf(signer(version, { url: server.url, timeoutMs: 400 }).sign(own, ACT));
      expect(fault).toMatchObject({ code: 'OUTCOME_UNKNOWN', retry: false });
      expect(fault.message).toMatch(/nobody knows whether it was signed/);
      expect(calls).toBe(1);
      await server.close();
    },
  );

  it('knows that nothing was signed when there is no connection', async () => {
    const server = await listen(() => {});
    await server.close();
    nock.enableNetConnect('127.0.0.1');
    const fault = await faultOf(signer(version, { url: server.url }).sign(own, ACT));
    expect(fault).toMatchObject({ code: 'REMOTE_UNAVAILABLE' });
    expect(fault.message).toContain('nothing was signed');
  });

  it('asks nothing of the service for what is no paper of ours, no NIK, no passphrase', async () => {
    const attached = Buffer.from(own) as unknown as OwnPaper;
    expect(await faultOf(signer(version).sign(attached, ACT))).toMatchObject({ code: 'INVALID_REQUEST' });
    for (const nik of [undefined, '', '123', '64720152039000012', '../../6472015203900001']) {
      const { nik: _nik, ...rest } = ACT;
      const act = nik === undefined ? rest : { ...rest, nik };
      expect(await faultOf(signer(version).sign(own, act))).toMatchObject({ code: 'INVALID_REQUEST' });
    }
    const { passphrase: _passphrase, ...without } = ACT;
    expect(await signer(version).sign(own, without)).toEqual({ ok: false, reason: 'passphrase' });
  });

  it('tells neither passphrase, NIK nor account in any fault, even when the service repeats them', async () => {
    const told: string[] = [];
    const echo = JSON.stringify({ error: `${Object.values(SECRETS).join(' ')} not understood` });
    for (const status of [200, 302, 401, 404, 429, 502, 503]) {
      nock(URL).post(path).reply(status, echo);
      told.push(everythingOf(await faultOf(signer(version).sign(own, ACT))));
    }
    nock(URL)
      .post(path)
      .replyWithError(`could not send ${Object.values(SECRETS).join(' ')}`);
    told.push(everythingOf(await faultOf(signer(version).sign(own, ACT))));
    expect(told).toHaveLength(8);
    for (const secret of Object.values(SECRETS)) expect(told.join()).not.toContain(secret);
  });
});

describe('what BSrE knows of a person', () => {
  it.each([
    [{ status_code: 1111, status: 'ISSUE', message: 'aktif' }, 'ready'],
    [{ status: 'ISSUE' }, 'ready'],
    [{ status_code: 2021, status: 'NO_CERTIFICATE' }, 'none'],
    [{ status: 'EXPIRED' }, 'none'],
    [{ status_code: 2011, error: 'tidak terdaftar' }, 'unregistered'],
    [{ status: 'NOT_REGISTERED' }, 'unregistered'],
  ])('reads %j as %s in both versions', async (body, expected) => {
    nock(URL).get(`/api/user/status/${SECRETS.nik}`).reply(200, body);
    expect(await signer(1).status(SECRETS.nik)).toBe(expected);
    nock(URL).post('/api/v2/user/check/status', { nik: SECRETS.nik }).reply(200, body);
    expect(await signer(2).status(SECRETS.nik)).toBe(expected);
  });

  it('is not known when the answer is rubbish', async () => {
    nock(URL).post('/api/v2/user/check/status').reply(200, '<html>');
    expect(await faultOf(signer(2).status(SECRETS.nik))).toMatchObject({ code: 'REMOTE_UNAVAILABLE' });
  });
});

function signer(version: 1 | 2, more: { url?: string; timeoutMs?: number } = {}) {
  const { password } = SECRETS;
  return createBsreSigner({ url: URL, user: 'loket', password, version, timeZone: 'Asia/Makassar', ...more });
}

async function faultOf(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error('nothing was thrown');
  return error;
}

/** All that a log could show of an error. */
function everythingOf(error: Error): string {
  const own = JSON.stringify(error, Object.getOwnPropertyNames(error));
  return `${own} ${error.stack} ${error.cause instanceof Error ? everythingOf(error.cause) : String(error.cause)}`;
}

async function listen(handle: RequestListener) {
  nock.enableNetConnect('127.0.0.1');
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

interface Seen {
  authorization?: string | undefined;
  file?: Buffer;
  picture?: Buffer | undefined;
  [field: string]: unknown;
}

/** What the service was told, in one form for both versions. */
async function record(version: 1 | 2, act: SigningAct): Promise<Seen> {
  let seen: Seen = {};
  const server = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = new Uint8Array(Buffer.concat(chunks));
    const type = request.headers['content-type'] ?? '';
    const told = version === 1 ? await readV1(body, type) : readV2(body);
    seen = { ...told, authorization: request.headers.authorization };
    expect(request.url).toBe(PATHS[version]);
    response.end(version === 1 ? SIGNED : JSON.stringify({ file: [SIGNED.toString('base64')] }));
  });
  await signer(version, { url: server.url }).sign(own, act);
  await server.close();
  return seen;
}

async function readV1(body: Uint8Array, type: string): Promise<Seen> {
  const form = await new Response(body, { headers: { 'Content-Type': type } }).formData();
  const bytes = async (name: string) => {
    const part = form.get(name);
    return part instanceof Blob ? Buffer.from(await part.arrayBuffer()) : undefined;
  };
  const { xAxis, yAxis, ...fields } = Object.fromEntries(form);
  return {
    ...fields,
    x: xAxis,
    y: yAxis,
    file: (await bytes('file')) ?? Buffer.alloc(0),
    picture: await bytes('imageTTD'),
  };
}

function readV2(body: Uint8Array): Seen {
  const { nik, passphrase, signatureProperties, file } = JSON.parse(Buffer.from(body).toString());
  const [{ originX, originY, imageBase64, ...properties }] = signatureProperties;
  const picture = imageBase64 === undefined ? undefined : Buffer.from(imageBase64, 'base64');
  return {
    ...properties,
    nik,
    passphrase,
    x: originX,
    y: originY,
    picture,
    file: Buffer.from(file[0], 'base64'),
  };
}

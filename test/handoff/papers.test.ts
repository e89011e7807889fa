import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeWith } from '../services.ts';
import { CARD, type Desk, openRequests, type RequestsWorld } from './requests-world.ts';

let world: RequestsWorld;
let budi: Desk;
let number: string;
let key: string;
beforeAll(async () => {
  world = await openRequests();
  budi = await world.login('budi');
  ({ number } = await world.file(CARD));
  ({ key } = (await budi.post(`/requests/${number}/reveal`)).body);
});
afterAll(() => world.close());

const print = (what: object, headers: object = { 'x-reveal': key }) =>
  budi.post(`/requests/${number}/papers`, what, headers);
const paper = (answer: { body: object }) => answer.body as { file: { file: string }; code: string };
const bytesOf = async (file: string) => budi.download(`/files/${file}`);
const textOf = async (file: string) =>
  execFileSync('pdftotext', ['-layout', '-', '-'], { input: await bytesOf(file), encoding: 'utf8' });

const LETTER = {
  subject: 'Undangan klarifikasi data',
  number: '470/12/Dukcapil/2026',
  to: 'Siti Rahmawati',
  body: 'Mohon hadir di kantor kami.\n\nBawalah dokumen asli.',
  signer: { id: 'kepala-dinas' },
  send: false,
};
let letters = 0;
const actId = () => `00000000-0000-4000-8000-${String(++letters).padStart(12, '0')}`;
const write = (letter: object = {}) =>
  budi.post(`/requests/${number}/letter`, { id: actId(), ...LETTER, ...letter });

describe('what can be printed for a request', () => {
  test('is listed, with what a letter begins from', async () => {
    const { status, body } = await budi.get(`/requests/${number}/papers`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      papers: [
        { kind: 'receipt', isPersonal: true },
        { kind: 'form', form: 'F-1.02', isPersonal: true },
        { kind: 'checklist', isPersonal: false },
      ],
      letter: {
        to: 'Siti Rahmawati',
        signing: null,
        signers: [{ id: 'kepala-dinas', title: 'Kepala Dinas' }],
      },
    });
    expect(JSON.stringify(body)).not.toContain('6472015708900003');
  });

  test.each([{ kind: 'receipt' }, { kind: 'form', form: 'F-1.02' }])(
    '%o is a PDF with a code of its own, once the request is revealed',
    async (what) => {
      expect((await print(what, {})).body).toMatchObject({ error: { code: 'REVEAL_NEEDED' } });
      const { file, code } = paper(await print(what));
      expect((await bytesOf(file.file)).toString('latin1')).toMatch(/^%PDF-1\.7/);
      const verdict = await fetch(`${world.url}/v/${code}`, { headers: { accept: 'application/json' } });
      expect(await verdict.json()).toMatchObject({ status: 'genuine', kind: what.kind, application: number });
    },
  );

  test('a checklist is nobody’s, and needs no reveal', async () => {
    expect((await print({ kind: 'checklist' }, {})).status).toBe(200);
  });

  test('is the same paper while nothing has changed', async () => {
    const form = { kind: 'form', form: 'F-1.02' };
    expect(paper(await print(form))).toEqual(paper(await print(form)));
  });

  test.each([
    ['a slip before there is anything to collect', { kind: 'slip' }, 409],
    ['a form that the service does not have', { kind: 'form', form: 'F-1.03' }, 409],
    ['a form without its code', { kind: 'form' }, 400],
    ['a kind that there is not', { kind: 'letter' }, 400],
  ])('refuses %s', async (_name, what, status) => {
    expect((await print(what)).status).toBe(status);
  });

  test('is noted in the audit log, without personal data', async () => {
    const { code } = paper(await print({ kind: 'receipt' }));
    const lines = (await world.audited(number)).filter(({ action }) => action === 'request.print');
    expect(lines.at(-1)).toMatchObject({ actor: 'op-budi', details: { kind: 'receipt', code } });
    expect(JSON.stringify(lines)).not.toContain('Siti');
  });
});

describe('a letter', () => {
  test('is written to be signed by pen, and noted in the history', async () => {
    const { body, status } = await write();
    expect(status).toBe(200);
    expect(body).toMatchObject({ signed: false });
    const { history } = (await budi.look(number)).body;
    expect(history.at(-1)?.reason).toContain(`Surat ${paper({ body }).code} dibuat`);
  });

  test('is sent to the applicant, once', async () => {
    const id = actId();
    const first = await write({ id, send: true });
    expect((await write({ id, send: true })).body).toEqual(first.body);
    const screen = await world
      .phone('+6281234567890')
      .until(({ messages }) => messages.some(({ text }) => text.includes('Ada surat')), 'the letter');
    expect(screen.messages.filter(({ text }) => text.includes('Ada surat'))).toHaveLength(1);
  });

  test('replaces no other letter', async () => {
    const [one, two] = [paper(await write()), paper(await write())];
    expect(one.code).not.toBe(two.code);
    const verdict = await fetch(`${world.url}/v/${one.code}`, { headers: { accept: 'application/json' } });
    expect(await verdict.json()).toMatchObject({ status: 'genuine', application: number });
  });

  test.each([
    ['signed where nothing signs', { sign: { visible: true } }, 409, 'SIGNING_OFF'],
    ['of a signer unknown', { signer: { id: 'siapa' } }, 400, 'INVALID_REQUEST'],
    [
      'of a typed signer where the office names its own',
      { signer: { title: 'Camat', name: 'X' } },
      400,
      'INVALID_REQUEST',
    ],
    ['without words', { body: ' ' }, 400, 'INVALID_REQUEST'],
    ['with a subject of two lines', { subject: 'a\nb' }, 400, 'INVALID_REQUEST'],
    ['with more than there is', { secret: 'x' }, 400, 'INVALID_REQUEST'],
  ])('%s is refused', async (_name, letter, status, code) => {
    const answer = await write(letter);
    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe(code);
  });

  test('of a request that does not exist is not found', async () => {
    const answer = await budi.post('/requests/KT-2611-9999-1/letter', { id: actId(), ...LETTER });
    expect(answer.status).toBe(404);
  });
});

describeWith('pdftotext', 'what stands on them', () => {
  test('the words of the letter, its number, and who signs', async () => {
    const text = await textOf(paper(await write()).file.file);
    for (const part of [
      LETTER.subject,
      LETTER.number,
      'Yth. Siti Rahmawati',
      'Bawalah dokumen asli.',
      'Kepala Dinas',
      number,
    ])
      expect(text).toContain(part);
  });

  test('on the form, the whole NIK', async () => {
    const text = await textOf(paper(await print({ kind: 'form', form: 'F-1.02' })).file.file);
    expect(text.replace(/\s/g, '')).toContain('6472015708900003');
  });
});

describe('a checklist in a chat', () => {
  test('is kept for that chat, to be sent with a reply', async () => {
    const { conversation } = (await budi.look(number)).body;
    const { body, status } = await budi.post(`/conversations/${conversation}/papers`, {
      service: 'ktp-baru',
    });
    expect(status).toBe(200);
    const { file } = body.file as { file: string };
    await budi.post(`/conversations/${conversation}/claim`);
    const reply = { id: actId(), text: 'Ini daftarnya.', files: [file] };
    expect((await budi.post(`/conversations/${conversation}/reply`, reply)).status).toBe(200);
    expect((await budi.post(`/conversations/${conversation}/papers`, { service: 'tidak-ada' })).status).toBe(
      404,
    );
  });
});

describe('who may not', () => {
  test.each(['admin', 'auditor'] as const)('an %s neither prints nor writes', async (role) => {
    const desk = await world.login(`tamu-${role}`, role);
    expect((await desk.get(`/requests/${number}/papers`)).status).toBe(403);
    expect((await desk.post(`/requests/${number}/papers`, { kind: 'checklist' })).status).toBe(403);
    expect((await desk.post(`/requests/${number}/letter`, { id: actId(), ...LETTER })).status).toBe(403);
  });
});

/** No file is readable without its right: not by guessing, from another case, in another role or by an old link. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLinks, MAX_LINK_FAILURES } from '../../src/documents/links.ts';
import { startWhole } from '../channels/simulator/phone.ts';
import { jpeg } from '../documents/samples.ts';
import { signInClerk } from './clerk.ts';
import { type Case, crooked, mediaUrlOf, openWalls, type Role, type Walls } from './walls.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LIMIT_MS = 120_000;

let walls: Walls;
beforeAll(async () => {
  walls = await openWalls();
}, LIMIT_MS);
afterAll(() => walls?.close());

describe('in the operators’ room a file', () => {
  it.each(['operator', 'verifier', 'supervisor'] as const)(
    'is shown to a %s, and each view is noted',
    async (role) => {
      const before = (await views()).length;
      for (const file of [walls.own.photo, walls.own.receipt]) {
        expectPrivate(await expectFile(asStaff(role, `/api/files/${file}`)));
      }
      expect((await views()).length).toBe(before + 2);
    },
  );

  it.each(['admin', 'auditor'] as const)('is nothing for an %s, however it is asked for', async (role) => {
    const { own, url, staff } = walls;
    expect(await refused(asStaff(role, `/api/files/${own.photo}`))).toBe(403);
    for (const path of [
      `/conversations/${own.conversation}`,
      `/requests/${own.number}`,
      `/requests/${own.number}/papers`,
    ]) {
      expect((await staff[role].call(url, 'GET', path)).status, path).toBe(403);
    }
    const print = await staff[role].call(url, 'POST', `/requests/${own.number}/papers`, { kind: 'receipt' });
    expect(print.status).toBe(403);
  });

  it('is nothing for who is not signed in', async () => {
    const path = `/api/files/${walls.own.photo}`;
    expect(await refused(get(path))).toBe(401);
    const [name = '', value = ''] = walls.staff.operator.cookie().split('=');
    for (const wrong of ['', 'x', value.slice(0, -2), swapLast(value), swapCase(value)]) {
      expect(await refused(get(path, { Cookie: `${name}=${wrong}` })), wrong).toBe(401);
    }
  });

  it('is nothing for who has signed out', async () => {
    const { url, staff } = walls;
    const { password } = await staff.supervisor.done<{ password: string }>(url, 'POST', '/operators', {
      ...{ username: 'staf-lama', name: 'Lama', role: 'operator' },
    });
    const former = await signInClerk(url, { username: 'staf-lama', oneTime: password });
    const cookie = former.cookie();
    const ask = () => get(`/api/files/${walls.own.photo}`, { Cookie: cookie });
    await expectFile(ask());
    await former.done(url, 'DELETE', '/session');
    expect(await refused(ask())).toBe(401);
  });

  it('is not found by another spelling of the path without signing in', async () => {
    const { photo } = walls.own;
    for (const path of [
      '/API/files/',
      '/api/Files/',
      '/api//files/',
      '//api/files/',
      '/api/%66iles/',
      '/inbox/../api/files/',
    ]) {
      expect(await refused(get(path + photo)), path).toBeGreaterThanOrEqual(400);
    }
  });

  it('is not found by an id that is almost right', async () => {
    for (const id of crooked(walls.own.photo)) {
      expect(await refused(asStaff('supervisor', `/api/files/${id}`)), id).toBeGreaterThanOrEqual(400);
    }
  });

  it('of a complaint is for those alone who may read complaints', async () => {
    for (const role of ['operator', 'verifier'] as const) {
      expect(await refused(asStaff(role, `/api/files/${walls.reported}`))).toBe(404);
    }
    await expectFile(asStaff('supervisor', `/api/files/${walls.reported}`));
  });

  it('goes neither into another chat nor to another request', async () => {
    const { url, staff, own, other, reported } = walls;
    const chat = `/conversations/${other.conversation}`;
    await staff.verifier.call(url, 'POST', `${chat}/claim`, {});
    for (const file of [own.photo, own.receipt, reported, 'unknown', `../${own.photo}`]) {
      const reply = { id: randomUUID(), text: 'Ini berkasnya.', files: [file] };
      expect((await staff.verifier.call(url, 'POST', `${chat}/reply`, reply)).status, file).toBe(404);
      const { body } = await staff.verifier.call<{ version: number }>(
        url,
        'GET',
        `/requests/${other.number}`,
      );
      const result = { version: body.version, file };
      const attached = await staff.verifier.call(url, 'POST', `/requests/${other.number}/result`, result);
      expect(attached.status, file).toBe(404);
    }
  });

  it('that is personal is printed with the key of a reveal of that request alone', async () => {
    const { url, staff, own, other } = walls;
    const print = (role: Role, key: string) =>
      staff[role].call<{ file: { file: string } }>(
        url,
        'POST',
        `/requests/${own.number}/papers`,
        { kind: 'receipt' },
        { 'X-Reveal': key },
      );
    const keyOf = async (role: Role, number: string) =>
      (await staff[role].done<{ key: string }>(url, 'POST', `/requests/${number}/reveal`)).key;
    const [right, elsewhere, colleague] = [
      await keyOf('operator', own.number),
      await keyOf('operator', other.number),
      await keyOf('verifier', own.number),
    ];
    for (const key of ['', 'x', elsewhere, colleague, swapLast(right)]) {
      expect((await print('operator', key)).status, key).toBe(403);
    }
    const printed = await print('operator', right);
    expect(printed.status).toBe(200);
    await expectFile(asStaff('operator', `/api/files/${printed.body.file.file}`));
  });
});

describe('the address that a provider fetches a file from', () => {
  it('gives it to whoever has it, and keeps it out of caches and search engines', async () => {
    expectPrivate(await expectFile(fetch(await mediaUrlOf(walls, walls.own.photo))));
  });

  it('gives nothing once a sign of it is another', async () => {
    const url = await mediaUrlOf(walls, walls.own.photo);
    const [file = '', expiry = '', mac = ''] = url.split('/m/')[1]?.split('.') ?? [];
    const later = (Number.parseInt(expiry, 36) + 3600).toString(36);
    const strange = [
      ...[`${file}`, `${file}.${expiry}`, `${file}.${expiry}.`, `${file}..${mac}`, `.${expiry}.${mac}`],
      ...[
        `${file}.${later}.${mac}`,
        `${walls.other.photo}.${expiry}.${mac}`,
        `${file}.${expiry}.${swapLast(mac)}`,
      ],
      ...[
        `${file}.${expiry}.${mac.toUpperCase()}`,
        `${file}.${expiry}.${mac}.x`,
        `${file}.${expiry}.${mac}0`,
      ],
      ...[
        `${file}.${expiry}.${mac.slice(1)}`,
        `${file}.${expiry.toUpperCase()}.${mac}`,
        `${file}.NaN.${mac}`,
      ],
      ...crooked(file).map((id) => `${id}.${expiry}.${mac}`),
    ];
    for (const one of strange) expect(await refused(get(`/m/${one}`)), one).toBeGreaterThanOrEqual(400);
  });

  it('gives nothing after half an hour', async () => {
    const url = await mediaUrlOf(walls, walls.own.photo);
    await later(31 * MINUTE_MS, async () => expect(await refused(fetch(url))).toBe(404));
    await expectFile(fetch(url));
  });
});

describe('a link to a file', () => {
  it('gives it for the PIN of its own case alone, and shows nothing before', async () => {
    const { own, other } = walls;
    const url = await linkTo(own);
    expect(new URL(url).pathname).toMatch(/^\/f\/[\w-]{22}$/);
    expect(await refused(fetch(url))).toBe(200);
    for (const pin of ['', '12345', 'abcdef', other.pin, `${own.pin}0`, "' or 1=1"]) {
      expect(await refused(send(url, { pin })), pin).toBeGreaterThanOrEqual(400);
    }
    expect(await refused(send(url, { pin: [own.pin, own.pin] }))).toBeGreaterThanOrEqual(400);
    const address = await addressOf(url, own.pin);
    expectPrivate(await expectFile(fetch(address)));
    const another = await linkTo(other);
    for (const one of [swapLast(address), address.replace(url, another), `${another}/${own.pin}`])
      expect(await refused(fetch(one)), one).toBe(404);
  });

  it('is dead after five wrong PINs, also for the right one', async () => {
    const { own } = walls;
    const url = await linkTo(own);
    for (let guess = 0; guess < MAX_LINK_FAILURES; guess += 1)
      await refused(send(url, { pin: wrong(own.pin) }));
    expect(await refused(send(url, { pin: own.pin }))).toBeGreaterThanOrEqual(400);
    expect(await refused(fetch(url))).toBe(410);
  });

  it('is used up an hour after the file went out, and over after two weeks', async () => {
    const [used, unused] = [await linkTo(walls.other), await linkTo(walls.other)];
    const address = await addressOf(used, walls.other.pin);
    await expectFile(fetch(address));
    await later(61 * MINUTE_MS, async () => {
      expect(await refused(send(used, { pin: walls.other.pin }))).toBe(410);
      expect(await refused(fetch(address))).toBe(410);
    });
    await later(14 * DAY_MS + 1000, async () =>
      expect(await refused(send(unused, { pin: walls.other.pin }))).toBe(410),
    );
  });

  it('is not found by a token that is almost right', async () => {
    const url = await linkTo(walls.other);
    const token = url.split('/f/')[1] ?? '';
    for (const one of [
      ...crooked(token),
      swapLast(token),
      swapCase(token),
      token.split('').reverse().join(''),
    ]) {
      expect(await refused(get(`/f/${one}`)), one).toBeGreaterThanOrEqual(400);
      expect(
        await refused(send(`${walls.url}/f/${one}`, { pin: walls.other.pin })),
        one,
      ).toBeGreaterThanOrEqual(400);
    }
  });

  it('takes files in and gives none out; nobody else’s file is named on it, and it is dead once used', async () => {
    const { uploadLink, sms, own } = walls;
    const page = await fetch(uploadLink);
    const text = await page.text();
    expect(page.status).toBe(200);
    expectPrivate(page);
    expect(text).not.toMatch(/Siti|\d{16}|KTP Siti/);
    expect(await refused(send(uploadLink, { pin: own.pin }))).toBeGreaterThanOrEqual(400);
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(jpeg(0, 0))], { type: 'image/jpeg' }), 'surat.jpg');
    expect(await refused(fetch(uploadLink, { method: 'POST', body: form }))).toBe(200);
    await walls.running.settle();
    expect((await sms.screen()).state.step).not.toBe('surat_hilang');
    for (const method of ['GET', 'POST']) {
      expect(await refused(fetch(uploadLink, { method }))).toBe(410);
    }
  });
});

describe('the page that verifies a paper', () => {
  it('tells nothing of a person, and gives no file', async () => {
    const { running, own } = walls;
    const issued = await running.store.issued.findCurrent('receipt', own.number);
    for (const Accept of ['text/html', 'application/json', 'application/pdf', 'image/*']) {
      const answer = await get(`/v/${issued?.code}`, { Accept });
      expectPrivate(answer.clone());
      const text = await answer.clone().text();
      expect(text).not.toMatch(/Siti|\d{16}|6281200000401/);
      expect(text).not.toContain(own.pin);
      await refused(Promise.resolve(answer));
    }
  });
});

describe('a case that was erased', () => {
  it('leaves no file behind any door', async () => {
    const { running, own, staff, url } = walls;
    const link = await linkTo(own);
    const media = await mediaUrlOf(walls, own.photo);
    await running.store.eraseOwner(own.conversation);
    for (const file of [own.photo, own.receipt]) {
      for (const role of ['operator', 'supervisor'] as const) {
        expect(await refused(asStaff(role, `/api/files/${file}`))).toBe(404);
      }
      expect(await refused(get(`/simulator/media/${file}`))).toBe(404);
    }
    expect(await refused(fetch(media))).toBe(404);
    expect(await refused(send(link, { pin: own.pin }))).toBeGreaterThanOrEqual(400);
    const print = await staff.supervisor.call(url, 'POST', `/requests/${own.number}/papers`, {
      kind: 'receipt',
    });
    expect(print.status).toBeGreaterThanOrEqual(400);
  });
});

describe('the simulator’s door', () => {
  it('gives a file as privately as the others', async () => {
    expectPrivate(await expectFile(get(`/simulator/media/${walls.other.photo}`)));
    for (const id of crooked(walls.other.photo)) {
      expect(await refused(get(`/simulator/media/${id}`)), id).toBeGreaterThanOrEqual(400);
    }
  });

  it('is not there when the simulator is off', async () => {
    const closed = await startWhole({ SIMULATOR: 'off' });
    const { file } = await closed.vault.put('talk', { bytes: jpeg(), contentType: 'image/jpeg' });
    expect(await refused(fetch(`${closed.url}/simulator/media/${file}`))).toBe(404);
    await closed.stop();
  });
});

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(walls.url + path, { headers, redirect: 'manual' });
}

function asStaff(role: Role, path: string): Promise<Response> {
  return get(path, { Cookie: walls.staff[role].cookie() });
}

/** A form as a browser sends it. */
function send(url: string, fields: Record<string, string | string[]>): Promise<Response> {
  const body = new URLSearchParams(
    Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
  );
  return fetch(url, { method: 'POST', body, redirect: 'manual' });
}

/** Where the right PIN leads to. */
async function addressOf(link: string, pin: string): Promise<string> {
  const answer = await send(link, { pin });
  expect(answer.status).toBe(303);
  expectPrivate(answer);
  return new URL(answer.headers.get('location') ?? '', link).href;
}

/** A new link to the receipt of a case, as the bot makes one for a phone that takes no files. */
function linkTo({ conversation, receipt: file, number: application }: Case): Promise<string> {
  const { store, clock } = walls.running;
  const links = createLinks({ store: store.links, sealer: store.sealer, clock, publicUrl: walls.url });
  return links.create(randomUUID(), { kind: 'download', conversation, file, application });
}

/** Does something later, and comes back. */
async function later(ms: number, act: () => Promise<unknown>): Promise<void> {
  const { clock } = walls.running;
  const before = clock.now();
  clock.set(before + ms);
  try {
    await act();
  } finally {
    clock.set(before);
  }
}

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

async function expectFile(asked: Promise<Response>): Promise<Response> {
  const answer = await asked;
  const body = Buffer.from(await answer.clone().arrayBuffer());
  expect(answer.status).toBe(200);
  expect(body.subarray(0, 3).equals(JPEG) || body.subarray(0, 5).toString() === '%PDF-').toBe(true);
  return answer;
}

/** The status of an answer that holds no file. */
async function refused(asked: Promise<Response>): Promise<number> {
  const answer = await asked;
  const body = Buffer.from(await answer.arrayBuffer());
  expect(body.includes('%PDF-') || body.includes(JPEG)).toBe(false);
  expect(answer.headers.get('content-type') ?? '').not.toMatch(/image|pdf|octet/);
  return answer.status;
}

function expectPrivate({ headers }: Response): void {
  expect(headers.get('cache-control')).toContain('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-robots-tag')).toContain('noindex');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
}

function views(): Promise<unknown[]> {
  return walls.running.store.audit.list({ actions: ['file.view'], limit: 1000 });
}

function wrong(pin: string): string {
  return pin === '000000' ? '111111' : '000000';
}

function swapLast(text: string): string {
  return text.slice(0, -1) + (text.endsWith('a') ? 'b' : 'a');
}

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (sign) =>
    sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase(),
  );
}

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pdf, png } from '../documents/samples.ts';
import { CARD, DAY_MS, type Desk, openRequests, type RequestsWorld, START } from './requests-world.ts';

let world: RequestsWorld;
let budi: Desk;
let vera: Desk;
let susi: Desk;
beforeAll(async () => {
  world = await openRequests();
  budi = await world.login('budi');
  vera = await world.login('vera', 'verifier');
  susi = await world.login('susi', 'supervisor');
});
afterAll(() => world.close());
afterEach(() => world.clock.set(START));

/** What the citizen's phone shows of the office, newest last. */
const said = async (number = '+6281234567890', channel: 'whatsapp' | 'sms' = 'whatsapp') =>
  (await world.phone(number, channel).screen()).messages
    .filter(({ direction }) => direction === 'out')
    .map(({ text }) => text);

const put = (number: string, bytes: Buffer = pdf()) =>
  budi.upload(`/requests/${number}/files`, new Uint8Array(bytes), 'application/pdf');

async function attach(number: string) {
  const { body } = await put(number);
  const { file } = body.file as { file: string };
  return budi.act(number, 'result', { file });
}

describe('a request', () => {
  test('goes from filed through a refused document to handed over', async () => {
    const { number } = await world.file(CARD, { number: '+6281200000010' });
    expect((await budi.decide(number, 'take')).body).toMatchObject({
      state: 'verification',
      assignee: { id: 'op-budi', name: 'budi' },
    });
    expect(
      (
        await budi.act(number, 'verdict', {
          step: 'surat_polisi',
          verdict: 'refused',
          reason: 'Foto kabur, mohon difoto ulang',
        })
      ).status,
    ).toBe(200);
    expect((await budi.decide(number, 'ask-correction')).body).toMatchObject({ state: 'correction' });

    const citizen = world.phone('+6281200000010');
    const asked = await citizen.until(
      ({ state }) => state.expects === 'document',
      'a question for the photo',
    );
    expect(asked.messages.map(({ text }) => text).join('\n')).toContain('Foto kabur, mohon difoto ulang');
    await world.photo('+6281200000010');
    await citizen.until(({ state }) => state.expects === 'menu', 'the end of the correction');
    const again = (await budi.look(number)).body;
    expect(again.state).toBe('verification');
    expect(again.fields.find(({ id }) => id === 'surat_polisi')).toMatchObject({
      verdict: null,
      files: [{ contentType: 'image/jpeg' }],
    });
    expect(JSON.stringify(again.fields)).not.toContain('"police"');

    expect((await vera.decide(number, 'approve')).body).toMatchObject({ state: 'approved' });
    expect((await budi.decide(number, 'produce')).body).toMatchObject({ state: 'production' });
    const sent = await attach(number);
    expect(sent.body).toMatchObject({ state: 'production', result: [{ name: `${number}.pdf` }] });
    expect((await budi.act(number, 'pin', { pin: 'AB-1234' })).status).toBe(200);
    expect((await budi.decide(number, 'finish')).body).toMatchObject({ state: 'ready' });
    const done = await budi.decide(number, 'hand-over', { oldCard: false });
    expect(done.body).toMatchObject({ state: 'completed', actions: [] });
    expect(done.body.history.map(({ event }) => event)).toEqual([
      ...['submit', 'take', 'note', 'ask-correction', 'correct', 'approve'],
      ...['produce', 'attach', 'pin-sent', 'finish', 'hand-over'],
    ]);
    expect(done.body.history.at(-1)).toMatchObject({ by: 'budi', oldCard: false });
    expect((await world.audited(number)).map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'op-budi request.view',
      'op-budi request.take',
      'op-budi request.verdict',
      'op-budi request.ask-correction',
      'op-vera request.view',
      'op-vera request.approve',
      'op-budi request.produce',
      'op-budi request.upload',
      'op-budi request.attach',
      'op-budi request.pin',
      'op-budi request.finish',
      'op-budi request.hand-over',
    ]);
  });

  test('is decided by one of two who decide at the same time, and the other learns that it is stale', async () => {
    const { number } = await world.file();
    await vera.decide(number, 'take');
    const { version } = (await susi.look(number)).body;
    const both = await Promise.all([
      vera.post(`/requests/${number}/decide`, { version, decision: 'approve' }),
      susi.post(`/requests/${number}/decide`, { version, decision: 'reject', reason: 'KK tidak berlaku' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.error.code).toBe('STALE');
  });

  test('stays as it was looked at when a citizen mistypes the PIN', async () => {
    const filed = await world.file();
    const { version } = (await budi.look(filed.number)).body;
    await world.store.applications.update({ ...filed, version: filed.version + 1, pinFailures: 1 });
    const taken = await budi.post(`/requests/${filed.number}/decide`, { version, decision: 'take' });
    expect(taken.status).toBe(200);
  });

  test('is rejected, cancelled, returned and reopened only with a reason, which the citizen reads', async () => {
    const { number } = await world.file(CARD, { number: '+6281200000011' });
    await vera.decide(number, 'take');
    expect((await vera.decide(number, 'reject')).body.error.code).toBe('REASON_NEEDED');
    await vera.decide(number, 'reject', { reason: 'KTP masih berlaku' });
    expect((await said('+6281200000011')).at(-1)).toContain('KTP masih berlaku');
    expect((await susi.decide(number, 'reopen')).body.error.code).toBe('REASON_NEEDED');
    expect((await susi.decide(number, 'reopen', { reason: 'Kami keliru' })).body.state).toBe('verification');
    await vera.decide(number, 'approve');
    await budi.decide(number, 'produce');
    expect((await vera.decide(number, 'return')).body.error.code).toBe('REASON_NEEDED');
    expect((await vera.decide(number, 'return', { reason: 'Nama keliru' })).body.state).toBe('verification');
    expect((await budi.decide(number, 'cancel')).body.error.code).toBe('REASON_NEEDED');
    expect((await budi.decide(number, 'cancel', { reason: 'Atas permintaan' })).body.state).toBe('cancelled');
  });

  test('is not approved while a document is refused, and accepts at once what nobody looked at', async () => {
    const { number } = await world.file();
    await vera.decide(number, 'take');
    await vera.act(number, 'verdict', { step: 'surat_polisi', verdict: 'refused', reason: 'Kabur' });
    expect((await vera.look(number)).body.actions).toEqual(['ask-correction', 'reject', 'cancel']);
    expect((await vera.decide(number, 'approve')).body.error.code).toBe('NOT_POSSIBLE');
    await vera.act(number, 'verdict', { step: 'surat_polisi', verdict: null });
    const { body } = await vera.decide(number, 'approve');
    expect(body.history.at(-1)?.reason).toBe('Diterima sekaligus: Surat kehilangan polisi');
    const verdicts = body.fields.map(({ id, verdict }) => [id, verdict?.verdict]);
    expect(Object.fromEntries(verdicts)).toMatchObject({ surat_polisi: 'accepted', kk_foto: undefined });
  });

  test('is corrected in what the decision names, and a correction of nothing is refused', async () => {
    const { number } = await world.file();
    await budi.decide(number, 'take');
    expect((await budi.decide(number, 'ask-correction')).body.error.code).toBe('NOT_POSSIBLE');
    const refuse = (step: string) =>
      budi.decide(number, 'ask-correction', { refused: [{ step, reason: 'Salah ketik' }] });
    expect((await refuse('no_such_step')).body.error.code).toBe('INVALID_REQUEST');
    const { body } = await refuse('pemohon_nama');
    expect(body.fields.find(({ id }) => id === 'pemohon_nama')?.verdict).toMatchObject({
      reason: 'Salah ketik',
    });
    expect(body.history.at(-1)?.reason).toBe('Nama pemilik KTP: Salah ketik');
  });
});

describe('the result', () => {
  test('as a file goes to the chat at once, and finishing it leaves nothing to be picked up', async () => {
    const number = '+6281200000012';
    const filed = await world.file(
      { pemohon_nama: 'Joko', ambil_cara: 'pdf' },
      { number, what: 'akta-kelahiran' },
    );
    await vera.decide(filed.number, 'take');
    await vera.decide(filed.number, 'approve');
    await vera.decide(filed.number, 'produce');
    await attach(filed.number);
    const { messages } = await world.phone(number).screen();
    expect(messages.at(-1)?.media).toMatchObject([{ contentType: 'application/pdf' }]);
    expect(messages.at(-1)?.text).not.toContain('AB-1234');
    const { body } = await budi.decide(filed.number, 'finish');
    expect(body.state).toBe('completed');
    expect(body.history.at(-1)).toMatchObject({ event: 'hand-over', by: 'system' });
  });

  test('goes as an address to phones that take no files', async () => {
    const { number } = await world.file(CARD, { number: '+6281200000013', channel: 'sms' as never });
    await vera.decide(number, 'take');
    await vera.decide(number, 'approve');
    await vera.decide(number, 'produce');
    await attach(number);
    expect((await said('+6281200000013', 'sms')).join('\n')).toMatch(/\/f\/[\w-]{22}/);
  });

  test('is a whole PDF of this request’s own chat, not larger than 16 MB', async () => {
    const { number } = await world.file();
    const code = async (answer: ReturnType<typeof put>) => [
      (await answer).status,
      (await answer).body.error.code,
    ];
    const path = `/requests/${number}/files`;
    expect(await code(budi.upload(path, new Uint8Array(png()), 'image/png'))).toEqual([
      415,
      'UNSUPPORTED_FILE',
    ]);
    expect(await code(put(number, png()))).toEqual([415, 'UNSUPPORTED_FILE']);
    expect(await code(put(number, pdf().subarray(0, 40)))).toEqual([415, 'UNSUPPORTED_FILE']);
    expect(await code(put(number, Buffer.alloc(30 * 1024 * 1024)))).toEqual([413, 'TOO_LARGE']);
    expect(await code(put('KL-2611-9999-9'))).toEqual([404, 'NOT_FOUND']);

    const other = await world.file(CARD, { number: '+6281200000014' });
    const { file } = (await put(other.number)).body.file as { file: string };
    await vera.decide(number, 'take');
    await vera.decide(number, 'approve');
    await vera.decide(number, 'produce');
    expect((await budi.act(number, 'result', { file })).status).toBe(404);
    expect((await budi.act(number, 'result', { file: 'no-such-file' })).status).toBe(404);
    expect((await world.store.applications.find(number))?.result).toEqual([]);
  });

  test('is not sent before it is made', async () => {
    const { number } = await world.file();
    expect((await attach(number)).body.error.code).toBe('NOT_POSSIBLE');
    expect((await budi.act(number, 'pin', { pin: '123456' })).body.error.code).toBe('NOT_POSSIBLE');
  });

  test('has a PIN that is neither audited nor kept', async () => {
    const { number } = await world.file();
    await vera.decide(number, 'take');
    await vera.decide(number, 'approve');
    await vera.decide(number, 'produce');
    const { text } = await budi.act(number, 'pin', { pin: 'ZX-98765' });
    expect(text).not.toContain('ZX-98765');
    expect(JSON.stringify(await world.audited(number))).not.toContain('ZX-98765');
    expect(JSON.stringify(await world.store.applications.find(number))).not.toContain('ZX-98765');
  });
});

describe('what is shown', () => {
  test('is masked until it is revealed, for this request and session only', async () => {
    const { number } = await world.file({ ...CARD, pemohon_hp: '+6281234567890' });
    const masked = await budi.look(number);
    expect(masked.body.masked).toBe(true);
    expect(masked.text).not.toMatch(/6472015708900003|6472010112150007|6281234567890|Siti\.jpg/);
    expect(masked.body.fields.every(({ copy }) => copy === null)).toBe(true);
    const { key } = (await budi.post(`/requests/${number}/reveal`)).body;
    const shown = await budi.look(number, { 'x-reveal': key });
    expect(shown.body.masked).toBe(false);
    expect(Object.fromEntries(shown.body.fields.map(({ id, copy }) => [id, copy]))).toEqual({
      keadaan: 'HILANG',
      pemohon_nama: 'SITI RAHMAWATI',
      pemohon_nik: '6472015708900003',
      pemohon_kk: '6472010112150007',
      pemohon_hp: '081234567890',
      surat_polisi: null,
      kk_foto: null,
    });
    expect((await vera.look(number, { 'x-reveal': key })).body.masked).toBe(true);
    const other = await world.file();
    expect((await budi.look(other.number, { 'x-reveal': key })).body.masked).toBe(true);
    expect(await world.audited(number)).toContainEqual({
      ...{ actor: 'op-budi', action: 'request.reveal', details: {} },
    });
  });

  test('hides private answers, and writes dates as SIAK wants them', async () => {
    const { number } = await world.file(
      { ibu_nama: 'Kartini Dewi', anak_tanggal_lahir: '2026-05-12' },
      { what: 'akta-kelahiran' },
    );
    const masked = await budi.look(number);
    expect(masked.text).not.toContain('Kartini');
    const { key } = (await budi.post(`/requests/${number}/reveal`)).body;
    const shown = (await budi.look(number, { 'x-reveal': key })).body;
    expect(shown).toMatchObject({ form: 'F-2.01', promise: 'P1D', delivery: ['pdf', 'kiosk', 'pickup'] });
    expect(shown.fields.map(({ id, copy }) => [id, copy])).toEqual([
      ['anak_tanggal_lahir', '12-05-2026'],
      ['ibu_nama', 'KARTINI DEWI'],
    ]);
  });

  test('of the list is due soonest first, tells what is late, and goes on page by page', async () => {
    const mine = await world.login('mira');
    const filed = [];
    for (let i = 0; i < 3; i++) {
      world.clock.set(START + i * 60_000);
      filed.push((await world.file()).number);
    }
    for (const number of filed) await mine.decide(number, 'take');
    world.clock.set(START + DAY_MS + 30_000);
    const { body } = await mine.get('/requests?states=verification&assignee=me');
    expect(body.requests.map(({ number, isLate }) => [number, isLate])).toEqual([
      [filed[0], true],
      [filed[1], false],
      [filed[2], false],
    ]);
    expect(body.next).toBeNull();
    expect(body.requests[0]).toMatchObject({ title: 'KTP hilang atau rusak', channel: 'whatsapp' });
    const first = body.requests[0];
    const rest = await mine.get(
      `/requests?states=verification&assignee=me&after=${first?.dueAt}:${first?.number}`,
    );
    expect(rest.body.requests.map(({ number }) => number)).toEqual(filed.slice(1));
    expect(body.counts.find(({ state }) => state === 'verification')?.late).toBeGreaterThan(0);
  });

  test('of the list is refused for a query that makes no sense', async () => {
    for (const query of ['states=nope', 'after=yesterday', 'service=a&service=b']) {
      expect((await budi.get(`/requests?${query}`)).body.error.code).toBe('INVALID_REQUEST');
    }
  });

  test('names other requests of the same person, also those filed from another phone', async () => {
    const nik = { pemohon_nik: '6472011203910001' };
    const one = await world.file({ ...CARD, ...nik }, { number: '+6281200000021' });
    const two = await world.file({ ...CARD, ...nik }, { number: '+6281200000022' });
    expect((await budi.look(one.number)).body.others.map(({ number }) => number)).toEqual([two.number]);
  });
});

describe('finding', () => {
  const find = (text: string) => budi.post('/requests/find', { text });

  test('takes a number as people type it, a receipt’s code, and the address in its QR code', async () => {
    const { number } = await world.file();
    const code = '0123456789G';
    const { codeFromHash } = await import('../../src/documents/code.ts');
    const real = codeFromHash(world.store.sealer.hash('receipt-code', code));
    await world.store.issued.issue({
      ...{ code: real, kind: 'receipt', application: number, issuedAt: START, sha256: '0'.repeat(64) },
    });
    const typed = [
      number,
      number.toLowerCase().replaceAll('-', ' '),
      real.toLowerCase(),
      `${world.url}/v/${real}`,
    ];
    for (const text of typed) expect((await find(text)).body).toEqual({ number });
    expect((await find('KL-2611-9999-9')).status).toBe(404);
    expect((await find('halo')).status).toBe(404);
  });
});

describe('many at once', () => {
  test('are done one by one, each with its own answer', async () => {
    const fresh = await world.file();
    const taken = await world.file();
    await vera.decide(taken.number, 'take');
    const ask = (decision: string, more = {}) =>
      budi.post('/requests/bulk', {
        ...{ decision, ...more },
        requests: [
          { number: fresh.number, version: 1 },
          { number: taken.number, version: 1 },
          { number: 'KL-2611-9999-9', version: 1 },
        ],
      });
    expect((await ask('take')).body.results).toEqual([
      { number: fresh.number, ok: true, error: null },
      { number: taken.number, ok: false, error: 'STALE' },
      { number: 'KL-2611-9999-9', ok: false, error: 'NOT_FOUND' },
    ]);
    const approve = { decision: 'approve', requests: [{ number: fresh.number, version: 2 }] };
    expect((await budi.post('/requests/bulk', approve)).body.results).toMatchObject([{ error: 'FORBIDDEN' }]);
    expect((await vera.post('/requests/bulk', approve)).body.results).toMatchObject([{ ok: true }]);
  });
});

describe('roles', () => {
  test('decide what one may do, and the view lists nothing else', async () => {
    const { number } = await world.file();
    await budi.decide(number, 'take');
    expect((await budi.look(number)).body.actions).toEqual(['ask-correction', 'cancel']);
    expect((await budi.decide(number, 'approve')).body.error.code).toBe('FORBIDDEN');
    expect((await budi.decide(number, 'reject', { reason: 'x' })).body.error.code).toBe('FORBIDDEN');
    expect((await budi.decide(number, 'produce')).body.error.code).toBe('NOT_POSSIBLE');
    expect((await vera.look(number)).body.actions).toEqual(['ask-correction', 'approve', 'reject', 'cancel']);
    await vera.decide(number, 'reject', { reason: 'Bukan warga kami' });
    expect((await vera.decide(number, 'reopen', { reason: 'x' })).body.error.code).toBe('FORBIDDEN');
  });

  test('let everybody take work, and a supervisor give it to others', async () => {
    const { number } = await world.file();
    expect((await budi.act(number, 'assign', { to: 'op-vera' })).body.error.code).toBe('FORBIDDEN');
    expect((await budi.act(number, 'assign', { to: 'op-budi' })).body.assignee).toEqual({
      ...{ id: 'op-budi', name: 'budi' },
    });
    expect((await susi.act(number, 'assign', { to: 'op-vera' })).body.assignee?.name).toBe('vera');
    expect((await susi.act(number, 'assign', { to: 'op-nobody' })).status).toBe(404);
    expect((await budi.act(number, 'assign', { to: null })).body.assignee).toBeNull();
  });

  test('of admin and auditor see no request, and nobody sees a forged one', async () => {
    const { number } = await world.file();
    for (const role of ['admin', 'auditor'] as const) {
      const desk = await world.login(`the-${role}`, role);
      for (const answer of [
        await desk.get('/requests'),
        await desk.look(number),
        await desk.post(`/requests/${number}/reveal`),
        await desk.post(`/requests/${number}/decide`, { version: 1, decision: 'take' }),
        await desk.post('/requests/find', { text: number }),
        await desk.upload(`/requests/${number}/files`, new Uint8Array(pdf()), 'application/pdf'),
      ])
        expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN']);
    }
    expect((await world.store.applications.find(number))?.state).toBe('submitted');
    for (const forged of ['KL-2611-9999-9', '..%2f..%2fsecret', '%00'])
      for (const answer of [
        await susi.look(forged),
        await susi.post(`/requests/${forged}/reveal`),
        await susi.post(`/requests/${forged}/decide`, { version: 1, decision: 'take' }),
      ])
        expect([answer.status, answer.body.error.code]).toEqual([404, 'NOT_FOUND']);
  });
});

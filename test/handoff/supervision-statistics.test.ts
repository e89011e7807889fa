import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Statistics } from '../../src/handoff/schemas/supervision.ts';
import { formatCsv } from '../../src/handoff/supervision/csv.ts';
import { readPeriod } from '../../src/handoff/supervision/period.ts';
import { describeWaits } from '../../src/handoff/supervision/waits.ts';
import { type Counter, openCounter, START } from './counter.ts';
import { DAY, fileApplication, HOUR, openSupervisor } from './supervision-world.ts';

let counter: Counter;
let rina: Awaited<ReturnType<typeof openSupervisor>>;
beforeEach(async () => {
  counter = await openCounter();
  rina = await openSupervisor(counter);
});
afterEach(() => counter.close());

/** START is Monday 23 November, 10.00 in Makassar. */
const TODAY = '2026-11-23';
const look = (query = '') => rina.read<Statistics>(`/api/statistics${query}`);
const today = ({ days }: Statistics) => days.find(({ day }) => day === TODAY);
const act = (action: string, details: object = {}, { actor = 'op-siti', at = START } = {}) =>
  counter.store.audit.append({ at, actor, action, subject: 'talk', details: { ...details } });
const happened = (event: 'approve' | 'produce' | 'attach' | 'finish' | 'return', at: number) => ({
  ...{ at, event, by: { id: 'op-siti', name: 'Siti' } },
  state: event === 'finish' ? ('ready' as const) : ('production' as const),
});

describe('a period', () => {
  const read = (query: object) => readPeriod(query, { now: START, timeZone: 'Asia/Makassar' });

  test('is the last 30 days when none is named', () => {
    const { from, until, days } = read({});
    expect([from, until, days.length]).toEqual(['2026-10-25', TODAY, 30]);
  });

  test('knows the day of an instant by the clock of the office', () => {
    const { indexOf, startAt, endAt } = read({ from: '2026-11-22', until: '2026-11-23' });
    expect(startAt).toBe(Date.UTC(2026, 10, 21, 16));
    expect([startAt - 1, startAt, startAt + DAY - 1, startAt + DAY, endAt - 1, endAt].map(indexOf)).toEqual([
      -1, 0, 0, 1, 1, -1,
    ]);
  });

  test('keeps days apart where the clocks change', () => {
    const { indexOf, startAt } = readPeriod(
      { from: '2026-10-24', until: '2026-10-26' },
      { now: START, timeZone: 'Europe/Berlin' },
    );
    expect([startAt + 49 * HOUR - 1, startAt + 49 * HOUR].map(indexOf)).toEqual([1, 2]);
  });

  test.each([
    ['more than 366 days', '?from=2025-11-22&until=2026-11-23'],
    ['an end before its beginning', '?from=2026-11-24&until=2026-11-23'],
    ['what is no day', '?from=2026-02-30'],
    ['what is no date', '?from=kemarin'],
    ['two of them', '?from=2026-11-01&from=2026-11-02'],
  ])('is refused for %s', async (_why, query) => {
    for (const path of ['/api/statistics', '/api/statistics/days'])
      expect(await rina.get(path + query)).toMatchObject({
        status: 400,
        body: { error: { code: 'INVALID_REQUEST' } },
      });
  });

  test('may be a whole leap year', async () => {
    expect((await look('?from=2027-12-31&until=2028-12-30')).days).toHaveLength(366);
  });
});

describe('the work of operators', () => {
  test('is counted by operator and by day, with what people waited', async () => {
    await counter.addOperator('siti');
    await counter.addOperator('budi');
    await counter.addOperator('tono');
    await act('conversation.claim', { waitedMs: 60_000, reason: 'asked' });
    await act('conversation.claim', { waitedMs: 180_000 });
    await act('conversation.open', { service: null });
    await act('conversation.reply');
    await act('conversation.resolve');
    await act('conversation.ask', {}, { actor: 'op-budi' });
    await act('request.approve', {}, { actor: 'op-budi' });
    await act('request.view', {}, { actor: 'op-budi' });
    const figures = await look();
    const waits = { count: 2, medianMs: 60_000, p90Ms: 180_000 };
    const nobody = { count: 0, medianMs: null, p90Ms: null };
    expect(figures.operators).toEqual([
      { id: 'op-budi', name: 'Budi', claims: 0, replies: 0, resolved: 1, decisions: 1, waits: nobody },
      { id: 'op-siti', name: 'Siti', claims: 3, replies: 1, resolved: 1, decisions: 0, waits },
    ]);
    expect(today(figures)).toMatchObject({ resolved: 2, waits });
  });

  test('outside of the period is not counted', async () => {
    await counter.addOperator('siti');
    await act('conversation.reply', {}, { at: START - DAY });
    await act('conversation.reply', {}, { at: START + DAY });
    expect((await look(`?from=${TODAY}&until=${TODAY}`)).operators).toEqual([]);
    expect((await look(`?from=2026-11-22&until=2026-11-22`)).operators).toMatchObject([{ replies: 1 }]);
  });

  test('is counted beyond one page of the log', async () => {
    await counter.addOperator('siti');
    await Promise.all(Array.from({ length: 1203 }, () => act('conversation.reply')));
    expect((await look()).operators).toMatchObject([{ replies: 1203 }]);
  });
});

describe('waits', () => {
  test('are told by times that somebody waited', () => {
    expect(describeWaits([])).toEqual({ count: 0, medianMs: null, p90Ms: null });
    expect(describeWaits([7])).toEqual({ count: 1, medianMs: 7, p90Ms: 7 });
    expect(describeWaits([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])).toEqual({ count: 10, medianMs: 5, p90Ms: 9 });
  });
});

describe('promises', () => {
  const birth = ({ services }: Statistics) => services.find(({ service }) => service === 'akta-kelahiran');
  const service = async (query = '') => birth(await look(query));

  test('are kept when the result is there in time, and broken after', async () => {
    const done = (at: number) =>
      fileApplication(counter, { state: 'ready', history: [happened('finish', at)] });
    await done(START + DAY);
    await done(START + DAY + 1);
    await fileApplication(counter, { state: 'production', history: [happened('attach', START + HOUR)] });
    await fileApplication(counter, { state: 'approved', history: [happened('approve', START)] });
    const figures = await look(`?from=${TODAY}&until=2026-11-25`);
    expect(birth(figures)).toMatchObject({ submitted: 4, kept: 2, broken: 1, overdue: 0 });
    expect(figures.days.map(({ submitted, completed }) => [submitted, completed])).toEqual([
      [4, 1],
      [0, 2],
      [0, 0],
    ]);
  });

  test('are not kept by a result that was taken back', async () => {
    const history = [happened('attach', START), happened('return', START + HOUR)];
    await fileApplication(counter, { state: 'verification', history });
    expect(await service()).toMatchObject({ submitted: 1, kept: 0, broken: 0 });
  });

  test('of what was filed before count on the day it is done', async () => {
    const old = { submittedAt: START - 10 * DAY, dueAt: START - 9 * DAY };
    await fileApplication(counter, { ...old, state: 'ready', history: [happened('finish', START)] });
    expect(await service(`?from=${TODAY}&until=${TODAY}`)).toMatchObject({
      submitted: 0,
      kept: 0,
      broken: 1,
    });
  });

  test('that are late now are told apart from those that wait for the citizen', async () => {
    const late = { dueAt: START - 1 };
    await fileApplication(counter, late);
    await fileApplication(counter, { ...late, state: 'verification' });
    await fileApplication(counter, { ...late, state: 'correction' });
    await fileApplication(counter, { ...late, state: 'completed' });
    await fileApplication(counter, { dueAt: START });
    const figures = await look();
    expect(birth(figures)).toMatchObject({ overdue: 2 });
    expect(figures.open).toMatchObject({ requests: 3, late: 2 });
  });

  test('are counted beyond one page of applications', async () => {
    for (let i = 0; i < 205; i += 1) await fileApplication(counter, { dueAt: START - DAY + (i % 3) });
    expect(await service()).toMatchObject({ submitted: 205, overdue: 205 });
  });
});

describe('what is open now', () => {
  test('counts a claim that has run out as waiting', async () => {
    const claimed = {
      status: 'claimed',
      since: START,
      reason: 'asked',
      operator: { id: 'a', name: 'A' },
    } as const;
    await counter.talks.add({ id: 'a' });
    await counter.talks.add({ id: 'b', attention: { ...claimed, until: START + 1 } });
    await counter.talks.add({ id: 'c', attention: { ...claimed, until: START } });
    expect((await look()).open).toMatchObject({ waiting: 2, claimed: 1 });
  });
});

describe('the funnel', () => {
  test('tells in the order of the form how many were asked and how many were handed off', async () => {
    const count = (name: string, number: number, day = TODAY) => ({ day, name, count: number });
    await counter.store.counts.add([
      count('begun:akta-kelahiran', 10),
      count('asked:akta-kelahiran:pemohon_kk', 6),
      count('asked:akta-kelahiran:pemohon_nik', 9, '2026-11-22'),
      count('handoff:akta-kelahiran:pemohon_nik:not-understood', 2),
      count('handoff:akta-kelahiran:pemohon_nik:asked', 1),
      count('handoff:-:-:asked', 4, '2026-11-22'),
      count('filed:akta-kelahiran', 5),
      count('begun:gone-service', 5),
      count('begun:akta-kelahiran', 100, '2026-10-01'),
    ]);
    const figures = await look();
    expect(figures.funnel).toMatchObject([
      {
        service: 'akta-kelahiran',
        begun: 10,
        filed: 5,
        steps: [
          { step: 'pemohon_nik', label: 'NIK pemohon', asked: 9, handoffs: 3 },
          { step: 'pemohon_kk', asked: 6, handoffs: 0 },
        ],
      },
    ]);
    expect(figures.days.slice(-2).map(({ handoffs }) => handoffs)).toEqual([4, 3]);
  });
});

describe('the figures', () => {
  test('are read once for a look and its files, and anew half a minute later', async () => {
    await counter.addOperator('siti');
    await act('conversation.reply');
    await look();
    await act('conversation.reply');
    expect((await look()).operators).toMatchObject([{ replies: 1 }]);
    counter.wait(30_000);
    expect((await look()).operators).toMatchObject([{ replies: 2 }]);
  });

  test('name no citizen', async () => {
    await counter.talks.add({ id: 'talk', address: '+6281234567890' }, [{ text: 'NIK 6408041205909901' }]);
    await fileApplication(counter, { answers: { pemohon_nik: { v: '6408041205909901' } }, pin: '654321' });
    const pages = ['', '/days', '/services', '/operators', '/funnel'];
    const texts = await Promise.all(
      pages.map(async (page) => (await rina.get(`/api/statistics${page}`)).text),
    );
    expect(texts.join()).not.toMatch(/6408041205909901|81234567890|654321/);
  });
});

describe('a table as a file', () => {
  test.each([
    ['days', 'tanggal,permohonan_masuk,permohonan_selesai,ke_petugas,percakapan_selesai,jumlah_menunggu,'],
    ['services', 'layanan,nama,masuk,tepat_waktu,terlambat,lewat_waktu_sekarang'],
    ['operators', 'petugas,diambil,balasan,percakapan_selesai,keputusan,jumlah_menunggu,'],
    ['funnel', 'layanan,nama,langkah,pertanyaan,ditanya,ke_petugas'],
  ])('%s opens in a spreadsheet', async (table, head) => {
    const answer = await rina.get(`/api/statistics/${table}?from=2026-11-22&until=${TODAY}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename=${table}-2026-11-22-${TODAY}.csv`,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.text.split('\r\n')[0]).toContain(head);
  });

  test('has a line for each day, times in seconds', async () => {
    await counter.addOperator('siti');
    await act('conversation.claim', { waitedMs: 90_400 });
    await fileApplication(counter);
    const { text } = await rina.get(`/api/statistics/days?from=2026-11-22&until=${TODAY}`);
    expect(text.split('\r\n').slice(1)).toEqual([`2026-11-22,0,0,0,0,0,,`, `${TODAY},1,0,0,0,1,90,90`, '']);
  });

  test('cannot make a spreadsheet run a name', async () => {
    await counter.addOperator('siti', { name: '=HYPERLINK("http://x","Siti")' });
    await act('conversation.reply');
    const { text } = await rina.get('/api/statistics/operators');
    expect(text).toContain('"\'=HYPERLINK(""http://x"",""Siti"")",0,1,');
  });

  test('has its quotes, line ends and mark of byte order as RFC 4180 and Excel want them', () => {
    expect(
      formatCsv(
        ['a', 'b'],
        [
          ['x,y', 'say "ya"'],
          [-1, null],
          ['-1', '@x'],
          ['+1', '\tz'],
          ['a\nb', 'é'],
        ],
      ),
    ).toBe('\uFEFFa,b\r\n"x,y","say ""ya"""\r\n-1,\r\n\'-1,\'@x\r\n\'+1,\'\tz\r\n"a\nb",é\r\n');
  });

  test('that there is not is not found', async () => {
    expect((await rina.get('/api/statistics/citizens')).status).toBe(404);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Audit, AuditCheck } from '../../src/handoff/schemas/supervision.ts';
import { createAuditEndpoints } from '../../src/handoff/supervision/audit-endpoints.ts';
import { type Counter, type createBrowser, openCounter, START } from './counter.ts';

const DAY = 24 * 3_600_000;

let counter: Counter;
let auditor: ReturnType<typeof createBrowser>;
beforeEach(async () => {
  counter = await openCounter();
  await counter.addOperator('siti');
  await counter.addOperator('wati', { role: 'auditor' });
  auditor = await counter.login('wati');
});
afterEach(() => counter.close());

const write = (line: { at?: number; actor?: string; action?: string; subject?: string; details?: object }) =>
  counter.store.audit.append({
    ...{ at: START, actor: 'op-siti', action: 'conversation.claim', subject: 'talk' },
    ...line,
    details: { ...line.details },
  });
const ask = async (query = '') => JSON.parse((await auditor.get(`/api/audit${query}`)).text) as Audit;
const seqs = async (query: string) => (await ask(query)).lines.map(({ seq }) => seq);

describe('the audit log', () => {
  test('is told newest first, with the names of operators and the details as JSON', async () => {
    await write({ actor: 'system', action: 'operator.add', subject: 'op-siti' });
    await write({ details: { waitedMs: 61_000, reason: 'asked' } });
    const { lines, next } = await ask();
    expect(next).toBeNull();
    expect(lines).toMatchObject([
      { seq: 2, actor: 'op-siti', name: 'Siti', details: '{"waitedMs":61000,"reason":"asked"}' },
      { seq: 1, actor: 'system', name: null, details: '{}' },
    ]);
    expect(lines[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('comes in pages of a hundred', async () => {
    for (let i = 0; i < 201; i += 1) await write({});
    const first = await ask();
    expect(first.lines).toHaveLength(100);
    const second = await ask(`?before=${first.next}`);
    const third = await ask(`?before=${second.next}`);
    expect(third.lines.map(({ seq }) => seq)).toEqual([1]);
    expect(third.next).toBeNull();
    expect(second.lines[0]?.seq).toBe(101);
  });

  test('ends with a full page when there is no more', async () => {
    for (let i = 0; i < 100; i += 1) await write({});
    expect((await ask()).next).toBeNull();
  });

  test('is looked through by actor, action, subject and day', async () => {
    await write({ at: START - DAY });
    await write({ action: 'conversation.reply' });
    await write({ actor: 'cli', action: 'operator.disable', subject: 'op-siti' });
    await write({ subject: 'other' });
    expect(await seqs('?actor=op-siti')).toEqual([4, 2, 1]);
    expect(await seqs('?actor=SITI')).toEqual([4, 2, 1]);
    expect(await seqs('?actor=cli')).toEqual([3]);
    expect(await seqs('?action=conversation.reply,operator.disable')).toEqual([3, 2]);
    expect(await seqs('?subject=talk')).toEqual([2, 1]);
    expect(await seqs('?subject=talk&action=conversation.reply')).toEqual([2]);
    expect(await seqs('?from=2026-11-23')).toEqual([4, 3, 2]);
    expect(await seqs('?until=2026-11-22')).toEqual([1]);
    expect(await seqs('?actor=&action=&subject=&from=&until=')).toEqual([4, 3, 2, 1]);
  });

  test('counts days by the clock of the office', async () => {
    // Midnight in Makassar is 16.00 UTC of the day before.
    await write({ at: Date.UTC(2026, 10, 22, 15, 59) });
    await write({ at: Date.UTC(2026, 10, 22, 16, 0) });
    expect(await seqs('?from=2026-11-23')).toEqual([2]);
    expect(await seqs('?until=2026-11-22')).toEqual([1]);
  });

  test.each(['?from=yesterday', '?until=2026-02-30', '?before=x', '?before=-1', '?actor=a&actor=b'])(
    'refuses a question that makes no sense: %s',
    async (query) => {
      expect(await auditor.get(`/api/audit${query}`)).toMatchObject({
        status: 400,
        body: { error: { code: 'INVALID_REQUEST' } },
      });
    },
  );
});

describe('the check of the log', () => {
  const check = async () => JSON.parse((await auditor.get('/api/audit/check')).text) as AuditCheck;

  test('tells how many lines hold', async () => {
    await write({});
    await write({});
    expect(await check()).toEqual({ ok: true, entries: 2, brokenAt: null });
  });

  test('tells where it is broken', async () => {
    const { audit } = counter.store;
    audit.verify = async () => ({ ok: false, brokenAt: 7 });
    expect(await check()).toEqual({ ok: false, entries: null, brokenAt: 7 });
  });

  test('reads the log once for all who ask at the same time', async () => {
    let readings = 0;
    const verify = async () => {
      readings += 1;
      return { ok: true, entries: 5 } as const;
    };
    const { audit, operators } = counter.store;
    const endpoints = createAuditEndpoints({
      audit: { ...audit, verify },
      operators,
      office: { timeZone: 'UTC' },
    });
    const run = endpoints.find(({ path }) => path === '/audit/check')
      ?.run as unknown as () => Promise<AuditCheck>;
    expect((await Promise.all([run(), run()])).map(({ entries }) => entries)).toEqual([5, 5]);
    expect(readings).toBe(1);
    await run();
    expect(readings).toBe(2);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCorrectHandler } from '../../src/applications/correct.ts';
import { createMarks } from '../../src/applications/marks.ts';
import type { Application, ApplicationState } from '../../src/applications/ports.ts';
import { createApplicationSearch } from '../../src/applications/search.ts';
import type { Json } from '../../src/json.ts';
import { realFlows } from '../conversation/world.ts';
import { contextOf, openTestStore } from '../pickup/world.ts';

const flows = realFlows();
const NOW = 5_000_000;
let test: Awaited<ReturnType<typeof openTestStore>>;
let serial: number;
beforeEach(async () => {
  test = await openTestStore();
  serial = 0;
});
afterEach(() => test.close());

const marks = () => createMarks({ hash: test.store.sealer.hash, flows });
const search = () =>
  createApplicationSearch({ applications: test.store.applications, marks: marks(), flows });
const answersOf = (values: { [step: string]: Json }) =>
  Object.fromEntries(Object.entries(values).map(([step, v]) => [step, { v }]));

const SITI = {
  pemohon_nama: 'Siti Nur Rahmawati',
  pemohon_nik: '6472015708900003',
  pemohon_kk: '6472010112150007',
};

async function file(values: { [step: string]: Json } = SITI, more: Partial<Application> = {}) {
  serial += 1;
  const answers = answersOf(values);
  const service = 'ktp-hilang-rusak';
  return test.store.applications.create({
    ...{
      series: 'KT-2611',
      numberFor: (n) => `KT-2611-000${n}-0`,
      filedBy: `c:${serial}`,
      conversation: 'c1',
    },
    ...{ service, state: 'correction', answers, pin: '123456', submittedAt: serial, dueAt: 2 },
    ...{ pinFailures: 0, pinLockedUntil: 0, marks: marks().of({ service, answers }), ...more },
  });
}

async function correct(
  number: string,
  values: { [step: string]: Json },
  conversation = 'c1',
  promise = true,
) {
  const { applications, hub } = test.store;
  const handler = createCorrectHandler({
    ...{ applications, hub, marks: marks(), clock: { now: () => NOW } },
    serviceFacts: () => (promise ? { promise: 'P2D' } : undefined),
    addWorkingDays: (from, n) => from + n * 1000,
  });
  const effect = { id: 'c1.5.0', type: 'correct', params: { number, answers: answersOf(values) } };
  return (await handler.run(effect, contextOf(conversation))).result;
}

describe('a correction', () => {
  it('puts the new answers in, opens their verdicts and counts the promise anew', async () => {
    const filed = await file();
    const by = { id: 'op', name: 'Op' };
    await test.store.applications.update({
      ...{ ...filed, version: 2 },
      verdicts: {
        pemohon_nik: { verdict: 'refused', reason: 'Salah', by, at: 1 },
        pemohon_kk: { verdict: 'accepted', by, at: 1 },
      },
    });
    const result = await correct(filed.number, { pemohon_nik: '6472011203910001' });
    expect(result).toEqual({ ok: true, dueAt: NOW + 2000 });
    expect(await test.store.applications.find(filed.number)).toMatchObject({
      state: 'verification',
      answers: { ...answersOf(SITI), pemohon_nik: { v: '6472011203910001' } },
      verdicts: { pemohon_kk: { verdict: 'accepted' } },
      dueAt: NOW + 2000,
      history: [{ event: 'correct', by: 'citizen', at: NOW, state: 'verification' }],
    });
    expect((await test.store.applications.find(filed.number))?.verdicts).not.toHaveProperty('pemohon_nik');
  });

  it('is found by its new number, and no longer by the old one', async () => {
    const { number } = await file();
    await correct(number, { pemohon_nik: '6472011203910001' });
    expect(await search().findByText('6472011203910001')).toHaveLength(1);
    expect(await search().findByText('6472015708900003')).toEqual([]);
  });

  it('happens once, however often it is run', async () => {
    const { number } = await file();
    const first = await correct(number, { pemohon_nama: 'Siti Rahma' });
    expect(await correct(number, { pemohon_nama: 'Siti Rahma' })).toEqual(first);
    expect((await test.store.applications.find(number))?.history).toHaveLength(1);
  });

  it.each<ApplicationState>(['cancelled', 'expired', 'rejected', 'verification'])(
    'of an application that is %s is too late',
    async (state) => {
      const { number } = await file(SITI, { state });
      expect(await correct(number, { pemohon_nama: 'Budi' })).toEqual({ ok: false, reason: 'closed' });
      expect((await test.store.applications.find(number))?.answers).toEqual(answersOf(SITI));
    },
  );

  it('changes nobody else’s application, and none that does not exist', async () => {
    const { number } = await file();
    expect(await correct(number, { pemohon_nama: 'Budi' }, 'c2')).toEqual({ ok: false, reason: 'closed' });
    expect(await correct('KT-2611-9999-0', {})).toEqual({ ok: false, reason: 'closed' });
    expect((await test.store.applications.find(number))?.state).toBe('correction');
  });

  it('keeps the time that was promised when the service has left flows.yaml', async () => {
    const { number } = await file();
    expect(await correct(number, { pemohon_nama: 'Budi' }, 'c1', false)).toEqual({ ok: true, dueAt: 2 });
  });
});

describe('applications', () => {
  it('are found by NIK, KK number and all words of a name, however they are written', async () => {
    const { number } = await file();
    await file({ ...SITI, pemohon_nama: 'Siti Aminah', pemohon_nik: '6472011203910001' });
    const found = async (text: string) => (await search().findByText(text)).map((one) => one.number);
    expect(await found('6472 0157 0890 0003')).toEqual([number]);
    expect(await found('6472010112150007')).toHaveLength(2);
    expect(await found('rahmáwati, SITI')).toEqual([number]);
    expect(await found('siti')).toHaveLength(2);
    expect(await found('siti budi')).toEqual([]);
    expect(await found('al')).toEqual([]);
    expect(await found('')).toEqual([]);
  });

  it('carry marks that tell nothing without the office’s key', async () => {
    const { marks: carried } = await file();
    expect(carried).toHaveLength(5);
    expect(carried.every((mark) => /^[0-9a-f]{32}$/.test(mark))).toBe(true);
  });

  it('belong together by the chat or the NIK of the applicant, the latest first', async () => {
    const one = await file();
    const two = await file(SITI, { conversation: 'elsewhere' });
    const three = await file({ ...SITI, pemohon_nik: '6472011203910001' });
    await file({ ...SITI, pemohon_nik: '6472011203910002' }, { conversation: 'stranger' });
    const related = await search().findRelated(one);
    expect(related.map(({ number }) => number)).toEqual([three.number, two.number]);
  });
});

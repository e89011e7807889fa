import { describe, expect, it } from 'vitest';
import type { Application } from '../src/applications/ports.ts';
import { getFlows, getOffice } from '../src/cli/flows-file.ts';
import { createFormFacts } from '../src/form-facts.ts';

const root = new URL('../', import.meta.url).pathname;
const application = {
  number: 'KT-2611-0001-7',
  service: 'ktp-hilang-rusak',
  answers: { keadaan: { v: 'rusak' }, pemohon_nama: { v: 'Ayu', w: ['one-word'] } },
} as unknown as Application;
const office = getOffice(`${root}office.yaml`);
const facts = createFormFacts({
  flows: getFlows(`${root}flows.yaml`),
  office,
  applications: { find: async (number) => (number === application.number ? application : undefined) },
  clock: { now: () => Date.UTC(2026, 10, 23) },
});

describe('facts of a form', () => {
  it('come from an application, with its number and the office', async () => {
    const found = await facts.ofApplication(application.number, 'F-1.02');
    expect(found).toMatchObject({
      code: 'F-1.02',
      application: 'KT-2611-0001-7',
      values: { pemohon_nama: 'Ayu', ktp: ['rusak'], lampiran: ['ktp_rusak'] },
      office: { name: office.name, timeZone: office.timeZone },
    });
  });

  it('come from a draft, without a number', () => {
    const found = facts.ofDraft('ktp-hilang-rusak', { pemohon_nama: { v: 'Ayu' } }, 'F-1.02');
    expect(found.values).toEqual({ pemohon_nama: 'Ayu' });
    expect(found).not.toHaveProperty('application');
  });

  it('of a service or form that is not filled are the office alone', () => {
    expect(facts.ofDraft('gone', {}, 'F-1.02').values).toEqual({});
    expect(facts.ofDraft('ktp-hilang-rusak', {}, 'F-2.04').values).toEqual({});
  });

  it('are not there for a number that was never given', async () => {
    await expect(facts.ofApplication('XX-2611-0001-7', 'F-1.02')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('name the forms of a service', () => {
    expect(facts.formsOf('akta-kelahiran')).toEqual(['F-2.01', 'F-2.03', 'F-2.04', 'F-1.07']);
    expect(facts.formsOf('cek-status')).toEqual([]);
  });
});

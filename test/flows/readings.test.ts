import { describe, expect, it } from 'vitest';
import {
  agrees,
  documentAnswer,
  ELEMENT_ASKS,
  mismatches,
  proposalFor,
  readingsIn,
  valuesRead,
} from '../../src/flows/readings.ts';
import { type Service, serviceSchema } from '../../src/flows/schema.ts';
import type { Answers, Talk } from '../../src/flows/talk.ts';
import { READINGS } from '../../src/flows/vocabulary.ts';

const words = { id: 'x', en: 'x' };
const asks = (id: string, ask: string, more = {}) => ({ id, ask, text: words, label: words, ...more });
const service: Service = serviceSchema.parse({
  title: words,
  mode: 'online',
  examples: ['x'],
  outcome: 'application',
  steps: [
    asks('ktp', 'document', { reads: { kind: 'ktp', fields: { nik: 'nik', name: 'nama' } } }),
    asks('kk', 'document', { reads: { kind: 'kk', fields: { nik: 'nik' } } }),
    asks('nama', 'name'),
    asks('nik', 'nik', { optional: true }),
    asks('rahasia', 'name', { private: true }),
    asks('surat', 'document', { reads: { kind: 'surat-lahir', fields: { 'mother-name': 'rahasia' } } }),
  ],
});

const photo = (readings: { [element: string]: string }) =>
  documentAnswer(
    ['f'],
    Object.entries(readings).map(([element, value]) => ({ element, value, confidence: 0.8 })),
  );
const talk = (answers: Answers, more: Partial<Talk> = {}): Talk => ({
  language: 'id',
  answers,
  misses: 0,
  ...more,
});
const proposed = (answers: Answers, step: string, more: Partial<Talk> = {}) => {
  const asked = service.steps.find(({ id }) => id === step);
  if (!asked) throw new Error(step);
  return proposalFor(service, talk(answers, more), asked, 0);
};

const ONE = '6472015708900003';
const OTHER = '6472015708900004';

describe('what was read off photos', () => {
  it('has a kind of step for every element', () => {
    const elements = Object.values(READINGS).flat();
    expect(Object.keys(ELEMENT_ASKS).sort()).toEqual([...new Set<string>(elements)].sort());
  });

  it('lies with the answer of its document, and in no other answer', () => {
    expect(readingsIn(photo({ nik: ONE }))).toEqual([{ element: 'nik', value: ONE, confidence: 0.8 }]);
    expect(photo({})).toEqual({ v: { files: ['f'] } });
    expect(readingsIn({ d: { readings: [1, null, { element: 'nik' }] } })).toEqual([]);
    expect(readingsIn(undefined)).toEqual([]);
  });

  it('is proposed where it is the only value, was not declined, and may be echoed', () => {
    expect(proposed({ ktp: photo({ nik: ONE }) }, 'nik')).toBe(ONE);
    expect(proposed({ ktp: photo({ nik: ONE }), kk: photo({ nik: ONE }) }, 'nik')).toBe(ONE);
    expect(proposed({ ktp: photo({ nik: ONE }), kk: photo({ nik: OTHER }) }, 'nik')).toBeUndefined();
    expect(proposed({ ktp: photo({ nik: ONE }) }, 'nik', { declined: 'nik' })).toBeUndefined();
    expect(proposed({ ktp: photo({ nik: ONE }) }, 'nama')).toBeUndefined();
    expect(proposed({ surat: photo({ 'mother-name': 'RINA' }) }, 'rahasia')).toBeUndefined();
    expect(proposed({}, 'nik')).toBeUndefined();
  });

  it('differs when no photo bears the answer out, and not from what was skipped or not asked', () => {
    const both = { ktp: photo({ nik: ONE }), kk: photo({ nik: OTHER }) };
    expect(mismatches(service, { ...both, nik: { v: OTHER } })).toEqual([]);
    expect(mismatches(service, { ...both, nik: { v: '6472015708900009' } })).toEqual([
      { step: 'nik', read: ONE },
    ]);
    expect(mismatches(service, { ...both, nik: { v: null } })).toEqual([]);
    expect(mismatches(service, both)).toEqual([]);
    expect(mismatches(service, { ktp: { v: { counter: true } }, nik: { v: ONE } })).toEqual([]);
  });

  it('counts for the step that flows.yaml names, each value once', () => {
    const answers = { ktp: photo({ nik: ONE, 'birth-date': '1990-08-17' }), kk: photo({ nik: ONE }) };
    expect(valuesRead(service, answers, 'nik')).toEqual([ONE]);
    expect(valuesRead(service, answers, 'nama')).toEqual([]);
  });

  it.each([
    ['name', 'Siti Aminah', 'SITI AMINAH'],
    ['name', 'Siti Aminah Putri', 'SITI AMINAH'],
    ['name', 'Nur Aini', 'NURAINI'],
    ['name', 'Ahmad Fauzi Santoso', 'AHMAD FAUZY SANTOSO'],
    ['name', "Jum'at Renée", 'JUMAT RENEE'],
    ['name', 'Budi Santoso, S.Pd.', 'BUDI SANTOSO'],
    ['nik', ONE, ONE],
    ['date', '1990-08-17', '1990-08-17'],
  ] as const)('agrees: %s "%s" and "%s"', (ask, typed, read) => {
    expect(agrees({ ask }, typed, read)).toBe(true);
  });

  it.each([
    ['name', 'Siti Aminah', 'SITI RAHMA'],
    ['name', 'Budi', 'RUDI'],
    ['name', 'Siti', 'AMINAH SITA'],
    ['nik', ONE, OTHER],
    ['date', '1990-08-17', '1990-08-18'],
    ['time', '08:30', '08:31'],
  ] as const)('differs: %s "%s" and "%s"', (ask, typed, read) => {
    expect(agrees({ ask }, typed, read)).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { conditionWords, spanWords } from '../../src/flows/condition-words.ts';
import { type Condition, type Step, stepSchema } from '../../src/flows/schema.ts';

const words = (text: string) => ({ id: text, en: `${text} (en)` });
const steps: Step[] = [
  {
    ...{ id: 'keadaan', ask: 'choice', text: words('?'), label: words('Keadaan KTP') },
    options: [
      { id: 'hilang', label: { id: 'Hilang', en: 'Lost' }, words: [] },
      { id: 'rusak', label: { id: 'Rusak', en: 'Damaged' }, words: [] },
    ],
  },
  { id: 'ada', ask: 'yes-no', text: words('?'), label: words('Ada bukti?') },
  { id: 'lahir', ask: 'date', text: words('?'), label: words('Tanggal lahir') },
].map((step) => stepSchema.parse(step));

describe('a condition in words', () => {
  test.each<[Condition, string, string]>([
    [{ keadaan: 'hilang' }, 'bila Keadaan KTP: "Hilang"', 'if Keadaan KTP (en): "Lost"'],
    [
      { keadaan: { in: ['hilang', 'rusak'] }, ada: true },
      'bila Keadaan KTP: "Hilang" atau "Rusak"; Ada bukti: "Ya"',
      'if Keadaan KTP (en): "Lost" or "Damaged"; Ada bukti? (en): "Yes"',
    ],
    [{ keadaan: { not: 'rusak' } }, 'bila Keadaan KTP: bukan "Rusak"', 'if Keadaan KTP (en): not "Damaged"'],
    [{ lahir: { answered: false } }, 'bila Tanggal lahir: tidak diisi', 'if Tanggal lahir (en): not given'],
    [
      { lahir: { olderThan: 'P60D' } },
      'bila Tanggal lahir: lebih dari 60 hari yang lalu',
      'if Tanggal lahir (en): more than 60 days ago',
    ],
    [
      { lahir: { youngerThan: 'P17Y' } },
      'bila Tanggal lahir: paling lama 17 tahun yang lalu',
      'if Tanggal lahir (en): at most 17 years ago',
    ],
  ])('%o', (condition, id, en) => {
    expect(conditionWords({ steps }, condition, 'id')).toBe(id);
    expect(conditionWords({ steps }, condition, 'en')).toBe(en);
  });

  test('that is none has no words', () => {
    expect(conditionWords({ steps }, undefined, 'id')).toBeUndefined();
  });

  test('counts one as one', () => {
    expect(spanWords('P1D', 'en')).toBe('1 day');
    expect(spanWords('P1Y6M', 'id')).toBe('1 tahun 6 bulan');
  });
});

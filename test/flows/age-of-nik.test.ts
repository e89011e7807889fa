import { describe, expect, test } from 'vitest';
import { holds } from '../../src/flows/conditions.ts';

const at = (day: string) => Date.parse(`${day}T04:00:00Z`);
const isYoung = (nik: string, day: string) =>
  holds({ nik: { youngerThan: 'P17Y' } }, { nik: { v: nik } }, at(day));

describe('a condition on the age of who holds a NIK', () => {
  test('turns on the birthday, and reads the day of a woman without the 40 added to it', () => {
    expect(isYoung('6408041505100002', '2027-05-14')).toBe(true);
    expect(isYoung('6408041505100002', '2027-05-15')).toBe(false);
    expect(isYoung('6408045505100002', '2027-05-14')).toBe(true);
    expect(isYoung('6408045505100002', '2027-05-15')).toBe(false);
  });

  test('takes the year that is not in the future', () => {
    expect(isYoung('6408041505900002', '2026-11-24')).toBe(false);
    expect(isYoung('6408041505260002', '2026-11-24')).toBe(true);
  });

  test('is the reverse for older, and neither where it was not answered', () => {
    const older = { nik: { olderThan: 'P17Y' } };
    expect(holds(older, { nik: { v: '6408041505100002' } }, at('2027-05-15'))).toBe(true);
    expect(holds(older, { nik: { v: '6408041505100002' } }, at('2027-05-14'))).toBe(false);
    expect(holds(older, {}, at('2027-05-15'))).toBe(false);
  });
});

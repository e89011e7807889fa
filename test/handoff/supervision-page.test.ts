/** What the pages of supervision reckon by themselves. */
import { describe, expect, test } from 'vitest';
import { countLosses, findWorst } from '../../src/handoff/ui/supervision/losses.ts';
import { fromField, toField } from '../../src/handoff/ui/supervision/office-time.ts';

describe('where citizens stop', () => {
  test('is where they were asked last', () => {
    expect(countLosses([50, 48, 45], 12)).toEqual([2, 3, 33]);
    expect(findWorst([2, 3, 33])).toBe(2);
  });

  test('is not a question that only some are asked', () => {
    expect(countLosses([100, 30, 95], 90)).toEqual([5, 0, 5]);
  });

  test('is nowhere when everybody files', () => {
    expect(findWorst(countLosses([10, 10], 12))).toBeUndefined();
  });
});

describe('a time in a field', () => {
  test.each([
    ['Asia/Makassar', '2026-11-23T10:15', '2026-11-23T02:15Z'],
    ['Asia/Jakarta', '2026-12-31T23:59', '2026-12-31T16:59Z'],
    // An hour after the clocks went back there.
    ['Europe/Berlin', '2026-10-25T03:30', '2026-10-25T02:30Z'],
    ['Europe/Berlin', '2026-03-29T03:30', '2026-03-29T01:30Z'],
  ])('is of the office in %s: %s is %s', (timeZone, field, instant) => {
    expect(fromField(field, timeZone)).toBe(Date.parse(instant));
    expect(toField(Date.parse(instant), timeZone)).toBe(field);
  });

  test('is none when the field is empty', () => {
    expect(fromField('', 'Asia/Makassar')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { intoDaytime } from '../../src/conversation/quiet-hours.ts';

const at = (time: string) => Date.parse(`2026-11-21T${time}Z`);

describe('quiet hours', () => {
  it('leave the daytime alone and move the night to eight in the morning, zone by zone', () => {
    for (let again = 0; again < 2; again++) {
      expect(intoDaytime(at('02:07'), 'Asia/Makassar')).toBe(at('02:07'));
      expect(intoDaytime(at('02:14'), 'Asia/Makassar')).toBe(at('02:14'));
      expect(intoDaytime(at('02:07'), 'America/New_York')).toBe(at('13:00'));
      expect(intoDaytime(at('11:59'), 'Asia/Makassar')).toBe(at('11:59'));
      expect(intoDaytime(at('12:00'), 'Asia/Makassar')).toBe(Date.parse('2026-11-22T00:00Z'));
    }
  });

  it('are narrower where SMS have hours of their own, and never wider', () => {
    const within = { startMinute: 7 * 60, endMinute: 15 * 60 + 30 };
    expect(intoDaytime(at('07:29'), 'Asia/Makassar', within)).toBe(at('07:29'));
    expect(intoDaytime(at('07:30'), 'Asia/Makassar', within)).toBe(Date.parse('2026-11-22T00:00Z'));
    expect(intoDaytime(at('07:30'), 'Asia/Makassar')).toBe(at('07:30'));
    expect(intoDaytime(Date.parse('2026-11-21T23:15Z'), 'Asia/Makassar', within)).toBe(
      Date.parse('2026-11-22T00:00Z'),
    );
    const none = { startMinute: 21 * 60, endMinute: 22 * 60 };
    expect(intoDaytime(at('07:30'), 'Asia/Makassar', none)).toBe(at('07:30'));
  });
});

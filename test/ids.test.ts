import { expect, it } from 'vitest';
import { createIds } from '../src/ids.ts';

const ids = createIds();

it('ids are 22 characters that are safe in a URL, and no two are alike', () => {
  const made = Array.from({ length: 1000 }, () => ids.id());
  expect(made.every((id) => /^[\w-]{22}$/.test(id))).toBe(true);
  expect(new Set(made).size).toBe(1000);
});

it('digits are as many as asked for, all of them in use, a zero in front too', () => {
  const made = Array.from({ length: 1000 }, () => ids.digits(6));
  expect(made.every((pin) => /^\d{6}$/.test(pin))).toBe(true);
  expect(new Set(made.map((pin) => pin.charAt(0))).size).toBe(10);
});

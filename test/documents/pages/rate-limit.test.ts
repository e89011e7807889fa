import { describe, expect, test } from 'vitest';
import type { Limits } from '../../../src/conversation/ports.ts';
import { createTurnstile } from '../../../src/documents/pages/rate-limit.ts';

const clock = { at: 0, now: () => clock.at };
const three = { name: 'link', perMinute: 3 };
const four = async (pass: (key: string) => Promise<boolean>, key = 'a') => {
  const answers: boolean[] = [];
  for (let time = 0; time < 4; time += 1) answers.push(await pass(key));
  return answers;
};

describe('a turnstile', () => {
  test('lets so many through a minute, each key for itself', async () => {
    const pass = createTurnstile({ clock }, three);
    expect(await four(pass)).toEqual([false, false, false, true]);
    expect(await pass('b')).toBe(false);
    clock.at += 60_000;
    expect(await pass('a')).toBe(false);
  });

  test('asks the limits of all processes where there are such', async () => {
    const asked: unknown[] = [];
    const limits: Limits = {
      take: async (key, bucket) => {
        asked.push([key, bucket]);
        return asked.length > 1 ? 'over' : 'fine';
      },
    };
    const pass = createTurnstile({ clock, limits }, three);
    expect(await four(pass)).toEqual([false, true, true, true]);
    expect(asked[0]).toEqual(['page:link:a', { burst: 3, perSecond: 0.05 }]);
  });

  test('counts for itself while these cannot be asked', async () => {
    const pass = createTurnstile({ clock, limits: { take: async () => undefined } }, three);
    expect(await four(pass)).toEqual([false, false, false, true]);
  });
});

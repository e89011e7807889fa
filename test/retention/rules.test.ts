import { expect, it } from 'vitest';
import { readRules } from '../../src/retention/rules.ts';
import { DAY } from './world.ts';

const retention = { files: 'P2W', drafts: 'P7D', chat: 'P30D' };
const privacy = { version: '1', retentionDays: 30 };

it('the rules are what office.yaml says', () => {
  expect(readRules({ retention }, { privacy })).toEqual({
    filesMs: 14 * DAY,
    draftsMs: 7 * DAY,
    chatMs: 30 * DAY,
  });
});

it('an office that keeps longer than it promised citizens is told so, and does not start', () => {
  const longer = { retention: { ...retention, files: 'P5W', chat: 'P31D' } };
  expect(() => readRules(longer, { privacy })).toThrow(
    /^CONFIG_INVALID: citizens are told 30 days .* \(retention files: P5W, chat: P31D\)/,
  );
});

/** Token buckets that count for all processes together. */
import type { Redis } from 'ioredis';
import type { Limits } from '../../conversation/ports.ts';
import { createScript, LUA_NOW } from './connection.ts';

/** Who asks goes on without an answer after this, ms. */
const PATIENCE_MS = 100;

/** KEYS bucket. ARGV burst, tokens a second. 0 fine, 1 empty for the first time, 2 still empty. */
const TAKE_ONE = `
local now = ${LUA_NOW}
local burst, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local was = redis.call('HMGET', KEYS[1], 'left', 'at', 'told')
local left = tonumber(was[1] or burst) + math.max(0, now - tonumber(was[2] or now)) / 1000 * rate
left = math.min(burst, left)
local told = was[3] == '1'
local isOver = left < 1
local tell = (isOver or (told and left < burst / 2)) and '1' or '0'
redis.call('HSET', KEYS[1], 'left', tostring(isOver and left or left - 1), 'at', now, 'told', tell)
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000))
if not isOver then return 0 end
return told and 2 or 1`;

const ANSWERS = ['fine', 'first', 'over'] as const;

/** Implements the port. */
export function createLimits(redis: Redis, prefix: string): Limits {
  const takeOne = createScript(redis, 'loketTakeOne', TAKE_ONE);
  return {
    async take(key, { burst, perSecond }) {
      if (redis.status !== 'ready') return undefined;
      const answer = takeOne([`${prefix}:{${key}}:limit`], [burst, perSecond]).then(
        (code) => ANSWERS[Number(code)],
        () => undefined,
      );
      return Promise.race([answer, patience()]);
    },
  };
}

function patience(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, undefined).unref());
}

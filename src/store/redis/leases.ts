/** Duties of one process at a time, by a lease in Redis that is renewed every second. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Lease, Leases } from '../../conversation/ports.ts';
import { createScript, LUA_NOW, type Script } from './connection.ts';

const TTL_MS = 5_000;
const RENEW_MS = 1_000;
/** A holder believes in it for so long after the last renewal left; others wait for the whole TTL. */
const VALID_MS = 3_000;

/**
 * KEYS holder, fence. ARGV token, ttl. Answers the fence when it is ours, else 0. The number comes from the clock when
 * that is further, so that it rises even when Redis was emptied.
 */
const KEEP = `
local holder = redis.call('HMGET', KEYS[1], 'token', 'fence')
if holder[1] and holder[1] ~= ARGV[1] then return 0 end
local fence = tonumber(holder[2])
if not holder[1] then
  fence = math.max(${LUA_NOW}, tonumber(redis.call('GET', KEYS[2]) or '0') + 1)
  redis.call('SET', KEYS[2], fence)
  redis.call('HSET', KEYS[1], 'token', ARGV[1], 'fence', fence)
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return fence`;

const GIVE_UP = `
if redis.call('HGET', KEYS[1], 'token') == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** Implements the port. */
export function createLeases(redis: Redis, prefix: string): Leases {
  const scripts = {
    keep: createScript(redis, 'loketKeep', KEEP),
    giveUp: createScript(redis, 'loketGiveUp', GIVE_UP),
  };
  return {
    keep: (name, onChange) => {
      const tag = `${prefix}:{lease-${name}}`;
      return keep(scripts, [`${tag}:holder`, `${tag}:fence`], onChange ?? (() => {}));
    },
  };
}

function keep(
  scripts: { keep: Script; giveUp: Script },
  keys: string[],
  onChange: (fence: number | undefined) => void,
): Lease {
  const token = randomUUID();
  let fence: number | undefined;
  let isOthers = false;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let isStopped = false;

  function set(next: number | undefined): void {
    if (next === fence) return;
    fence = next;
    onChange(fence);
  }
  const isFresh = () => performance.now() - answeredAt <= VALID_MS;

  async function tick(): Promise<void> {
    if (!isFresh()) set(undefined);
    const sentAt = performance.now();
    try {
      const answer = await scripts.keep(keys, [token, TTL_MS]);
      if (isStopped) return;
      answeredAt = sentAt;
      isOthers = answer === 0;
      // An answer that was long on its way says what was, not what is.
      set(isOthers || !isFresh() ? undefined : Number(answer));
    } catch {
      // Redis is away: nobody can say.
    }
  }

  void tick();
  const ticking = setInterval(() => void tick(), RENEW_MS).unref();
  return {
    state: () => {
      if (!isFresh()) return 'unknown';
      return isOthers ? 'others' : 'ours';
    },
    fence: () => (isFresh() ? fence : undefined),
    async stop() {
      isStopped = true;
      clearInterval(ticking);
      set(undefined);
      answeredAt = Number.NEGATIVE_INFINITY;
      await scripts.giveUp(keys.slice(0, 1), [token]).catch(() => {});
    },
  };
}

/**
 * Leases on single conversations.
 *
 * Why nobody works twice, or knows that it may be twice:
 * - A holder renews every 1.5 s; it believes in its lock for 5 s after the last renewal *left*, by the clock that no
 *   one sets, and never again after that (`isHeld`). Others get it 10 s after the last renewal *arrived*. So a process
 *   that was stopped and goes on finds its lock lost before it begins anything.
 * - A lock that was never let go stays, run out, for a month: who takes it knows that work may have been begun.
 * - A Redis that was emptied has forgotten locks. It also has no epoch then: the time at which this part of it was first
 *   seen. Work committed before the epoch (and 2 s of doubt between clocks) may be in somebody's hands: for 7 s of the
 *   epoch it is left alone, while holders, renewing, put their locks back; after that it is done as a repeat.
 * - The lock decides nothing: a result is a commit guarded by the version, and each effect is done once.
 *
 * Keys are spread over 16 hash tags, each with an epoch of its own, so that in a cluster of Redis each node is asked
 * for what it itself may have forgotten.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Lock, Locks } from '../../conversation/ports.ts';
import { createScript, LUA_NOW, reach } from './connection.ts';

const TTL_MS = 10_000;
const RENEW_MS = 1_500;
const VALID_MS = 5_000;
const GRACE_MS = 7_000;
const CLOCK_DOUBT_MS = 2_000;
const REMEMBERED_MS = 30 * 86_400_000;
const TICK_MS = 500;
const TAGS = 16;

/** KEYS epoch, lock. ARGV token, ttl, remembered. */
const TAKE = `
local now = ${LUA_NOW}
redis.call('SET', KEYS[1], now, 'NX')
local ends = tonumber(redis.call('HGET', KEYS[2], 'ends') or '0')
if ends > now then
  redis.call('HSET', KEYS[2], 'knocked', 1)
  return {0}
end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], 'token', ARGV[1], 'ends', now + ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return {1, ends > 0 and 1 or 0, now, tonumber(redis.call('GET', KEYS[1]))}`;

/** Puts back what an emptied Redis forgot; 0 when it is another's. */
const RENEW = `
local now = ${LUA_NOW}
redis.call('SET', KEYS[1], now, 'NX')
local token = redis.call('HGET', KEYS[2], 'token')
if token and token ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], 'token', ARGV[1], 'ends', now + ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 1`;

/** KEYS lock. ARGV token, how: `leave` stays when somebody knocked, `abandon` leaves the doubt. 0: it is still ours. */
const LET_GO = `
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 1 end
if ARGV[2] == 'leave' and redis.call('HDEL', KEYS[1], 'knocked') == 1 then return 0 end
if ARGV[2] == 'abandon' then redis.call('HSET', KEYS[1], 'ends', 1) else redis.call('DEL', KEYS[1]) end
return 1`;

interface Held {
  keys: string[];
  token: string;
  /** By `performance.now()`: when the last renewal that succeeded was sent. */
  renewedAt: number;
  isRenewing: boolean;
  isLost: boolean;
}

/** Implements the port over one connection; `stop` ends the renewing. */
export function createLocks(redis: Redis, prefix: string): Locks & { stop(): void } {
  const take = createScript(redis, 'loketTake', TAKE);
  const renew = createScript(redis, 'loketRenew', RENEW);
  const letGo = createScript(redis, 'loketLetGo', LET_GO);
  const held = new Set<Held>();
  const ticking = setInterval(() => {
    for (const one of held) if (performance.now() - one.renewedAt >= RENEW_MS) void renewOne(one);
  }, TICK_MS).unref();
  redis.on('ready', () => void begin(redis, prefix));
  if (redis.status === 'ready') void begin(redis, prefix);

  async function renewOne(one: Held): Promise<void> {
    if (one.isRenewing || !isHeld(one)) return;
    one.isRenewing = true;
    const sentAt = performance.now();
    try {
      if ((await renew(one.keys, [one.token, TTL_MS, REMEMBERED_MS])) === 1) one.renewedAt = sentAt;
      else one.isLost = true;
    } catch {
      // Away: the next tick tries again, until it has run out.
    } finally {
      one.isRenewing = false;
    }
  }

  /** Forgets it here first: a renewal that is sent after the letting go would take it again. */
  async function end(one: Held, how: 'leave' | 'release' | 'abandon'): Promise<boolean> {
    held.delete(one);
    const [, lock = ''] = one.keys;
    const isGone = await letGo([lock], [one.token, how]).catch(() => 1);
    if (isGone !== 0) one.isLost = true;
    else held.add(one);
    return isGone !== 0;
  }

  return {
    async take(key) {
      const keys = keysOf(prefix, key);
      const one: Held = {
        keys,
        token: randomUUID(),
        renewedAt: performance.now(),
        isRenewing: false,
        isLost: false,
      };
      const answer = (await reach(() => take(keys, [one.token, TTL_MS, REMEMBERED_MS]))) as number[];
      const [isTaken, wasAbandoned = 0, takenAt = 0, epoch = 0] = answer;
      if (isTaken !== 1) return undefined;
      held.add(one);
      return {
        isHeld: () => isHeld(one),
        trust: trustSince({ wasAbandoned: wasAbandoned === 1, takenAt, epoch }),
        leave: () => end(one, 'leave'),
        release: async () => void (await end(one, 'release')),
        abandon: async () => void (await end(one, 'abandon')),
      };
    },
    stop: () => clearInterval(ticking),
  };
}

/** Once it has run out it is lost for good: somebody may have had it in between. */
function isHeld(one: Held): boolean {
  if (performance.now() - one.renewedAt > VALID_MS) one.isLost = true;
  return !one.isLost;
}

function trustSince(taken: { wasAbandoned: boolean; takenAt: number; epoch: number }): Lock['trust'] {
  const { wasAbandoned, takenAt, epoch } = taken;
  const at = performance.now();
  return (committedAt) => {
    const isBeforeEpoch = committedAt < epoch + CLOCK_DOUBT_MS;
    const epochAgeMs = takenAt - epoch + (performance.now() - at);
    return {
      isRepeat: isBeforeEpoch || (wasAbandoned && committedAt < takenAt + CLOCK_DOUBT_MS),
      waitMs: isBeforeEpoch ? Math.max(0, GRACE_MS - epochAgeMs) : 0,
    };
  };
}

/** The epochs begin with the first process that meets this Redis, not with the first piece of work. */
async function begin(redis: Redis, prefix: string): Promise<void> {
  const start = createScript(redis, 'loketBegin', `redis.call('SET', KEYS[1], ${LUA_NOW}, 'NX')`);
  const tags = Array.from({ length: TAGS }, (_, tag) => epochOf(prefix, tag));
  await Promise.allSettled(tags.map((key) => start([key], [])));
}

function keysOf(prefix: string, key: string): string[] {
  let sum = 0;
  for (const sign of key) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 65_521;
  const tag = sum % TAGS;
  return [epochOf(prefix, tag), `${prefix}:{lock${tag}}:${key}`];
}

function epochOf(prefix: string, tag: number): string {
  return `${prefix}:{lock${tag}}:epoch`;
}

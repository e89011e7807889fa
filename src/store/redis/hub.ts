/** Live news between processes, by Redis' publish and subscribe. Ids and numbers only; what is lost costs a refresh. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Hub } from '../../conversation/ports.ts';
import type { Json } from '../../json.ts';

/**
 * Serves listeners of this process by `local` at once, and those of others through Redis. A topic is subscribed to while
 * somebody here listens, and again after each reconnection.
 */
export function createRedisHub(deps: {
  local: Hub;
  publisher: Redis;
  listener: Redis;
  prefix: string;
  note(error: unknown): void;
}): Hub {
  const { local, publisher, listener, note } = deps;
  const me = randomUUID();
  const listeners = new Map<string, number>();
  const channelOf = (topic: string) => `${deps.prefix}:news:${topic}`;

  listener.on('ready', () => {
    const channels = [...listeners.keys()].map(channelOf);
    if (channels.length > 0) listener.subscribe(...channels).catch(note);
  });
  listener.on('message', (channel: string, text: string) => {
    const { from, message } = JSON.parse(text) as { from: string; message: Json };
    if (from !== me) local.publish(channel.slice(channelOf('').length), message);
  });

  function count(topic: string, change: 1 | -1): void {
    const before = listeners.get(topic) ?? 0;
    const after = before + change;
    if (after === 0) listeners.delete(topic);
    else listeners.set(topic, after);
    // Not ready: the topics that are listened to then are subscribed to when it is.
    if (listener.status !== 'ready') return;
    if (before === 0) listener.subscribe(channelOf(topic)).catch(note);
    if (after === 0) listener.unsubscribe(channelOf(topic)).catch(note);
  }

  return {
    publish: (topic, message) => {
      local.publish(topic, message);
      if (publisher.status !== 'ready') return;
      publisher.publish(channelOf(topic), JSON.stringify({ from: me, message })).catch(note);
    },
    subscribe: (topic, own) => {
      const leave = local.subscribe(topic, own);
      count(topic, 1);
      let isLeft = false;
      return () => {
        if (isLeft) return;
        isLeft = true;
        leave();
        count(topic, -1);
      };
    },
  };
}

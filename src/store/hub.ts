/** Live news inside this process. */
import type { Hub } from '../conversation/ports.ts';
import type { Json } from '../json.ts';

type Listener = (message: Json) => void;

/**
 * Implements the port. Listeners are called after the publisher has gone on; one that throws is reported as a
 * process warning and harms neither the publisher nor the others.
 */
export function createHub(): Hub {
  const topics = new Map<string, Set<Listener>>();

  return {
    publish: (topic, message) => {
      if (!topics.has(topic)) return;
      queueMicrotask(() => {
        for (const listener of [...(topics.get(topic) ?? [])]) call(listener, message);
      });
    },
    subscribe: (topic, listener) => {
      // A wrapper of its own, so that the same function may listen twice and each undo ends one.
      const own: Listener = (message) => listener(message);
      const listeners = topics.get(topic) ?? new Set<Listener>();
      topics.set(topic, listeners.add(own));
      return () => {
        listeners.delete(own);
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
      };
    },
  };
}

function call(listener: Listener, message: Json): void {
  try {
    listener(message);
  } catch (cause) {
    process.emitWarning(cause instanceof Error ? cause : new Error('a hub listener threw'));
  }
}

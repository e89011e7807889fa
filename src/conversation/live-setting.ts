/** A setting that every process has at hand: read from memory, another process hears of a change at once or within a minute. */
import type { Logger } from 'pino';
import { AppError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Hub, SettingStore } from './ports.ts';

export interface LiveSetting<Value> {
  /** As it was last read. Costs nothing, never throws. */
  value(): Value;
  /**
   * Changes it; durable when resolved. `next` is asked anew, with what stands then, when somebody was faster.
   * Throws AppError of the store.
   */
  change(next: (value: Value) => Value): Promise<void>;
  /** Reads it now. Throws AppError of the store. */
  refresh(): Promise<void>;
  /** Reads it, and goes on listening. A store that does not answer is asked again a minute later. */
  start(): Promise<void>;
  stop(): void;
}

const READ_EVERY_MS = 60_000;
const MOST_CONFLICTS = 5;

/** `name` is that of the setting and of the hub's topic; `parse` reads what is stored, also what another version wrote. */
export function createLiveSetting<Value>(deps: {
  name: string;
  parse(stored: Json | undefined): Value;
  settings: SettingStore;
  hub: Hub;
  log: Logger;
}): LiveSetting<Value> {
  const { name, parse, settings, hub, log } = deps;
  let known = { version: 0, value: parse(undefined) };
  let handle: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;

  async function read(): Promise<typeof known> {
    const setting = await settings.read(name);
    const version = setting?.version ?? 0;
    // Two looks may end in the other order; the same version stays the same object.
    if (version > known.version) known = { version, value: parse(setting?.value) };
    return known;
  }

  const readAgain = () =>
    read().then(
      () => {},
      (err) => log.warn({ err, setting: name }, 'a setting could not be read; tried again in a minute'),
    );

  return {
    value: () => known.value,
    refresh: async () => {
      await read();
    },
    async change(next) {
      for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
        const { version, value } = await read();
        const stored = toJson(next(value));
        if ((await settings.write(name, version + 1, stored)) === 'conflict') continue;
        if (known.version <= version) known = { version: version + 1, value: parse(stored) };
        hub.publish(name, null);
        return;
      }
      throw new AppError('STORE_CONFLICT', { detail: `the setting ${name} was changed again and again` });
    },
    async start() {
      unsubscribe = hub.subscribe(name, readAgain);
      handle = setInterval(readAgain, READ_EVERY_MS).unref();
      await readAgain();
    },
    stop() {
      clearInterval(handle);
      unsubscribe?.();
    },
  };
}

/** Without what is undefined. */
function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}

/**
 * What the office has declared to be out of order, at hand in every process: the bot tells citizens while they write, so
 * nobody waits for the store. Another process hears of a change at once, and at the latest within a minute.
 */
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { Hub, SettingStore } from './conversation/ports.ts';
import { NOTICE_KINDS, type Notice, type NoticeKind } from './conversation/types.ts';
import { AppError } from './errors.ts';
import type { Json } from './json.ts';

export interface Notices {
  /** Those in force now. From memory: costs nothing, never throws. */
  active(): Notice[];
  /** Each kind as it stands now, with who switched it on. From memory. */
  list(): NoticeState[];
  /**
   * Switches one on or off; durable when resolved. Set anew while it is on it keeps its beginning. `by` is the operator's
   * name. Throws AppError of the store.
   */
  set(
    kind: NoticeKind,
    isOn: boolean,
    about: { until?: number | undefined; reason?: string | undefined },
    by: string,
  ): Promise<void>;
  /** Reads them, and goes on listening. A store that does not answer is asked again a minute later. */
  start(): Promise<void>;
  stop(): void;
}

export interface NoticeState {
  kind: NoticeKind;
  isOn: boolean;
  since: number | null;
  until: number | null;
  reason: string | null;
  by: string | null;
}

export interface NoticesDeps {
  settings: SettingStore;
  hub: Hub;
  clock: Clock;
  log: Logger;
}

/** Of the setting, and of the hub's topic. */
const NAME = 'notices';
const READ_EVERY_MS = 60_000;
const MOST_CONFLICTS = 5;

const stored = z.object({
  since: z.number(),
  until: z.number().optional(),
  reason: z.string().optional(),
  by: z.string(),
});
type Stored = z.infer<typeof stored>;
type All = Partial<Record<NoticeKind, Stored>>;
const settingSchema = z.partialRecord(z.enum(NOTICE_KINDS), stored);

/** Wires them; nothing is read before `start`. */
export function createNotices({ settings, hub, clock, log }: NoticesDeps): Notices {
  let known: { version: number; all: All } = { version: 0, all: {} };
  let handle: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;

  async function read(): Promise<typeof known> {
    const setting = await settings.read(NAME);
    const version = setting?.version ?? 0;
    // Two looks may end in the other order.
    if (version >= known.version) known = { version, all: readAll(setting?.value) };
    return known;
  }

  const readAgain = () =>
    read().then(
      () => {},
      (err) => log.warn({ err }, 'notices could not be read; tried again in a minute'),
    );

  function current(kind: NoticeKind): Stored | undefined {
    const notice = known.all[kind];
    return notice && (notice.until ?? Number.POSITIVE_INFINITY) > clock.now() ? notice : undefined;
  }

  async function write(change: () => All): Promise<void> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
      const { version } = await read();
      const all = change();
      if ((await settings.write(NAME, version + 1, toJson(all))) === 'conflict') continue;
      if (known.version <= version) known = { version: version + 1, all };
      hub.publish(NAME, null);
      return;
    }
    throw new AppError('STORE_CONFLICT', { detail: 'the notices were changed again and again meanwhile' });
  }

  return {
    active: () =>
      NOTICE_KINDS.flatMap((kind) => {
        const notice = current(kind);
        return notice ? [shown(kind, notice)] : [];
      }),
    list: () =>
      NOTICE_KINDS.map((kind) => {
        const { since = null, until = null, reason = null, by = null } = current(kind) ?? {};
        return { kind, isOn: since !== null, since, until, reason, by };
      }),
    set: (kind, isOn, { until, reason }, by) =>
      write(() => {
        const { [kind]: _, ...others } = known.all;
        if (!isOn) return others;
        return { ...others, [kind]: { since: current(kind)?.since ?? clock.now(), until, reason, by } };
      }),
    async start() {
      unsubscribe = hub.subscribe(NAME, readAgain);
      handle = setInterval(readAgain, READ_EVERY_MS).unref();
      await readAgain();
    },
    stop() {
      clearInterval(handle);
      unsubscribe?.();
    },
  };
}

/** As the bot tells it: who switched it on is nobody's business. */
function shown(kind: NoticeKind, { since, until, reason }: Stored): Notice {
  return {
    kind,
    since,
    ...(until === undefined ? {} : { until }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Without what is undefined. */
function toJson(all: All): Json {
  return JSON.parse(JSON.stringify(all));
}

/** What a newer or older version wrote and this one cannot read counts as nothing: the office sets it anew. */
function readAll(value: unknown): All {
  const parsed = settingSchema.safeParse(value ?? {});
  return parsed.success ? parsed.data : {};
}

/**
 * What the office has declared to be out of order, at hand in every process: the bot tells citizens while they write, so
 * nobody waits for the store. Another process hears of a change at once, and at the latest within a minute.
 */
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { createLiveSetting } from './conversation/live-setting.ts';
import type { Hub, SettingStore } from './conversation/ports.ts';
import { NOTICE_KINDS, type Notice, type NoticeKind } from './conversation/types.ts';

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
  const setting = createLiveSetting({ name: NAME, parse: readAll, settings, hub, log });

  function current(kind: NoticeKind): Stored | undefined {
    const notice = setting.value()[kind];
    return notice && (notice.until ?? Number.POSITIVE_INFINITY) > clock.now() ? notice : undefined;
  }

  return {
    start: setting.start,
    stop: setting.stop,
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
      setting.change(({ [kind]: _, ...others }) => {
        if (!isOn) return others;
        return { ...others, [kind]: { since: current(kind)?.since ?? clock.now(), until, reason, by } };
      }),
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

/** What a newer or older version wrote and this one cannot read counts as nothing: the office sets it anew. */
function readAll(value: unknown): All {
  const parsed = settingSchema.safeParse(value ?? {});
  return parsed.success ? parsed.data : {};
}

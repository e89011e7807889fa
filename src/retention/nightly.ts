/** Runs retention every night, in one process of all. */
import type { Logger } from 'pino';
import type { Leases, SettingStore } from '../conversation/ports.ts';
import { createWatch, type Watch } from '../conversation/watch.ts';
import { type RetentionDeps, runRetention } from './run.ts';

/** Nobody writes then, and backups of the evening are made. */
const QUIET_HOUR = 2;
/** The clock may be set (simulator): asked often, it runs once a night of that clock. */
const ASK_EVERY_MS = 5_000;
const SETTING = 'retention';

/** The first 02.00 of the office after that time. */
export function nextNight(after: number, timeZone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(timeZone);
  const tonight = local.startOfDay().add({ hours: QUIET_HOUR });
  const isPassed = tonight.epochMilliseconds <= after;
  return (isPassed ? tonight.add({ days: 1 }) : tonight).epochMilliseconds;
}

/** When it last ran; undefined: never. */
export async function lastRunAt(settings: Pick<SettingStore, 'read'>): Promise<number | undefined> {
  return (await readLast(settings)).ranAt;
}

/**
 * Wires the watch; nothing runs before `start`. A computer that was off at night runs it when it is on again; a new
 * office waits for its first night. A look answers how much was erased.
 */
export function createNightly(
  deps: RetentionDeps & {
    settings: SettingStore;
    timeZone: string;
    log: Logger;
    leases?: Leases | undefined;
  },
): Watch {
  const { settings, clock, timeZone, log } = deps;
  let isStopped = false;
  let dueAt = 0;

  async function lookOnce(): Promise<number> {
    if (clock.now() < dueAt) return 0;
    // Another process may have run it.
    const { ranAt, version } = await readLast(settings);
    if (ranAt === undefined) await note(version);
    dueAt = nextNight(Math.min(ranAt ?? clock.now(), clock.now()), timeZone);
    if (clock.now() < dueAt) return 0;
    const failed = (err: unknown) =>
      log.error({ err }, 'something could not be erased; trying again next night');
    const report = await runRetention(deps, { actor: 'system', failed, isStopped: () => isStopped });
    if (!report) return 0;
    await note(version);
    log.info({ ...report }, 'retention: what is kept no longer was erased');
    return report.cases + report.chats + report.draftFiles + report.chatFiles;
  }

  /** Who is slower at it has seen the same night. */
  async function note(version: number): Promise<void> {
    await settings.write(SETTING, version + 1, { ranAt: clock.now() });
  }

  const watch = createWatch({
    name: 'retention',
    everyMs: ASK_EVERY_MS,
    leases: deps.leases,
    lookOnce,
    failed: (err) => log.error({ err }, 'retention could not run; trying again'),
  });
  return {
    ...watch,
    stop() {
      isStopped = true;
      return watch.stop();
    },
  };
}

async function readLast(settings: Pick<SettingStore, 'read'>): Promise<{ ranAt?: number; version: number }> {
  const stored = await settings.read(SETTING);
  const { value, version = 0 } = stored ?? {};
  const ranAt = typeof value === 'object' && value !== null && 'ranAt' in value ? value.ranAt : undefined;
  return { version, ...(typeof ranAt === 'number' ? { ranAt } : {}) };
}

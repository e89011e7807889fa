/** Where outages are kept: each with its visits in a setting of its own, and the latest of them in numbers, at hand everywhere. */
import type { Logger } from 'pino';
import { createLiveSetting } from '../../conversation/live-setting.ts';
import type { Hub, SettingStore } from '../../conversation/ports.ts';
import { AppError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { type OutageRecord, type OutageSummary, readRecord, readSummaries, summarise } from './record.ts';

/** A record and the version it was read at. */
export interface Held {
  version: number;
  record: OutageRecord;
}

export interface OutageRecords {
  /** In numbers, newest first. From memory, never throws. */
  list(): readonly OutageSummary[];
  /** Undefined: there is none, or it is one of long ago. */
  load(id: string): Promise<Held | undefined>;
  /** Durable when resolved, and told to every process; undefined when somebody else has written it meanwhile. */
  save(held: Held): Promise<Held | undefined>;
  start(): Promise<void>;
  stop(): void;
}

/** Of the setting that lists them, and of the hub's topic. */
const NAME = 'outages';
/** [own] The visits of older ones are forgotten. */
const KEPT = 50;

/** Nothing is read before `start`. */
export function createOutageRecords(deps: { settings: SettingStore; hub: Hub; log: Logger }): OutageRecords {
  const { settings } = deps;
  const index = createLiveSetting({ ...deps, name: NAME, parse: readSummaries });

  async function forgetOld(): Promise<void> {
    const old = index.value().slice(KEPT);
    if (old.length === 0) return;
    for (const { id } of old) {
      const stored = await settings.read(keyOf(id));
      if (stored) await settings.write(keyOf(id), stored.version + 1, null);
    }
    const gone = new Set(old.map(({ id }) => id));
    await index.change((all) => all.filter(({ id }) => !gone.has(id)));
  }

  return {
    start: index.start,
    stop: index.stop,
    list: index.value,
    async load(id) {
      const stored = await settings.read(keyOf(id));
      const record = readRecord(stored?.value);
      return stored && record && { version: stored.version, record };
    },
    async save({ version, record }) {
      const written = await settings.write(keyOf(record.id), version + 1, toJson(record));
      if (written === 'conflict') return undefined;
      await index.change((all) => listed(all, summarise(record)));
      await forgetOld();
      return { version: version + 1, record };
    },
  };
}

/** Writes what `change` makes of the record as it stands, however often others write it meanwhile. */
export async function changeRecord(
  records: OutageRecords,
  id: string,
  change: (record: OutageRecord) => OutageRecord | undefined,
): Promise<Held | undefined> {
  for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
    const held = await records.load(id);
    const next = held && change(held.record);
    if (!held || !next) return undefined;
    const saved = await records.save({ version: held.version, record: next });
    if (saved) return saved;
  }
  throw new AppError('STORE_CONFLICT', { detail: 'an outage was changed again and again meanwhile' });
}

const MOST_CONFLICTS = 20;

function listed(all: readonly OutageSummary[], one: OutageSummary): OutageSummary[] {
  const isNew = !all.some(({ id }) => id === one.id);
  return isNew ? [one, ...all] : all.map((each) => (each.id === one.id ? one : each));
}

function keyOf(id: string): string {
  return `outage:${id}`;
}

function toJson(record: OutageRecord): Json {
  return JSON.parse(JSON.stringify(record));
}

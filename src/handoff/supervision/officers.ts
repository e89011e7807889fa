/** Village officers: they file for many families because it is their task. Kept among the office's settings. */
import type { Clock } from '../../clock.ts';
import type { SettingStore } from '../../conversation/ports.ts';
import { AppError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import type { Filers } from '../schemas/supervision.ts';

const NAME = 'officers';
const MAX_TRIES = 5;

export type Officer = NonNullable<Filers['filers'][number]['officer']>;

export interface Officers {
  /** By conversation. */
  list(): Promise<Map<string, Officer>>;
  /** Replaces what was known of this conversation. */
  set(conversation: string, officer: { name: string; village: string }, by: string): Promise<void>;
  /** Whether there was one. */
  remove(conversation: string): Promise<boolean>;
}

/** Throws AppError STORE_CONFLICT when colleagues change them without a pause. */
export function createOfficers({ settings, clock }: { settings: SettingStore; clock: Clock }): Officers {
  async function change(apply: (officers: Map<string, Officer>) => boolean): Promise<boolean> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const { version, officers } = await read(settings);
      if (!apply(officers)) return false;
      const value: Json = Object.fromEntries(officers);
      if ((await settings.write(NAME, version + 1, value)) === 'written') return true;
    }
    throw new AppError('STORE_CONFLICT', { detail: 'village officers were changed at the same time' });
  }
  return {
    list: async () => (await read(settings)).officers,
    async set(conversation, { name, village }, by) {
      await change((officers) => !!officers.set(conversation, { name, village, by, at: clock.now() }));
    },
    remove: (conversation) => change((officers) => officers.delete(conversation)),
  };
}

async function read(settings: SettingStore): Promise<{ version: number; officers: Map<string, Officer> }> {
  const stored = await settings.read(NAME);
  // Sound: nobody else writes this setting.
  const value = (stored?.value ?? {}) as unknown as { [conversation: string]: Officer };
  return { version: stored?.version ?? 0, officers: new Map(Object.entries(value)) };
}

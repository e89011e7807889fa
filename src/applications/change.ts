/** Changing a stored application without losing what others change at the same time. */
import { AppError } from '../errors.ts';
import type { Application, ApplicationStore } from './ports.ts';

/** Races are rare and short; more than this is a fault of the store. */
const MAX_CONFLICTS = 20;

/**
 * Loads the application, asks `change` what it should become, and writes that; anew from the loading when somebody was
 * faster. `change` gives the next application with any version, or a refusal, which is handed back as it is.
 * `unknown`: there is no such application.
 * Throws AppError STORE_CONFLICT when it changes all the time.
 */
export async function changeApplication<Refusal extends { ok: false }>(
  store: Pick<ApplicationStore, 'find' | 'update'>,
  number: string,
  change: (application: Application) => Application | Refusal | Promise<Application | Refusal>,
): Promise<{ ok: true; application: Application } | Refusal | { ok: false; reason: 'unknown' }> {
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const before = await store.find(number);
    if (!before) return { ok: false, reason: 'unknown' };
    const after = await change(before);
    if ('ok' in after) return after;
    const application = { ...after, version: before.version + 1 };
    if ((await store.update(application)) === 'updated') return { ok: true, application };
  }
  throw new AppError('STORE_CONFLICT', { detail: `application ${number} keeps changing` });
}

/** Tells applicants what has happened to their applications, once each, whatever breaks in between. */
import type { Logger } from 'pino';
import type { Engine, Hub, Leases } from '../conversation/ports.ts';
import { createWatch, type Watch } from '../conversation/watch.ts';
import { changeApplication } from './change.ts';
import type { Application, ApplicationStore } from './ports.ts';

/** What a crash left is found this much later at most, ms. */
const LOOK_EVERY_MS = 5_000;
const MOST_AT_ONCE = 100;

export interface Teller extends Watch {
  /**
   * Tells what is untold of this application, oldest first. Never throws: what could not be told stays, as does what may not
   * go at this hour, and the next look finds it.
   */
  tell(application: Application): Promise<void>;
}

/**
 * News lies in the application until the engine has committed it, which marks its id: a crash in between tells it
 * again, and the engine then does nothing. Nothing looks before `start`; of many processes one does.
 */
export function createTeller(deps: {
  applications: Pick<ApplicationStore, 'find' | 'update' | 'listUntold'>;
  engine: Pick<Engine, 'handle'>;
  hub: Hub;
  log: Logger;
  leases?: Leases | undefined;
  /** What does not go now (SMS at night) stays untold until it does; absent: everything goes at any time. */
  mayGo?: ((conversation: string) => Promise<boolean>) | undefined;
}): Teller {
  const { applications, engine, log } = deps;

  async function tell({ number, conversation, untold }: Application): Promise<void> {
    if (untold.length === 0) return;
    try {
      if (deps.mayGo && !(await deps.mayGo(conversation))) return;
      for (const { id, news } of untold)
        await engine.handle(conversation, { type: 'application.news', id, news });
      await forget(applications, number, new Set(untold.map(({ id }) => id)));
    } catch (err) {
      log.error({ number, err }, 'news of an application could not be told; trying again');
    }
  }

  return {
    tell,
    ...createWatch({
      name: 'tell',
      everyMs: LOOK_EVERY_MS,
      leases: deps.leases,
      lookOnce: async () => {
        const left = await applications.listUntold(MOST_AT_ONCE);
        await Promise.all(left.map(tell));
        return left.length;
      },
      failed: (err) => log.error({ err }, 'could not look for news that is untold; trying again'),
    }),
  };
}

/** Another process may have told it too, and forgotten it first. */
async function forget(
  applications: Pick<ApplicationStore, 'find' | 'update'>,
  number: string,
  told: Set<string>,
): Promise<void> {
  await changeApplication(applications, number, (application) => {
    const untold = application.untold.filter(({ id }) => !told.has(id));
    if (untold.length === application.untold.length) return NOTHING;
    return { ...application, untold };
  });
}

const NOTHING = { ok: false } as const;

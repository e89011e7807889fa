/** Applicants whose document is ready and who were told that no time can be had for want of blank cards: they hear of it. */
import type { Clock } from '../clock.ts';
import { changeApplication } from './change.ts';
import type { Application, ApplicationStore } from './ports.ts';

/** Who waits, and since when (the instant names this wait for good, so that its end is told once). */
export interface CardWait {
  number: string;
  service: string;
  since: number;
}

export interface CardWaits {
  /** Notes that the applicant was told so; nothing while they wait already, or where nothing is ready. */
  begin(number: string): Promise<void>;
  /** Those who wait for a document of these services, first filed first. Throws AppError of the store. */
  list(services: readonly string[]): Promise<CardWait[]>;
}

const PAGE = 200;
const BEGAN = 'cards-none-';
const ENDED = 'cards-again-';
const NOTE = 'Blangko habis: belum ada waktu mengambil, akan dikabari';

/** The id of the news that ends a wait. */
export function endOfWait({ since }: Pick<CardWait, 'since'>): string {
  return `${ENDED}${since}`;
}

/** Builds it: a wait is a line of the history, and ends with the line that its news leaves there. */
export function createCardWaits(deps: {
  applications: Pick<ApplicationStore, 'find' | 'update' | 'list'>;
  clock: Clock;
}): CardWaits {
  const { applications, clock } = deps;

  async function listService(service: string): Promise<Application[]> {
    const found: Application[] = [];
    for (let after: Application | undefined; ; ) {
      const page = await applications.list({
        ...{ states: ['ready'], service, limit: PAGE },
        ...(after ? { after: { dueAt: after.dueAt, number: after.number } } : {}),
      });
      found.push(...page.filter((application) => waitingSince(application) !== undefined));
      after = page.length === PAGE ? page.at(-1) : undefined;
      if (!after) return found;
    }
  }

  return {
    async begin(number) {
      await changeApplication(applications, number, (application) => {
        if (application.state !== 'ready' || waitingSince(application) !== undefined) return NOTHING;
        const at = clock.now();
        const line = { at, event: 'note' as const, by: 'system' as const, state: application.state };
        return {
          ...application,
          history: [...application.history, { ...line, reason: NOTE, news: `${BEGAN}${at}` }],
        };
      });
    },
    async list(services) {
      const found = (await Promise.all(services.map(listService))).flat();
      return found
        .toSorted((a, b) => a.submittedAt - b.submittedAt || (a.number < b.number ? -1 : 1))
        .flatMap((one) => {
          const since = waitingSince(one);
          return since === undefined ? [] : [{ number: one.number, service: one.service, since }];
        });
    },
  };
}

/** Undefined for who was never told so, or has heard since that there are cards again. */
function waitingSince({ history }: Application): number | undefined {
  const began = history.findLast(({ news }) => news?.startsWith(BEGAN))?.news;
  const since = began === undefined ? undefined : Number(began.slice(BEGAN.length));
  if (since === undefined || history.some(({ news }) => news === endOfWait({ since }))) return undefined;
  return since;
}

const NOTHING = { ok: false } as const;

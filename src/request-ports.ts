/** What the operators' requests need of the other rooms. */
import type { Logger } from 'pino';
import { type CasesDeps, createCases } from './applications/cases.ts';
import { possibleDecisions } from './applications/decisions.ts';
import { revisionOf } from './applications/history.ts';
import { createMarks } from './applications/marks.ts';
import { parseNumber } from './applications/number.ts';
import type { Application } from './applications/ports.ts';
import { createApplicationSearch } from './applications/search.ts';
import type { Teller } from './applications/tell.ts';
import type { Senders } from './channels/senders.ts';
import type { Clock } from './clock.ts';
import { fitsMedia, maxFileBytes } from './conversation/media-limits.ts';
import { parseCode } from './documents/code.ts';
import type { Links } from './documents/links.ts';
import { formatSlot } from './flows/format.ts';
import type { Flows } from './flows/schema.ts';
import type { RequestDeps } from './handoff/requests/requests.ts';
import type { Office } from './office.ts';
import { createFindSlot } from './pickup/offering/booked-slot.ts';
import type { Stock } from './pickup/stock/stock.ts';
import { needsBlangko } from './stock-ports.ts';
import type { Store } from './store/open.ts';

interface RequestPortsDeps {
  store: Store;
  clock: Clock;
  flows: Flows;
  office: Office;
  officeNow: () => Office;
  linkTo: LinkTo;
  teller: Teller;
  senders: Pick<Senders, 'capabilities'>;
  visitCare: Pick<CasesDeps, 'findVisit' | 'ended'>;
  stock: Pick<Stock, 'use'>;
  log: Logger;
}

/** The address of a page from which a file of an application is fetched with its PIN. */
export type LinkTo = (application: Application, file: string) => Promise<string>;

/** Creates it over the one-time links: the same file has the same address. */
export function createLinkTo(links: Pick<Links, 'create'>): LinkTo {
  return ({ number, conversation }, file) =>
    links.create(`result:${number}:${file}`, { kind: 'download', conversation, file, application: number });
}

/** The ports of the requests room. */
export function createRequestPorts(deps: RequestPortsDeps): Pick<RequestDeps, 'requests' | 'acts' | 'flows'> {
  const { store, clock, flows, office } = deps;
  const { applications, hub } = store;
  const marks = createMarks({ hash: store.sealer.hash, flows });
  const search = createApplicationSearch({ applications, marks, flows });
  const findSlot = createFindSlot({ office: deps.officeNow, bookings: store.bookings, clock });
  return {
    flows,
    acts: createCases({
      timeZone: office.timeZone,
      applications,
      flows,
      clock,
      hub,
      teller: deps.teller,
      outgoing: outgoing(deps),
      findVisit: deps.visitCare.findVisit,
      async ended(number, how) {
        // Its point is that of the visit, which ends with the case.
        if (how === 'handed-over') await useCard(deps, number);
        await deps.visitCare.ended(number, how);
      },
    }),
    requests: {
      find: applications.find,
      list: applications.list,
      countStates: applications.countStates,
      findRelated: async (number) => {
        const application = await applications.find(number);
        return application ? search.findRelated(application) : [];
      },
      maxFileBytes: async ({ conversation }, contentType) => {
        const can = await capabilitiesOf(deps, conversation);
        return can ? maxFileBytes(can, contentType) : 0;
      },
      possible: possibleDecisions,
      revisionOf,
      findVisit: async (number) => {
        const slot = await findSlot(number);
        return slot && `${formatSlot(slot, 'id', office.timeZone)}, ${slot.place.id}`;
      },
      findNumber: async (text) => {
        const parsed = parseNumber(text);
        if (parsed.ok) return (await applications.find(parsed.number))?.number;
        const code = parseCode(lastPart(text));
        return code === undefined ? undefined : subjectNumber((await store.issued.find(code))?.application);
      },
    },
  };
}

/** A card that was handed over is one less; where that cannot be written, the next count puts it right. */
async function useCard(
  { store, flows, stock, log }: Pick<RequestPortsDeps, 'store' | 'flows' | 'stock' | 'log'>,
  number: string,
): Promise<void> {
  try {
    const application = await store.applications.find(number);
    const by = application?.history.at(-1)?.by;
    if (!application || typeof by !== 'object' || !needsBlangko(flows)(application.service)) return;
    await stock.use(number, by);
  } catch (err) {
    log.error({ number, err }, 'a card that was handed over could not be taken off the ledger');
  }
}

/** The number that a paper's subject begins with; what is about no application has none. */
function subjectNumber(subject: string | undefined): string | undefined {
  const parsed = parseNumber(subject?.split('/')[0] ?? '');
  return parsed.ok ? parsed.number : undefined;
}

/** The code at the end of the address in a QR code; a code alone is its own end. */
function lastPart(text: string): string {
  return (
    text
      .trim()
      .replace(/[/?#]+$/, '')
      .split('/')
      .at(-1) ?? ''
  );
}

/** What a phone does not take as a file goes as the address of a page, which asks for the PIN of the application. */
function outgoing(deps: RequestPortsDeps): CasesDeps['outgoing'] {
  return async (application, file) => {
    const can = await capabilitiesOf(deps, application.conversation);
    if (can && fitsMedia(can, file)) return { files: [file] };
    return { url: await deps.linkTo(application, file.file) };
  };
}

/** Undefined for a conversation that was erased. */
async function capabilitiesOf({ store, senders }: RequestPortsDeps, id: string) {
  const conversation = await store.conversations.load(id);
  return conversation && senders.capabilities(conversation.via, conversation.channel);
}

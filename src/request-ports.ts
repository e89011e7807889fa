/** What the operators' requests need of the other rooms. */
import { type CasesDeps, createCases } from './applications/cases.ts';
import { possibleDecisions } from './applications/decisions.ts';
import { revisionOf } from './applications/history.ts';
import { createMarks } from './applications/marks.ts';
import { parseNumber } from './applications/number.ts';
import { createApplicationSearch } from './applications/search.ts';
import type { Teller } from './applications/tell.ts';
import type { Senders } from './channels/senders.ts';
import type { Clock } from './clock.ts';
import { parseCode } from './documents/code.ts';
import { createLinks } from './documents/links.ts';
import { formatSlot } from './flows/format.ts';
import type { Flows } from './flows/schema.ts';
import type { RequestDeps } from './handoff/requests/requests.ts';
import type { Office } from './office.ts';
import { createFindSlot } from './pickup/booked-slot.ts';
import type { Store } from './store/open.ts';

interface RequestPortsDeps {
  store: Store;
  clock: Clock;
  flows: Flows;
  office: Office;
  publicUrl: string;
  teller: Teller;
  senders: Pick<Senders, 'capabilities'>;
}

/** The ports of the requests room. */
export function createRequestPorts(deps: RequestPortsDeps): Pick<RequestDeps, 'requests' | 'acts' | 'flows'> {
  const { store, clock, flows, office } = deps;
  const { applications, hub } = store;
  const marks = createMarks({ hash: store.sealer.hash, flows });
  const search = createApplicationSearch({ applications, marks, flows });
  const findSlot = createFindSlot({ office, bookings: store.bookings, clock });
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
    }),
    requests: {
      find: applications.find,
      list: applications.list,
      countStates: applications.countStates,
      findRelated: async (number) => {
        const application = await applications.find(number);
        return application ? search.findRelated(application) : [];
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
        return code === undefined ? undefined : (await store.issued.find(code))?.application;
      },
    },
  };
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

/** Phones that take no files are told the address of a page, which asks for the PIN of the application. */
function outgoing({ store, clock, publicUrl, senders }: RequestPortsDeps): CasesDeps['outgoing'] {
  const links = createLinks({ store: store.links, sealer: store.sealer, clock, publicUrl });
  return async ({ number, conversation: id }, file) => {
    const conversation = await store.conversations.load(id);
    const takesFiles = conversation && senders.capabilities(conversation.via, conversation.channel).mediaOut;
    if (takesFiles) return { files: [file] };
    const target = { kind: 'download', conversation: id, file: file.file, application: number } as const;
    return { url: await links.create(`result:${number}:${file.file}`, target) };
  };
}

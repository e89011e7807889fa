/** Every kind of effect that a step can ask for, with what its handler needs of the other rooms. */
import type { Logger } from 'pino';
import { createCorrectHandler } from './applications/correct.ts';
import { createMarks } from './applications/marks.ts';
import type { Application } from './applications/ports.ts';
import { asAnswers } from './applications/service-facts.ts';
import { createStatusHandler } from './applications/status.ts';
import { createSubmitHandler } from './applications/submit.ts';
import { createCalendarFacts } from './calendar-facts.ts';
import { createDeliverHandler, type TellByLink } from './channels/deliver.ts';
import type { Senders } from './channels/senders.ts';
import { createTwilioFetch } from './channels/twilio/media-fetch.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { EffectHandler, Vault } from './conversation/ports.ts';
import type { Inspector } from './documents/intake/inspector.ts';
import { createIntakeHandler } from './documents/intake/intake.ts';
import { createLinks } from './documents/links.ts';
import { createLinkHandler } from './documents/pages/upload-link.ts';
import { createCalendarHandler } from './documents/papers/calendar-effect.ts';
import { createFormHandler } from './documents/papers/form-effect.ts';
import { createReceiptHandler } from './documents/papers/receipt.ts';
import type { Reader } from './documents/reading/reader.ts';
import { AppError } from './errors.ts';
import { durationMs } from './flows/compile.ts';
import type { Flows } from './flows/schema.ts';
import { bringAnswers, visitOfCase } from './flows/visit-of.ts';
import { isClosedState } from './flows/vocabulary.ts';
import { createHandOffHandler } from './handoff/hand-off.ts';
import { createIds } from './ids.ts';
import type { Json } from './json.ts';
import type { Office } from './office.ts';
import type { Papers } from './papers.ts';
import type { Calendar } from './pickup/calendar/calendar.ts';
import { createBookHandler } from './pickup/offering/book.ts';
import { createFindSlot } from './pickup/offering/booked-slot.ts';
import type { GoodTimesDeps } from './pickup/offering/good-times.ts';
import { createOfferHandler } from './pickup/offering/offer.ts';
import { createUnbookHandler, createVisitsHandler, type OpenCase } from './pickup/offering/visits-of.ts';
import { createPlacesHandler } from './pickup/places/places.ts';
import { createQueueHandler } from './pickup/queue/effect.ts';
import { createComingHandler } from './pickup/visits/coming.ts';
import { needsBlangko } from './stock-ports.ts';
import type { Store } from './store/open.ts';
import { announceBookings, openQueue } from './visit-ports.ts';

interface HandlerDeps {
  config: Config;
  store: Store;
  clock: Clock;
  log: Logger;
  publicUrl: string;
  flows: Flows;
  office: Office;
  /** As it is now. */
  officeNow: () => Office;
  calendar: Calendar;
  vault: Vault;
  inspector: Pick<Inspector, 'inspect'>;
  reader: Pick<Reader, 'read'>;
  senders: Senders;
  tellByLink: TellByLink;
  /** True when a point has no blank cards left. */
  isBlankOut(point: string): Promise<boolean>;
  /** An applicant was told that there is no time for want of blank cards. */
  waitForCards(application: string): Promise<void>;
  papers: Pick<Papers, 'cases' | 'maker' | 'forms'>;
}

/** The first of the offered times is held for so long after silence should have booked it: a timer may come late. */
const HOLD_GRACE_MS = 5 * 60_000;

/** What finding a time needs of the other rooms. */
export function createTimes(
  deps: Pick<HandlerDeps, 'clock' | 'flows' | 'officeNow' | 'calendar' | 'isBlankOut'> & {
    store: Pick<Store, 'applications' | 'bookings'>;
  },
): GoodTimesDeps {
  const { applications, bookings } = deps.store;
  return {
    ...{ bookings, clock: deps.clock, office: deps.officeNow, calendar: deps.calendar },
    applicationFacts: (number) => applications.find(number),
    needsBlangko: needsBlangko(deps.flows),
    isBlankOut: deps.isBlankOut,
  };
}

/** The handlers by the type of effect. */
export function createHandlers(deps: HandlerDeps): Map<string, EffectHandler> {
  const { config, store, clock, log, publicUrl, flows, office, calendar, vault } = deps;
  const { applications, sealer, hub } = store;
  const bookings = announceBookings(store);
  const marks = createMarks({ hash: sealer.hash, flows });
  const serviceFacts = (id: string) => fileable(flows, id);
  const { addWorkingDays } = calendar;
  const findSlot = createFindSlot({ office: deps.officeNow, bookings, clock });
  const links = createLinks({ store: store.links, sealer, clock, publicUrl });
  const times = {
    ...{ ...createTimes(deps), bookings, waitForCards: deps.waitForCards },
    holdMs: durationMs(flows.timing.slot) + HOLD_GRACE_MS,
  };
  const handlers = [
    createDeliverHandler({
      conversations: store.conversations,
      senders: deps.senders,
      templates: office.templates,
      tellByLink: deps.tellByLink,
      log,
    }),
    createIntakeHandler({
      vault,
      sealer,
      inspector: deps.inspector,
      reader: deps.reader,
      fetchRemote: config.twilio ? createTwilioFetch(config.twilio) : refuseRemote,
    }),
    createLinkHandler({ links }),
    createSubmitHandler({
      applications,
      clock,
      ids: createIds(),
      hub,
      marks,
      timeZone: office.timeZone,
      serviceFacts,
      addWorkingDays,
    }),
    createCorrectHandler({ applications, clock, hub, marks, serviceFacts, addWorkingDays }),
    createStatusHandler({
      applications,
      clock,
      findSlot: async (number) => {
        const slot = await findSlot(number);
        return slot && { ...slot };
      },
    }),
    createOfferHandler(times),
    createPlacesHandler({ office: deps.officeNow, clock }),
    createBookHandler(times),
    createVisitsHandler({
      ...{ bookings, clock, office: deps.officeNow },
      openCases: async (conversation) =>
        (await applications.findByConversation(conversation))
          .filter(({ state }) => !isClosedState(state))
          .toSorted((a, b) => b.submittedAt - a.submittedAt)
          .map((application) => openCase(flows, application, clock.now())),
    }),
    createUnbookHandler({ bookings, clock, office: deps.officeNow }),
    createComingHandler({ ...{ bookings, hub, clock }, visits: store.visits, office: deps.officeNow }),
    createFormHandler({ papers: deps.papers.maker, factsOf: deps.papers.forms.ofDraft, sealer, log }),
    createReceiptHandler({ papers: deps.papers.cases, links }),
    createCalendarHandler({
      ...{ vault, sealer, links, publicUrl },
      factsOf: createCalendarFacts({
        ...{ flows, applications, bookings, clock },
        officeNow: deps.officeNow,
      }),
    }),
    createQueueHandler({
      ...{ office: deps.officeNow, calendar, clock, bookings, queue: openQueue(deps) },
      openApplications: async (conversation) =>
        (await applications.findByConversation(conversation))
          .filter(({ state }) => !isClosedState(state))
          .map(({ number }) => number),
    }),
    createHandOffHandler({ hub, clock, audit: store.audit, answerTime: calendar.answerTime }),
  ];
  return new Map(handlers.map((handler) => [handler.type, handler]));
}

/** What somebody comes for, and which papers they bring then. */
function openCase(flows: Flows, { number, service, state, answers }: Application, now: number): OpenCase {
  const found = flows.services[service];
  const given = asAnswers(answers);
  return {
    ...{ number, service },
    activity: found && visitOfCase(found, { state, answers: given }, now),
    answers: found ? (bringAnswers(found, given) as unknown as Json) : {},
  };
}

function fileable(flows: Flows, id: string): { code: string; promise: string } | undefined {
  const service = flows.services[id];
  return service?.code && service.promise ? { code: service.code, promise: service.promise } : undefined;
}

async function refuseRemote(): Promise<never> {
  throw new AppError('REMOTE_REFUSED', { detail: 'a file lies at a provider that is switched off' });
}

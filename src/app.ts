/**
 * Puts the parts together: the only place that knows all rooms. `service.ts` listens and runs it, `loket chat` runs it
 * in a terminal, tests give it a clock of their own.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createCardWaits } from './applications/card-waits.ts';
import { createExpiry } from './applications/expiry.ts';
import { createTeller } from './applications/tell.ts';
import { createTellByLink } from './applications/tell-by-link.ts';
import { createTellVisit } from './applications/tell-visit.ts';
import { createCounterChannel } from './channels/counter.ts';
import { createSenders } from './channels/senders.ts';
import { createSimulatorChannel } from './channels/simulator/channel.ts';
import { createSimulator } from './channels/simulator/routes.ts';
import { createTwilioWebhook } from './channels/twilio/webhook.ts';
import { type Clock, createClock, type SettableClock } from './clock.ts';
import type { Config } from './config.ts';
import { type Counts, createCounts } from './conversation/counts.ts';
import { createDescribe, type Description } from './conversation/describe.ts';
import type { EffectTryDeps } from './conversation/effect-try.ts';
import { createEffectWorker } from './conversation/effect-worker.ts';
import { createEffectRunner, type EffectRunner } from './conversation/effects.ts';
import { createEngine, type RunningEngine } from './conversation/engine.ts';
import type { Vault } from './conversation/ports.ts';
import { createPresenter } from './conversation/present.ts';
import { createRelay } from './conversation/relay.ts';
import { createStep } from './conversation/step.ts';
import { createTimers } from './conversation/timers.ts';
import type { Conversation } from './conversation/types.ts';
import { createMayGo } from './conversation/unasked.ts';
import type { Facts } from './conversation/voice.ts';
import type { Watch } from './conversation/watch.ts';
import { createInspector, type RunningInspector } from './documents/intake/inspection.ts';
import { createLinks } from './documents/links.ts';
import { createMediaUrls, type MediaUrls } from './documents/media-urls.ts';
import { createDocumentRoutes } from './documents/pages/pages.ts';
import { blindReader, createReader } from './documents/reading/create-reader.ts';
import type { Reader } from './documents/reading/reader.ts';
import { openSigner } from './documents/signing/open-signer.ts';
import { createVault } from './documents/vault.ts';
import { createCommands } from './flows/commands.ts';
import type { Flows } from './flows/schema.ts';
import { createTalkMachine } from './flows/talk-machine.ts';
import { createUnderstanding } from './flows/understanding.ts';
import { createPlaceFinder } from './flows/wish/find-place.ts';
import { createHandlers, createTimes } from './handlers.ts';
import { createHandoffRoutes } from './handoff/routes.ts';
import { createHandler } from './http/handler.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { createIds } from './ids.ts';
import { createInboxPorts } from './inbox-ports.ts';
import { createNotices, type Notices } from './notices.ts';
import { fillReplies } from './office/replies.ts';
import type { Office } from './office.ts';
import { createPagePorts } from './page-ports.ts';
import { createPapers } from './papers.ts';
import { type Calendar, createCalendar } from './pickup/calendar/calendar.ts';
import { dateAt } from './pickup/calendar/openings.ts';
import type { Outages } from './pickup/outages/outages.ts';
import { isNamedIn, namePlaces } from './pickup/places/named-places.ts';
import { createPoints, type Points } from './pickup/places/points.ts';
import { createPlacePorts, openOutages } from './place-ports.ts';
import { readFlows, readOffice } from './read-files.ts';
import { readiness } from './readiness.ts';
import { loadRegions } from './regions.ts';
import { createLinkTo, createRequestPorts } from './request-ports.ts';
import { createNightly } from './retention/nightly.ts';
import { readRules } from './retention/rules.ts';
import { shareClock } from './shared-clock.ts';
import { openCardsAgain, openStock } from './stock-ports.ts';
import type { Store } from './store/open.ts';
import { createVisitCare } from './visit-care.ts';
import { createVisitPorts } from './visit-ports.ts';

export interface AppDeps {
  config: Config;
  store: Store;
  clock: SettableClock;
  log: Logger;
  /** How the outside reaches us, without a slash at the end. */
  publicUrl: string;
  /** While it stops it is not ready. */
  isStopping?: () => boolean;
}

export interface App {
  engine: RunningEngine;
  effects: EffectRunner;
  timers: Watch;
  /** Tells applicants what a crash left untold. */
  teller: Watch;
  /** Closes what nobody corrected or fetched, and owns up to late promises. */
  expiry: Watch;
  /** Reminds of visits, and cares for those that were missed. */
  visits: Watch;
  /** Tells who waits for a card that there are cards again. */
  cardsAgain: Watch;
  /** Erases every night what is kept no longer. */
  retention: Watch;
  notices: Notices;
  points: Points;
  /** Moves visits away from what is out of order. */
  outages: Outages;
  counts: Counts;
  flows: Flows;
  vault: Vault;
  inspector: RunningInspector;
  reader: Reader;
  describe(conversation: Conversation | undefined): Description;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Ends live streams and connections to providers. */
  close(): void;
}

/** Reads flows and office, and wires everything; nothing runs by itself. Throws AppError for files with mistakes. */
export async function createApp(deps: AppDeps): Promise<App> {
  const { config, store, log, publicUrl } = deps;
  const clock = config.isSimulatorOn ? shareClock(deps.clock, store.hub) : deps.clock;
  const isWeb = config.roles.includes('web');
  const flows = readFlows(config);
  const office = readOffice(config, flows);
  const points = createPoints({ office, settings: store.settings, hub: store.hub, log });
  const officeNow = points.office;
  const calendar = createCalendar(officeNow);
  const machine = createTalkMachine(flows);
  const describeAt = createDescribe(flows, machine);
  const describe = (conversation: Conversation | undefined, isOpen = false) =>
    describeAt(conversation, clock.now(), isOpen);
  const vault = createVault({ files: store.files, sealer: store.sealer, ids: createIds(), clock });
  const inspector = createInspector({ clamd: config.clamd, log });
  const reader = config.isOcrOn ? createReader({ clock, timeZone: office.timeZone, log }) : blindReader;
  const media = createMediaUrls({ sealer: store.sealer, publicUrl, vault, clock });
  const twilio = await twilioChannel(deps, clock, media);
  const simulated = config.isSimulatorOn ? createSimulatorChannel() : undefined;
  const senders = createSenders(
    [createCounterChannel(), simulated, twilio].filter((channel) => channel !== undefined),
    config.smsProvider,
  );
  const { capabilities } = senders;

  const signer = await openSigner(config.signing, { timeZone: office.timeZone, clock, log });
  const papers = createPapers({ store, flows, office, officeNow, vault, clock, publicUrl, log, signer });
  const knowledge = knowledgeOf(flows, officeNow);
  const notices = createNotices({ settings: store.settings, hub: store.hub, clock, log });
  const stock = openStock({
    ...{ store, flows, clock, officeNow, notices },
    isDeclaredOut: (point) => outages.isBlankOut(point),
  });
  const isBlankOut = stock.isOut;
  const cardWaits = createCardWaits({ applications: store.applications, clock });
  const counts = createCounts({ store: store.counts, clock, timeZone: office.timeZone, log });
  const engine: RunningEngine = createEngine({
    conversations: store.conversations,
    hub: store.hub,
    clock,
    log,
    step: createStep({
      machine,
      knowledge,
      presenter: createPresenter({ flows, facts: factsOf(officeNow, calendar), timeZone: office.timeZone }),
      timeZone: office.timeZone,
      smsHours: office.smsHours,
      templates: office.templates,
    }),
    idOf: ({ channel, id }) => store.sealer.hash('address', `${channel}:${id}`).slice(0, 32),
    newCitizen: createIds().id,
    capabilities,
    runner: () => effects,
    shared: store.shared,
    notices: notices.active,
    count: counts.count,
    countConflict: () => metrics.countConflict(),
  });
  const metrics = createMetrics({
    roles: config.roles,
    effects: () => effects,
    conversations: store.conversations,
    queue: store.shared?.queue,
  });
  const linkTo = createLinkTo(createLinks({ store: store.links, sealer: store.sealer, clock, publicUrl }));
  const tellByLink = createTellByLink({ applications: store.applications, engine, linkTo });
  const effects = createEffects(deps, metrics, {
    handlers: createHandlers({
      ...deps,
      clock,
      papers,
      flows,
      office,
      officeNow,
      calendar,
      vault,
      inspector,
      reader,
      senders,
      tellByLink,
      isBlankOut,
      waitForCards: cardWaits.begin,
    }),
    jobs: store.jobs,
    conversations: store.conversations,
    engine: () => engine,
    clock,
    log,
    count: metrics.countEffect,
  });
  const leases = store.shared?.leases;
  const timers = createTimers({ jobs: store.jobs, engine, clock, log, leases });
  const mayGo = createMayGo({
    ...{ conversations: store.conversations, capabilities },
    ...{ smsHours: office.smsHours, timeZone: office.timeZone },
  });
  const teller = createTeller({
    ...{ applications: store.applications, engine, hub: store.hub, log, leases },
    mayGo: (conversation) => mayGo(conversation, clock.now()),
  });
  const times = createTimes({ store, clock, flows, officeNow, calendar, isBlankOut });
  const tellVisit = createTellVisit({ applications: store.applications, teller, clock });
  const outages = openOutages({ store, flows, clock, log, leases, points, times, tellVisit });
  const cardsAgain = openCardsAgain({
    ...{ store, flows, clock, log, leases, officeNow, stock, cardWaits, times, tellVisit },
  });
  const visitCare = createVisitCare({
    ...{ store, clock, log, leases, officeNow, calendar, tellVisit, mayGo },
    times,
  });
  const retention = createNightly({
    ...{ ...store, clock, log, leases, timeZone: office.timeZone },
    rules: readRules(office, flows),
  });
  const expiry = createExpiry({
    ...{ applications: store.applications, clock, hub: store.hub, teller, log, leases },
    timing: flows.timing,
    timeZone: office.timeZone,
    ended: (number) => visitCare.ended(number, 'closed'),
  });

  const handoff = createHandoffRoutes({
    engine,
    jobs: store.jobs,
    takeAgain: (effect) => effects.takeAgain(effect),
    conversations: store.conversations,
    hub: store.hub,
    audit: store.audit,
    clock,
    describe,
    ...createInboxPorts({ store, clock, describe, knowledge, office, calendar, senders, inspector }),
    papers: papers.office,
    ...createRequestPorts({
      ...{ store, clock, flows, office, officeNow, linkTo, teller, senders, visitCare, stock, log },
    }),
    visits: createVisitPorts({ store, clock, flows, officeNow, calendar }),
    places: createPlacePorts({ office, store, clock, points, outages, stock }),
    ids: createIds(),
    hash: store.sealer.hash,
    office: deskFacts(office, flows, calendar),
    operators: store.operators,
    applications: store.applications,
    counts: store.counts,
    settings: store.settings,
    notices,
    flows,
    vault,
    log,
    publicUrl,
    webAppFolder: join(import.meta.dirname, '..', 'dist', 'inbox'),
  });
  const documents = createDocumentRoutes(
    createPagePorts({ ...deps, clock, flows, office, describe, engine, vault, inspector }),
  );
  const simulator = config.isSimulatorOn
    ? createSimulator({
        engine,
        conversations: store.conversations,
        hub: store.hub,
        vault,
        clock,
        describe,
      })
    : undefined;
  const webhook =
    config.twilio &&
    createTwilioWebhook({
      config: config.twilio,
      publicUrl,
      engine,
      conversations: store.conversations,
      tellByLink,
      clock,
      log,
      count: (outcome) => metrics.webhooks.inc({ provider: 'twilio', outcome }),
    });
  const handle = createHandler({
    routers: isWeb ? [handoff.router, documents, media.routes, ...(simulator ? [simulator.router] : [])] : [],
    webhooks: isWeb && webhook ? [{ prefix: '/webhooks/twilio', handle: webhook }] : [],
    trustedProxies: config.trustedProxies,
    pathPrefix: new URL(publicUrl).pathname.replace(/\/$/, ''),
    ready: () => readiness({ ...deps, inspector }),
    metrics,
    log,
  });
  return {
    engine,
    effects,
    timers,
    teller,
    expiry,
    visits: visitCare.watch,
    cardsAgain,
    retention,
    notices,
    points,
    outages,
    counts,
    flows,
    vault,
    inspector,
    reader,
    describe,
    handle,
    close() {
      handoff.close();
      simulator?.close();
      twilio?.close();
    },
  };
}

/** Twilio's library is large: an office without it does not load it. */
async function twilioChannel(
  { config, publicUrl, store, log }: AppDeps,
  clock: Clock,
  { mediaUrl }: MediaUrls,
) {
  if (!config.twilio) return undefined;
  const { createTwilioChannel } = await import('./channels/twilio/channel.ts');
  const { conversations } = store;
  return createTwilioChannel(config.twilio, { publicUrl, clock, conversations, mediaUrl, log });
}

function knowledgeOf(flows: Flows, officeNow: () => Office) {
  const office = officeNow();
  const regions = loadRegions(isNamedIn(office));
  return {
    flows,
    commands: createCommands(flows),
    understanding: createUnderstanding(flows),
    answerContext: { timeZone: office.timeZone, regions },
    places: createPlaceFinder(namePlaces(officeNow, regions.names)),
  };
}

/** Hours and kiosks are those of the day and of the points as they are now; every message asks. */
function factsOf(officeNow: () => Office, calendar: Calendar): (now: number) => Facts {
  const same = (text: string) => ({ id: text, en: text });
  const kiosks = (now: number) => ({
    id: calendar.kioskLines('id', now),
    en: calendar.kioskLines('en', now),
  });
  let known: { office: Office; from: number; until: number; facts: Facts } | undefined;
  return (now) => {
    const office = officeNow();
    if (known?.office === office && known.from <= now && now < known.until) return known.facts;
    const today = dateAt(now, office.timeZone);
    const facts = {
      office: same(office.shortName),
      region: same(office.region),
      address: same(office.address),
      website: same(office.website),
      hours: { id: calendar.hoursLine('id'), en: calendar.hoursLine('en') },
      kiosk: kiosks(now),
    };
    const midnight = (date: typeof today) => date.toZonedDateTime(office.timeZone).epochMilliseconds;
    known = { office, from: midnight(today), until: midnight(today.add({ days: 1 })), facts };
    return facts;
  };
}

/** What every operator is told of the office. */
function deskFacts(office: Office, flows: Flows, calendar: Calendar) {
  return {
    name: office.shortName,
    timeZone: office.timeZone,
    replies: fillReplies(office.replies, { jam: calendar.hoursLine('id'), alamat: office.address }),
    templates: office.templates.map(({ id, title, text, fields }) => ({ id, title, text, fields })),
    services: Object.entries(flows.services).map(([id, { title }]) => ({ id, title: title.id })),
  };
}

/** One process has all the work to itself, or workers share it; a process of another role then only wakes them. */
function createEffects({ store, log }: AppDeps, metrics: Metrics, deps: EffectTryDeps): EffectRunner {
  if (!store.shared) return createEffectRunner(deps);
  const { queue, locks, leases } = store.shared;
  const relay = createRelay({
    jobs: store.jobs,
    queue,
    leases,
    log,
    machineNow: createClock().now,
    count: metrics.countLeft,
  });
  return createEffectWorker({ ...deps, queue, locks, relay, countKnock: metrics.countKnock });
}

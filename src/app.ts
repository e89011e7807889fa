/**
 * Puts the parts together: the only place that knows all rooms. `service.ts` listens and runs it, `loket chat` runs it
 * in a terminal, tests give it a clock of their own.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { checkPin } from './applications/pin.ts';
import { createStatusHandler } from './applications/status.ts';
import { createSubmitHandler } from './applications/submit.ts';
import { createDeliverHandler } from './channels/deliver.ts';
import { createSimulatorChannel } from './channels/simulator/channel.ts';
import { createSimulator } from './channels/simulator/routes.ts';
import { createTwilioChannel } from './channels/twilio/channel.ts';
import { createTwilioFetch } from './channels/twilio/media-fetch.ts';
import { createTwilioWebhook } from './channels/twilio/webhook.ts';
import type { SettableClock } from './clock.ts';
import type { Config } from './config.ts';
import { createDescribe, type Description } from './conversation/describe.ts';
import { createEffectRunner, type EffectRunner } from './conversation/effects.ts';
import { createEngine, type RunningEngine } from './conversation/engine.ts';
import { serviceAt, stepAt } from './conversation/interpret.ts';
import type { Channel, EffectHandler, Vault } from './conversation/ports.ts';
import { createPresenter, type Facts } from './conversation/present.ts';
import { createStep } from './conversation/step.ts';
import { createTimers, type Timers } from './conversation/timers.ts';
import type { Capabilities, ChannelKind, Conversation, IncomingFile } from './conversation/types.ts';
import { createIntakeHandler } from './documents/intake.ts';
import { createLinks } from './documents/links.ts';
import { createMediaUrls } from './documents/media-urls.ts';
import { createDocumentRoutes } from './documents/pages.ts';
import { createReceiptHandler } from './documents/receipt.ts';
import { createLinkHandler } from './documents/upload-link.ts';
import { createVault } from './documents/vault.ts';
import { AppError } from './errors.ts';
import { createCommands } from './flows/commands.ts';
import type { Flows } from './flows/schema.ts';
import { createTalkMachine, type TalkMachine } from './flows/talk-machine.ts';
import { createUnderstanding } from './flows/understanding.ts';
import { createHandOffHandler } from './handoff/hand-off.ts';
import { createHandoffRoutes } from './handoff/routes.ts';
import { createHandler } from './http/handler.ts';
import { createMetrics } from './http/metrics.ts';
import { createIds } from './ids.ts';
import type { Office } from './office.ts';
import { createBookHandler } from './pickup/book.ts';
import { createFindSlot } from './pickup/booked-slot.ts';
import { type Calendar, createCalendar } from './pickup/calendar.ts';
import { createOfferHandler } from './pickup/offer.ts';
import { readFlows, readOffice } from './read-files.ts';
import { createReceiptFacts } from './receipt-facts.ts';
import { loadRegions } from './regions.ts';
import type { Store } from './store/open.ts';

export interface AppDeps {
  config: Config;
  store: Store;
  clock: SettableClock;
  log: Logger;
  /** How the outside reaches us, without a slash at the end. */
  publicUrl: string;
}

export interface App {
  engine: RunningEngine;
  effects: EffectRunner;
  timers: Timers;
  flows: Flows;
  vault: Vault;
  describe(conversation: Conversation | undefined): Description;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Ends live streams and connections to providers. */
  close(): void;
}

/** Reads flows and office, and wires everything; nothing runs by itself. Throws AppError for files with mistakes. */
export function createApp(deps: AppDeps): App {
  const { config, store, clock, log, publicUrl } = deps;
  const flows = readFlows(config);
  const office = readOffice(config);
  const calendar = createCalendar(office);
  const machine = createTalkMachine(flows);
  const describeAt = createDescribe(flows, machine);
  const describe = (conversation: Conversation | undefined) => describeAt(conversation, clock.now());
  const vault = createVault({ files: store.files, sealer: store.sealer, ids: createIds() });
  const media = createMediaUrls({ sealer: store.sealer, publicUrl, vault, clock });
  const twilio =
    config.twilio &&
    createTwilioChannel(config.twilio, {
      publicUrl,
      conversations: store.conversations,
      mediaUrl: media.mediaUrl,
      log,
    });
  const channels = channelsOf([config.isSimulatorOn ? createSimulatorChannel() : undefined, twilio]);
  const capabilities = (via: string, kind: ChannelKind) =>
    capabilitiesOf(channels, via, kind, config.smsProvider);

  const engine: RunningEngine = createEngine({
    conversations: store.conversations,
    hub: store.hub,
    clock,
    log,
    step: createStep({
      machine,
      knowledge: knowledgeOf(flows, office),
      presenter: createPresenter({ flows, facts: factsOf(office, calendar), timeZone: office.timeZone }),
      timeZone: office.timeZone,
    }),
    idOf: ({ channel, id }) => store.sealer.hash('address', `${channel}:${id}`).slice(0, 32),
    newCitizen: createIds().id,
    capabilities,
    runner: () => effects,
  });
  const handlers = handlersOf({ ...deps, flows, office, calendar, vault, channels });
  const effects = createEffectRunner({
    handlers,
    jobs: store.jobs,
    conversations: store.conversations,
    engine: () => engine,
    clock,
    log,
  });
  const timers = createTimers({ jobs: store.jobs, engine, clock, log });

  const metrics = createMetrics({ effects, conversations: store.conversations });
  const handoff = createHandoffRoutes({
    engine,
    conversations: store.conversations,
    hub: store.hub,
    audit: store.audit,
    clock,
    describe,
    capabilities: ({ via, channel }) => capabilities(via, channel),
    ids: createIds(),
    hash: store.sealer.hash,
    office: { name: office.shortName, timeZone: office.timeZone },
    operators: store.operators,
    vault,
    log,
    publicUrl,
    webAppFolder: join(import.meta.dirname, '..', 'dist', 'inbox'),
  });
  const documents = createDocumentRoutes(documentPorts({ ...deps, flows, office, machine, engine, vault }));
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
      clock,
      log,
      count: (outcome) => metrics.webhooks.inc({ provider: 'twilio', outcome }),
    });
  const handle = createHandler({
    routers: [handoff.router, documents, media.routes, ...(simulator ? [simulator.router] : [])],
    webhooks: webhook ? [{ prefix: '/webhooks/twilio', handle: webhook }] : [],
    pathPrefix: new URL(publicUrl).pathname.replace(/\/$/, ''),
    ready: () => readiness(deps),
    metrics,
    log,
  });
  return {
    engine,
    effects,
    timers,
    flows,
    vault,
    describe,
    handle,
    close() {
      handoff.close();
      simulator?.close();
      twilio?.close();
    },
  };
}

function channelsOf(all: (Channel | undefined)[]): Map<string, Channel> {
  return new Map(all.filter((channel) => channel !== undefined).map((channel) => [channel.name, channel]));
}

/** What a citizen's phone can do by the adapter that will answer; an adapter that is off can still be read. */
function capabilitiesOf(
  channels: Map<string, Channel>,
  via: string,
  kind: ChannelKind,
  smsProvider: string | undefined,
): Capabilities {
  const sender = kind === 'sms' && via !== 'simulator' ? (smsProvider ?? via) : via;
  return (
    channels.get(sender)?.capabilities(kind) ?? {
      mediaIn: kind === 'whatsapp',
      mediaOut: kind === 'whatsapp',
      locationIn: kind === 'whatsapp',
      textForm: kind === 'sms' ? 'sms' : 'long',
      textLimit: 1600,
    }
  );
}

function knowledgeOf(flows: Flows, office: Office) {
  return {
    flows,
    commands: createCommands(flows),
    understanding: createUnderstanding(flows),
    answerContext: { timeZone: office.timeZone, regions: loadRegions() },
  };
}

function factsOf(office: Office, calendar: Calendar): Facts {
  const same = (text: string) => ({ id: text, en: text });
  return {
    office: same(office.shortName),
    region: same(office.region),
    address: same(office.address),
    website: same(office.website),
    hours: { id: calendar.hoursLine('id'), en: calendar.hoursLine('en') },
  };
}

interface HandlerDeps extends AppDeps {
  flows: Flows;
  office: Office;
  calendar: Calendar;
  vault: Vault;
  channels: Map<string, Channel>;
}

/** Every kind of effect that a step can ask for. */
function handlersOf(deps: HandlerDeps): Map<string, EffectHandler> {
  const { config, store, clock, log, publicUrl, flows, office, calendar, vault } = deps;
  const { applications, bookings, sealer } = store;
  const findSlot = createFindSlot({ office, bookings, clock });
  const links = createLinks({ store: store.links, sealer, clock, publicUrl });
  const times = {
    office,
    calendar,
    bookings,
    clock,
    applicationFacts: (number: string) => applications.find(number),
  };
  const handlers = [
    createDeliverHandler({
      conversations: store.conversations,
      channels: deps.channels,
      smsProvider: config.smsProvider,
      log,
    }),
    createIntakeHandler({
      vault,
      sealer,
      fetchRemote: config.twilio ? createTwilioFetch(config.twilio) : refuseRemote,
    }),
    createLinkHandler({ links }),
    createSubmitHandler({
      applications,
      clock,
      ids: createIds(),
      timeZone: office.timeZone,
      serviceFacts: (id) => fileable(flows, id),
      addWorkingDays: calendar.addWorkingDays,
    }),
    createStatusHandler({
      applications,
      clock,
      findSlot: async (number) => ({ ...(await findSlot(number)) }),
    }),
    createOfferHandler(times),
    createBookHandler(times),
    createReceiptHandler({
      receiptFacts: createReceiptFacts({ flows, office, applications, findSlot }),
      vault,
      issued: store.issued,
      sealer,
      links,
      clock,
      publicUrl,
    }),
    createHandOffHandler({ hub: store.hub, clock, answerTime: calendar.answerTime }),
  ];
  return new Map(handlers.map((handler) => [handler.type, handler]));
}

function fileable(flows: Flows, id: string): { code: string; promise: string } | undefined {
  const service = flows.services[id];
  return service?.code && service.promise ? { code: service.code, promise: service.promise } : undefined;
}

async function refuseRemote(): Promise<never> {
  throw new AppError('REMOTE_REFUSED', { detail: 'a file lies at a provider that is switched off' });
}

/** What the pages of one-time links need of the other rooms. */
function documentPorts(
  deps: AppDeps & { flows: Flows; office: Office; machine: TalkMachine; engine: RunningEngine; vault: Vault },
) {
  const { store, clock, flows, machine, engine } = deps;
  return {
    ...deps,
    links: createLinks({ store: store.links, sealer: store.sealer, clock, publicUrl: deps.publicUrl }),
    issued: store.issued,
    sealer: store.sealer,
    officeName: deps.office.shortName,
    timeZone: deps.office.timeZone,
    checkPin: async (application: string, pin: string) => {
      const verdict = await checkPin(store.applications, clock, application, pin);
      return verdict === 'unknown' ? 'wrong' : verdict;
    },
    async describeUpload(id: string, stepId: string) {
      const conversation = await store.conversations.load(id);
      if (!conversation?.snapshot) return undefined;
      const state = machine.restore(conversation.snapshot);
      const step = stepAt(flows, state);
      const service = serviceAt(flows, state);
      if (step?.id !== stepId || step.ask !== 'document' || !service) return undefined;
      const { label: document, accept, pages } = step;
      return { document, service: service.title, language: state.talk.language, accept, pages };
    },
    async acceptUpload(id: string, files: IncomingFile[], uploadId: string) {
      const conversation = await store.conversations.load(id);
      if (!conversation)
        throw new AppError('NOT_FOUND', { detail: 'an upload for a conversation that does not exist' });
      const { via, channel, address } = conversation;
      await engine.accept({
        id: uploadId,
        via,
        from: { channel, id: address },
        at: clock.now(),
        content: { type: 'media', files },
      });
    },
  };
}

/** What keeps this process from serving, by name; `warnings` do not. */
async function readiness({ store, config }: AppDeps): Promise<{ failed: string[]; warnings: string[] }> {
  const failed = await store.ping().then(
    () => [],
    () => ['store'],
  );
  const warnings =
    config.twilio?.signature === 'report' ? ['TWILIO_SIGNATURE=report: bad signatures are let through'] : [];
  return { failed, warnings };
}

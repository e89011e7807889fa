/** The operator application over real HTTP, with two operators and a clock that stands still. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import { createMarks } from '../../src/applications/marks.ts';
import { formatNumber, formatSeries } from '../../src/applications/number.ts';
import { createTeller } from '../../src/applications/tell.ts';
import { createTellVisit } from '../../src/applications/tell-visit.ts';
import { createCounterChannel } from '../../src/channels/counter.ts';
import { createSenders } from '../../src/channels/senders.ts';
import { createSimulatorChannel } from '../../src/channels/simulator/channel.ts';
import type { Conversation } from '../../src/conversation/types.ts';
import { createLinks } from '../../src/documents/links.ts';
import type { Signer } from '../../src/documents/signing/signer.ts';
import { createVault } from '../../src/documents/vault.ts';
import { createCommands } from '../../src/flows/commands.ts';
import { createTimes } from '../../src/handlers.ts';
import { hashPassword } from '../../src/handoff/accounts/passwords.ts';
import { createSessions } from '../../src/handoff/accounts/sessions.ts';
import type { CaseDescription, Operator } from '../../src/handoff/ports.ts';
import { createHandoffRoutes } from '../../src/handoff/routes.ts';
import type { Colleague, Me } from '../../src/handoff/schemas/accounts.ts';
import type { ChatList, ConversationView, Inbox, Undelivered } from '../../src/handoff/schemas/inbox.ts';
import { createIds } from '../../src/ids.ts';
import { createInboxPorts } from '../../src/inbox-ports.ts';
import { createNotices } from '../../src/notices.ts';
import { createPapers } from '../../src/papers.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import { createPoints } from '../../src/pickup/places/points.ts';
import { createPlacePorts, openOutages } from '../../src/place-ports.ts';
import { readFlows, readOffice } from '../../src/read-files.ts';
import { loadRegions } from '../../src/regions.ts';
import { createLinkTo, createRequestPorts } from '../../src/request-ports.ts';
import { openStock } from '../../src/stock-ports.ts';
import { createVisitCare } from '../../src/visit-care.ts';
import { createVisitPorts } from '../../src/visit-ports.ts';
import { inspector } from '../documents/inspector.ts';
import { openTempStore } from '../store/temp-store.ts';
import { fakeTalks } from './fakes.ts';

export const PASSWORD = 'kantor-pagi-47';
export const START = Date.UTC(2026, 10, 23, 2, 0);
const DAY_MS = 24 * 60 * 60_000;
const OFFICE = {
  name: 'Disdukcapil Kota Contoh',
  timeZone: 'Asia/Makassar',
  replies: [],
  templates: [],
  services: [],
};

const root = join(import.meta.dirname, '..', '..');
const flows = readFlows({ flowsFile: join(root, 'flows.yaml') });
const office = readOffice({ officeFile: join(root, 'office.yaml') });
const calendar = createCalendar(() => office);
const knowledge = {
  flows,
  commands: createCommands(flows),
  answerContext: { timeZone: office.timeZone, regions: loadRegions() },
};
const senders = createSenders([createCounterChannel(), createSimulatorChannel()], undefined);
const CASE: CaseDescription = {
  status: 'handoff',
  service: 'akta-kelahiran',
  title: 'Akta Kelahiran',
  step: 'anak_nama',
  stepLabel: 'Nama anak',
  expects: 'name',
  isProposed: false,
  answers: [{ id: 'pemohon_nik', label: 'NIK pelapor', text: '3273011203900001', warnings: [] }],
  steps: [
    { id: 'pemohon_nik', label: 'NIK pelapor', ask: 'nik', isAnswered: true },
    { id: 'anak_nama', label: 'Nama anak', ask: 'name', isAnswered: false },
  ],
};

const NO_WEB_APP = join(import.meta.dirname, 'no-web-app');

const ids = createIds();

export type Counter = Awaited<ReturnType<typeof openCounter>>;

/** Opens the application on a free port. `publicUrl` and `webAppFolder` as main would give them. */
export async function openCounter(
  options: {
    publicUrl?: string;
    webAppFolder?: string;
    heartbeatMs?: number;
    signer?: Signer;
    describe?: (conversation: Conversation) => CaseDescription;
  } = {},
) {
  let now = START;
  const clock = { now: () => now };
  const store = await openTempStore();
  const { operators, audit, hub, conversations, jobs } = store;
  const takenAgain: string[] = [];
  const vault = createVault({ ...store, ids, clock });
  const talks = fakeTalks(store, clock.now);
  const logged: string[] = [];
  const log = pino({}, { write: (line: string) => void logged.push(line) });
  const { applications, settings, counts } = store;
  const marks = createMarks({ hash: store.sealer.hash, flows });
  const notices = createNotices({ settings, hub, clock, log });
  const teller = createTeller({ applications, engine: talks.engine, hub, log });
  const points = createPoints({ office, settings, hub, log });
  const stock = openStock({
    ...{ store, flows, clock, notices, officeNow: points.office },
    isDeclaredOut: (point) => outages.isBlankOut(point),
  });
  const isBlankOut = stock.isOut;
  const times = createTimes({ store, clock, flows, officeNow: points.office, calendar, isBlankOut });
  const tellVisit = createTellVisit({ applications, teller, clock });
  const outages = openOutages({ store, flows, clock, log, leases: undefined, points, times, tellVisit });
  const visitCare = createVisitCare({
    ...{ store, clock, log, leases: undefined, officeNow: points.office, calendar, tellVisit, times },
    mayGo: async () => true,
  });
  const describe = options.describe ?? (() => CASE);
  const publicUrl = options.publicUrl ?? 'http://127.0.0.1';
  const linkTo = createLinkTo(createLinks({ store: store.links, sealer: store.sealer, clock, publicUrl }));
  const { signer } = options;
  const papers = createPapers({
    store,
    flows,
    office,
    officeNow: points.office,
    vault,
    clock,
    publicUrl,
    log,
    signer,
  }).office;
  const handoff = createHandoffRoutes({
    engine: talks.engine,
    conversations,
    jobs,
    takeAgain: async (effect) => void takenAgain.push(effect),
    hub,
    audit,
    clock,
    operators,
    vault,
    ids,
    hash: store.sealer.hash,
    ...createInboxPorts({ store, clock, describe, knowledge, office, calendar, senders, inspector }),
    ...createRequestPorts({
      store,
      clock,
      flows,
      office,
      officeNow: points.office,
      linkTo,
      teller,
      senders,
      visitCare,
      stock,
      log,
    }),
    visits: createVisitPorts({ store, clock, flows, officeNow: points.office, calendar }),
    places: createPlacePorts({ office, store, clock, points, outages, stock }),
    describe,
    office: OFFICE,
    papers,
    ...{ applications, settings, counts, notices, flows, log, publicUrl },
    webAppFolder: options.webAppFolder ?? NO_WEB_APP,
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  });
  const server = express().use(handoff.router).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const addOperator = async (username: string, fields: Partial<Operator> = {}) => {
    const operator: Operator = {
      id: `op-${username}`,
      username,
      name: username[0]?.toUpperCase() + username.slice(1),
      role: 'operator',
      passwordHash: await sharedHash(),
      mustChangePassword: false,
      disabled: false,
      createdAt: now,
      failures: 0,
      lockedUntil: 0,
      ...fields,
    };
    await operators.add(operator);
    return operator;
  };
  return {
    url,
    hub,
    operators,
    vault,
    talks,
    /** Those of office.yaml. */
    templates: office.templates,
    /** The whole store, and the parts of the application that other suites look at. */
    store,
    notices,
    points,
    outages,
    teller,
    logged,
    addOperator,
    /** Lets time pass. */
    wait: (ms: number) => {
      now += ms;
    },
    conversations,
    jobs,
    /** Ids of effects that the runner was told to take up again. */
    takenAgain,
    /** Files an application of a birth in a chat, and answers its number. */
    file: async (conversation: string, values: { [step: string]: string }) => {
      const service = 'akta-kelahiran';
      const answers = Object.fromEntries(Object.entries(values).map(([step, v]) => [step, { v }]));
      const at = { code: 'KL', at: now, timeZone: office.timeZone };
      const { number } = await applications.create({
        ...{ conversation, service, answers, state: 'submitted', pin: '482913' },
        filedBy: `${conversation}:${now}`,
        series: formatSeries(at),
        numberFor: (serial) => formatNumber({ ...at, serial }),
        marks: marks.of({ service, answers }),
        ...{ submittedAt: now, dueAt: now + DAY_MS, pinFailures: 0, pinLockedUntil: 0 },
      });
      return number;
    },
    /** The audit log, oldest first. */
    audited: () => audit.list({ limit: 1000 }),
    actions: async () => (await audit.list({ limit: 1000 })).map((entry) => entry.action),
    /** A browser of that operator with a session, without the time that a password takes. */
    login: async (username: string) => {
      const operator = await operators.findByUsername(username);
      if (!operator) throw new Error(`no operator ${username}`);
      const sessions = createSessions({ store: operators, clock, ids, hash: store.sealer.hash });
      const { token, session } = await sessions.open(operator);
      return createBrowser(url, { cookie: `loket_session=${token}`, csrf: session.csrf });
    },
    browser: () => createBrowser(url),
    close: async () => {
      handoff.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
}

/** One hash for all, so that a suite does not spend its time on argon2. */
let shared: Promise<string> | undefined;
function sharedHash(): Promise<string> {
  shared ??= hashPassword(PASSWORD);
  return shared;
}

/** Fields of every answer there is; a test reads those that its answer has. */
type Body = Me & Inbox & ChatList & ConversationView & Undelivered & Refusal & Description & Small;
interface Refusal {
  error: { code: string; message: string; by?: string; reason?: string; reference?: string };
}
/** Answers of one field or two. */
interface Small {
  key: string;
  file: { file: string; contentType: string; sizeBytes: number };
  colleagues: Colleague[];
  conversation: string;
}
interface Description {
  openapi: string;
  paths: { [path: string]: { [method: string]: DescribedCall } };
}
interface DescribedCall {
  responses: object;
  parameters: { name: string }[];
  requestBody: { content: { [type: string]: { schema: object } } };
}

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
}

/** Keeps the cookie and the CSRF token, as a browser with our page would. */
export function createBrowser(url: string, start = { cookie: '', csrf: '' }) {
  let { cookie, csrf } = start;
  async function ask(method: string, path: string, body?: unknown, headers: { [name: string]: string } = {}) {
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(csrf ? { 'x-csrf-token': csrf } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      // Bytes go as they are, under the type that is given.
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
    if (answer.body?.csrf) csrf = answer.body.csrf;
    return answer;
  }
  return {
    ask,
    get: (path: string, headers?: { [name: string]: string }) => ask('GET', path, undefined, headers),
    post: (path: string, body?: unknown, headers?: { [name: string]: string }) =>
      ask('POST', path, body, headers),
    /** One file as the whole body. */
    upload: (path: string, bytes: Uint8Array, type: string) =>
      ask('POST', path, bytes, { 'content-type': type }),
    delete: (path: string) => ask('DELETE', path),
    cookie: () => cookie,
  };
}

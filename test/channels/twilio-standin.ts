/** A stand-in for Twilio: its REST API as far as we use it, and its webhook calls. For tests and benchmarks. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';

export interface StandInMessage {
  sid: string;
  to: string;
  from: string | null;
  messagingServiceSid: string | null;
  body: string;
  mediaUrls: string[];
  /** An approved template (ContentSid) with its values by number; its words are not known here. */
  content: { sid: string; variables: Record<string, string> } | undefined;
  statusCallback: string | undefined;
  status: string;
  createdAt: number;
}

/**
 * What goes wrong with one POST of a message: `rate-limit` 429, `error` 500, `garbage` 201 without JSON,
 * `hang` no answer at all, `lose-answer` the message is taken and the connection dropped, `type` 400: the file is of a
 * type that is not taken.
 */
export type Fault = 'type' | 'rate-limit' | 'error' | 'garbage' | 'hang' | 'lose-answer';

/** A file of an inbound message; `redirectTo` answers 307 as Twilio does to its file store. */
export interface StandInMedia {
  contentType: string;
  bytes?: Uint8Array;
  redirectTo?: string;
  status?: number;
  /** Sends the headers and half of the bytes, then nothing. */
  isStuck?: boolean;
}

export interface TwilioStandIn {
  /** For TWILIO_API_URL. */
  url: string;
  accountSid: string;
  authToken: string;
  /** What was taken, oldest first. */
  messages: StandInMessage[];
  /** What was taken for one address (as in `to`), oldest first. */
  messagesTo(to: string): StandInMessage[];
  /** Taken, but whoever sent it got no answer: SIDs. */
  unanswered: Set<string>;
  /** Every request, with the number of its socket (sockets kept open are few). */
  requests: { method: string; path: string; authorization: string | undefined; socket: number }[];
  /** Numbers whose owners wrote STOP: 21610. */
  optedOut: Set<string>;
  /** The next POSTs go wrong, in this order. */
  faults: Fault[];
  /** Awaited between taking a message and answering: what happens meanwhile happens in the middle of sending. */
  beforeAnswer: (message: StandInMessage) => Promise<void> | void;
  /** Messages a page at most, whatever the client asks for. */
  maxPageSize: number;
  /** A message is in the list only after this long. */
  listingLagMs: number;
  /** The clock of the dates. */
  now: () => number;
  /** Where a webhook call goes, for the URL that is signed: a balancer before several processes. */
  route: (url: string) => string;
  /** Keeps a file and gives its MediaUrl. */
  addMedia(media: StandInMedia): string;
  /** Posts a signed form to a webhook, as Twilio does; gives up after `limitMs`. */
  post(
    url: string,
    params: Record<string, string>,
    limitMs?: number,
  ): Promise<{ status: number; body: string; type: string | null }>;
  /** Sets the status of a message and posts it to its StatusCallback. */
  report(sid: string, status: string, errorCode?: number): Promise<number>;
  close(): Promise<void>;
}

/** Listens on `host`, else 127.0.0.1; `port` 0 takes a free one. */
export async function startTwilioStandIn(
  options: { host?: string; port?: number } = {},
): Promise<TwilioStandIn> {
  const media = new Map<string, StandInMedia>();
  const sockets = new Map<unknown, number>();
  const byAddress = new Map<string, StandInMessage[]>();
  let indexed = 0;
  const host = options.host ?? '127.0.0.1';
  const standIn: TwilioStandIn = {
    url: '',
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: 'token-of-the-stand-in',
    messages: [],
    messagesTo(to) {
      if (indexed > standIn.messages.length) {
        byAddress.clear();
        indexed = 0;
      }
      for (const message of standIn.messages.slice(indexed))
        byAddress.set(message.to, [...(byAddress.get(message.to) ?? []), message]);
      indexed = standIn.messages.length;
      return byAddress.get(to) ?? [];
    },
    unanswered: new Set(),
    requests: [],
    optedOut: new Set(),
    faults: [],
    beforeAnswer: () => {},
    maxPageSize: 1000,
    listingLagMs: 0,
    now: Date.now,
    route: (url) => url,
    addMedia(file) {
      const path = `/2010-04-01/Accounts/${standIn.accountSid}/Messages/MM1/Media/ME${media.size}`;
      media.set(path, file);
      return `${standIn.url}${path}`;
    },
    async post(url, params, limitMs) {
      const signature = twilio.getExpectedTwilioSignature(standIn.authToken, url, params);
      const response = await fetch(standIn.route(url), {
        method: 'POST',
        headers: { 'X-Twilio-Signature': signature },
        body: new URLSearchParams(params),
        ...(limitMs === undefined ? {} : { signal: AbortSignal.timeout(limitMs) }),
      });
      return {
        status: response.status,
        body: await response.text(),
        type: response.headers.get('content-type'),
      };
    },
    async report(sid, status, errorCode) {
      const message = standIn.messages.find((each) => each.sid === sid);
      if (!message?.statusCallback) throw new Error(`no callback for ${sid}`);
      message.status = status;
      const params = {
        MessageSid: sid,
        SmsSid: sid,
        MessageStatus: status,
        SmsStatus: status,
        To: message.to,
      };
      const error: Record<string, string> = errorCode === undefined ? {} : { ErrorCode: String(errorCode) };
      return (await standIn.post(message.statusCallback, { ...params, ...error })).status;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = http.createServer((req, res) => {
    sockets.set(req.socket, sockets.get(req.socket) ?? sockets.size);
    const path = req.url ?? '';
    const { authorization } = req.headers;
    standIn.requests.push({
      method: req.method ?? '',
      path,
      authorization,
      socket: sockets.get(req.socket) ?? -1,
    });
    const file = media.get(path);
    if (!isAuthorized(standIn, req)) refuse(res, 401, 20003, 'Authenticate');
    else if (file) sendFile(res, file);
    else if (!path.startsWith(`/2010-04-01/Accounts/${standIn.accountSid}/Messages.json`))
      refuse(res, 404, 20404, 'Not found');
    else if (req.method === 'POST')
      void readForm(req).then(
        (form) => create(standIn, res, form),
        () => {},
      );
    else list(standIn, res, new URL(path, standIn.url));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, host, resolve));
  standIn.url = `http://${host}:${(server.address() as AddressInfo).port}`;
  return standIn;
}

function isAuthorized({ accountSid, authToken }: TwilioStandIn, req: IncomingMessage): boolean {
  return (
    req.headers.authorization === `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  );
}

async function create(standIn: TwilioStandIn, res: ServerResponse, form: URLSearchParams): Promise<void> {
  const fault = standIn.faults.shift();
  const [status, code, words] = refusalOf(standIn, fault, form) ?? [201, 0, ''];
  if (fault === 'rate-limit') res.setHeader('Retry-After', '7');
  if (status >= 400) refuse(res, status, code, words);
  else if (fault === 'garbage') res.writeHead(201).end('<html>');
  else if (fault !== 'hang') {
    const message = take(standIn, form);
    standIn.unanswered.add(message.sid);
    res.once('finish', () => standIn.unanswered.delete(message.sid));
    await standIn.beforeAnswer(message);
    if (fault === 'lose-answer') res.destroy();
    else json(res, 201, resourceOf(standIn, message));
  }
}

function refusalOf(
  { optedOut }: TwilioStandIn,
  fault: Fault | undefined,
  form: URLSearchParams,
): [number, number, string] | undefined {
  if (fault === 'type') return [400, 12300, 'Invalid Content-Type'];
  if (fault === 'error') return [500, 20500, 'Internal Server Error'];
  if (fault === 'rate-limit') return [429, 20429, 'Too Many Requests'];
  const to = form.get('To') ?? '';
  const body = form.get('Body') ?? '';
  if (!/^(whatsapp:)?\+\d{8,15}$|^whatsapp:\w+\.\w+$/.test(to))
    return [400, 21211, `The 'To' number ${to} is not valid`];
  if (optedOut.has(to)) return [400, 21610, `Attempt to send to unsubscribed recipient ${to}`];
  if (!form.has('From') && !form.has('MessagingServiceSid'))
    return [400, 21603, "A 'From' phone number is required"];
  if (form.has('ContentSid')) return contentRefusal(form);
  if (form.has('ContentVariables')) return [400, 21654, 'ContentSid Required'];
  if (body === '' && !form.has('MediaUrl')) return [400, 21602, 'Message body is required'];
  if (body.length > 1600) return [400, 21617, 'The concatenated message body exceeds 1600 characters'];
  return undefined;
}

/** As 21656 is documented. Twilio asks to leave out Body and MediaUrl beside a ContentSid: we take it at its word. */
function contentRefusal(form: URLSearchParams): [number, number, string] | undefined {
  if (!/^HX[0-9a-f]{32}$/i.test(form.get('ContentSid') ?? ''))
    return [400, 21655, 'The ContentSid is invalid'];
  if (form.has('Body') || form.has('MediaUrl')) return [400, 20001, 'ContentSid with Body or MediaUrl'];
  const isValid = Object.values(variablesOf(form)).every(
    (value) => typeof value === 'string' && value !== '' && !/[\n\t]| {4}/.test(value),
  );
  return isValid ? undefined : [400, 21656, 'The ContentVariables Parameter is invalid'];
}

function variablesOf(form: URLSearchParams): Record<string, string> {
  return JSON.parse(form.get('ContentVariables') ?? '{}') as Record<string, string>;
}

function contentOf(form: URLSearchParams): StandInMessage['content'] {
  const sid = form.get('ContentSid');
  return sid === null ? undefined : { sid, variables: variablesOf(form) };
}

function take(standIn: TwilioStandIn, form: URLSearchParams): StandInMessage {
  const message: StandInMessage = {
    sid: `SM${String(standIn.messages.length).padStart(32, '0')}`,
    to: form.get('To') ?? '',
    from: form.get('From'),
    messagingServiceSid: form.get('MessagingServiceSid'),
    body: form.get('Body') ?? '',
    mediaUrls: form.getAll('MediaUrl'),
    content: contentOf(form),
    statusCallback: form.get('StatusCallback') ?? undefined,
    status: 'queued',
    createdAt: standIn.now(),
  };
  standIn.messages.push(message);
  return message;
}

/** Newest first, by To and DateSent (a queued message has none and is not found by it), in pages. */
function list(standIn: TwilioStandIn, res: ServerResponse, url: URL): void {
  const query = url.searchParams;
  const size = Math.min(Number(query.get('PageSize') ?? 50), standIn.maxPageSize);
  const page = Number(query.get('Page') ?? 0);
  const to = query.get('To');
  const found = (to === null ? standIn.messages : standIn.messagesTo(to)).filter((message) => {
    if (message.createdAt > standIn.now() - standIn.listingLagMs) return false;
    if (query.has('From') && message.from !== query.get('From')) return false;
    const sentAt = message.status === 'queued' ? Number.NaN : message.createdAt;
    if (query.has('DateSent>') && !(sentAt >= Date.parse(query.get('DateSent>') ?? ''))) return false;
    return !(query.has('DateSent<') && !(sentAt <= Date.parse(query.get('DateSent<') ?? '')));
  });
  const slice = found.reverse().slice(page * size, (page + 1) * size);
  const next = new URLSearchParams(query);
  next.set('Page', String(page + 1));
  next.set('PageToken', `PT${page + 1}`);
  const hasMore = found.length > (page + 1) * size;
  json(res, 200, {
    messages: slice.map((message) => resourceOf(standIn, message)),
    page,
    page_size: size,
    next_page_uri: hasMore ? `${url.pathname}?${next}` : null,
    uri: url.pathname,
  });
}

function resourceOf({ accountSid }: TwilioStandIn, message: StandInMessage) {
  const date = new Date(message.createdAt).toUTCString().replace('GMT', '+0000');
  return {
    sid: message.sid,
    account_sid: accountSid,
    to: message.to,
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    body: message.body,
    status: message.status,
    direction: 'outbound-api',
    num_media: String(message.mediaUrls.length),
    num_segments: '1',
    date_created: date,
    date_updated: date,
    date_sent: message.status === 'queued' ? null : date,
    error_code: null,
    error_message: null,
  };
}

function sendFile(res: ServerResponse, file: StandInMedia): void {
  const bytes = file.bytes ?? Buffer.alloc(0);
  const location = file.redirectTo === undefined ? {} : { Location: file.redirectTo };
  res.writeHead(file.redirectTo === undefined ? (file.status ?? 200) : 307, {
    'Content-Type': file.contentType,
    ...location,
  });
  if (file.isStuck) res.write(bytes.subarray(0, bytes.length / 2));
  else res.end(bytes);
}

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function refuse(res: ServerResponse, status: number, code: number, message: string): void {
  json(res, status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}

function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

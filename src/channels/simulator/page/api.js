/** The simulator's HTTP API (contract.md 4). */

/** Why a message was not taken. `isFinal`: trying again cannot help. */
export class Refused extends Error {
  constructor(message, isFinal) {
    super(message);
    this.isFinal = isFinal;
  }
}

/** Durable when resolved. Throws Refused. */
export function sendMessage(message) {
  return ask('/simulator/messages', message);
}

/** `{ messages, state }` of one phone. Throws Refused. */
export function fetchScreen({ channel, number }) {
  return ask(`/simulator/conversations/${channel}/${encodeURIComponent(number)}`);
}

/** The service's clock in ms; with `epochMs` it is set first. Throws Refused. */
export async function serviceClock(epochMs) {
  const body = epochMs === undefined ? undefined : { now: new Date(epochMs).toISOString() };
  const { now } = await ask('/simulator/clock', body);
  return Date.parse(now);
}

/** Calls `onNews` whenever the phone has something new, and after each interruption; returns the undo. */
export function listen({ channel, number }, onNews) {
  let source;
  const open = () => {
    source = new EventSource(`/simulator/events/${channel}/${encodeURIComponent(number)}`);
    source.onopen = onNews;
    source.onmessage = onNews;
  };
  // Browsers allow six connections to a server: pages that nobody looks at give theirs back.
  const onVisibility = () => {
    source?.close();
    source = undefined;
    if (!document.hidden) open();
  };
  document.addEventListener('visibilitychange', onVisibility);
  onVisibility();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    source?.close();
  };
}

async function ask(path, body) {
  const options = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, options).catch(() => {
    throw new Refused('layanan tidak terjangkau', false);
  });
  // A proxy in trouble answers with a page: no JSON counts as no answer, and the status tells the rest.
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer) return answer;
  const { field, message } = answer?.error ?? {};
  const why = field ? `${field} ${message}` : `galat ${response.status}`;
  throw new Refused(why, response.status >= 400 && response.status < 500);
}

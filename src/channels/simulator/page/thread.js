/** One number's talk on one channel: what the service has, and what is still on its way there. */
import { fetchScreen, listen } from './api.js';
import { createOutbox } from './outbox.js';

/** Longest time that the bot is said to be typing, ms. */
const TYPING_MS = 6000;
/** Delivery marks change without news: as long as one is open, the screen is asked for again, ms. */
const RECHECK_MS = 700;

/** `onChange` is called whenever something may look different. `close` ends the live connection, not the sending. */
export function createThread(phone, onChange) {
  let screen = {
    messages: [],
    state: { status: 'idle', service: null, step: null, expects: null, applications: [] },
  };
  let isFetching = false;
  let isStale = false;
  let isClosed = false;
  let isReachable = true;
  let waitingSince = 0;
  let timer;

  const outbox = createOutbox(phone, () => {
    if (outbox?.messages().some(({ progress }) => progress === 'sent')) void refresh();
    onChange();
  });

  async function refresh() {
    if (isFetching) {
      isStale = true;
      return;
    }
    isFetching = true;
    try {
      take(await fetchScreen(phone));
      isReachable = true;
    } catch {
      isReachable = false;
    }
    isFetching = false;
    if (isStale) {
      isStale = false;
      void refresh();
    }
    onChange();
  }

  function take(fresh) {
    const known = new Set(screen.messages.map(({ id }) => id));
    const hasAnswer = fresh.messages.some(({ id, direction }) => direction === 'out' && !known.has(id));
    if (hasAnswer) waitingSince = 0;
    screen = fresh;
    outbox.settle(new Set(fresh.messages.map(({ id }) => id)));
    clearTimeout(timer);
    const isMoving = fresh.messages.slice(-5).some(({ status }) => status === 'queued');
    if ((isMoving || isTyping()) && !isClosed) timer = setTimeout(refresh, RECHECK_MS);
  }

  function isTyping() {
    return Date.now() - waitingSince < TYPING_MS && screen.state.status !== 'handoff';
  }

  const stop = listen(phone, refresh);
  void refresh();

  return {
    phone,
    outbox,
    screen: () => screen,
    isTyping,
    isReachable: () => isReachable,
    send(body, previews) {
      waitingSince = Date.now();
      outbox.add(body, previews);
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      stop();
    },
  };
}

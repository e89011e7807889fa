/** A stand-in for the engine over the real store, with its rules for operators and small enough to see through. */
import type { Engine } from '../../src/conversation/ports.ts';
import type { Address, Commit, Conversation, Entry, Event, Handoff } from '../../src/conversation/types.ts';
import type { Store } from '../../src/store/open.ts';

const LEASE_MS = 5 * 60 * 1000;

export interface FakeTalks {
  engine: Engine;
  /** Stores a conversation, which waits for an operator unless told otherwise. */
  add(conversation: Partial<Conversation> & { id: string }, entries?: Partial<Entry>[]): Promise<void>;
  /** The citizen writes. */
  say(id: string, entry: Partial<Entry>): Promise<void>;
}

type Written = Pick<Commit, 'inbound'> & { entries?: Entry[] };

/** Builds the stand-in. */
export function fakeTalks({ conversations, hub, sealer }: Store, now: () => number): FakeTalks {
  let serial = 0;
  const entry = ({ id, version }: Conversation, partial: Partial<Entry>): Entry => {
    serial += 1;
    return {
      id: `${id}.${version}.${serial}`,
      direction: 'in',
      author: 'citizen',
      at: now(),
      text: '',
      files: [],
      status: 'received',
      ...partial,
    };
  };
  const commit = async (conversation: Conversation, more: Written) => {
    const timers = { set: [], cancel: [] };
    await conversations.commit({ conversation, effects: [], amended: [], timers, entries: [], ...more });
    hub.publish(`conversation:${conversation.id}`, conversation.version);
    hub.publish('inbox', conversation.id);
  };
  const load = async (id: string) => {
    const known = await conversations.load(id);
    return known && { ...known, version: known.version + 1 };
  };

  const conversationId = ({ channel, id }: Address) =>
    sealer.hash('address', `${channel}:${id}`).slice(0, 32);

  return {
    engine: {
      conversationId,
      async accept({ id: message, via, from: { channel, id: address }, content, by }) {
        const id = conversationId({ channel, id: address });
        const next =
          (await load(id)) ?? begin({ id, channel, via, address, attention: { status: 'bot' } }, now());
        const inbound = `${via}:${message}`;
        if (await conversations.isInboundDone(id, inbound)) return 'duplicate';
        const text = content.type === 'text' ? content.text : '';
        const stored = entry(next, { text, ...(by ? { author: by.name } : {}) });
        await commit(next, { entries: [stored], inbound });
        return 'accepted';
      },
      async handle(id, event) {
        const next = await load(id);
        if (!next) return undefined;
        const written = write(next, event, entry);
        next.attention = operate(next, event, now()) ?? next.attention;
        await commit(next, written);
        return conversations.load(id);
      },
    },
    async add(partial, entries = []) {
      const conversation = begin(partial, now());
      await commit(conversation, { entries: entries.map((one) => entry(conversation, one)) });
    },
    async say(id, partial) {
      const next = await load(id);
      if (!next) return;
      if (next.attention.status !== 'bot') {
        const { unanswered = 0, unansweredSince = now() } = next.attention;
        next.attention = { ...next.attention, unanswered: unanswered + 1, unansweredSince };
      }
      await commit(next, { entries: [entry(next, partial)] });
    },
  };
}

function begin(partial: Partial<Conversation> & { id: string }, now: number): Conversation {
  return {
    version: 1,
    citizen: 'citizen',
    channel: 'whatsapp',
    via: 'simulator',
    address: '+6281234567890',
    flow: '',
    snapshot: null,
    attention: { status: 'waiting', since: now, reason: 'asked' },
    lastInboundAt: now,
    held: [],
    applications: [],
    ...partial,
  };
}

/** What an event leaves in the transcript. */
function write(
  next: Conversation,
  event: Event,
  entry: (conversation: Conversation, partial: Partial<Entry>) => Entry,
): Written {
  if (event.type === 'operator.note') {
    const { text, operator, id } = event;
    return {
      entries: [entry(next, { direction: 'note', author: operator.name, text })],
      inbound: `note:${id}`,
    };
  }
  if (event.type === 'operator.answer') return { inbound: `answer:${event.id}` };
  if (event.type !== 'operator.reply' || !isHeldBy(next, event.operator)) return {};
  const { text, files = [], operator, id } = event;
  const said = entry(next, { direction: 'out', author: operator.name, text, files, status: 'queued' });
  return { entries: [said], inbound: `reply:${id}` };
}

/** The next attention; undefined when the event changes nothing. */
function operate(
  conversation: Conversation,
  event: Event,
  now: number,
): Conversation['attention'] | undefined {
  const { attention } = conversation;
  if (!('operator' in event)) return undefined;
  const { operator, type } = event;
  const known: Handoff = attention.status === 'bot' ? { since: now, reason: 'opened' } : handoffOf(attention);
  const isMine = isHeldBy(conversation, operator);
  const claimed = (by: typeof operator) =>
    ({ status: 'claimed', ...known, operator: by, until: now + LEASE_MS }) as const;
  if (type === 'operator.claim') {
    const isFree = attention.status !== 'claimed' || attention.until <= now;
    return isMine || (isFree && !event.renew) ? claimed(operator) : undefined;
  }
  if (type === 'operator.reply') {
    const { since, reason } = known;
    return isMine ? { status: 'claimed', since, reason, operator, until: now + LEASE_MS } : undefined;
  }
  if (type === 'operator.transfer') {
    const isOver = event.over && attention.status === 'claimed';
    return isMine || isOver ? claimed(event.to) : undefined;
  }
  // As the engine, these do not ask who it is: that is the API's to do.
  if (type === 'operator.release') return { status: 'waiting', ...known };
  if (type === 'operator.resolve' || type === 'operator.ask') return { status: 'bot' };
  return undefined;
}

function handoffOf({ since, reason, unanswered, unansweredSince }: Handoff): Handoff {
  return {
    ...{ since, reason },
    ...(unanswered === undefined ? {} : { unanswered }),
    ...(unansweredSince === undefined ? {} : { unansweredSince }),
  };
}

function isHeldBy({ attention }: Conversation, operator: { id: string }): boolean {
  return attention.status === 'claimed' && attention.operator.id === operator.id;
}

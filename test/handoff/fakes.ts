/** A stand-in for the engine over the real store, with its rules for operators and small enough to see through. */
import type { Engine } from '../../src/conversation/ports.ts';
import type { Commit, Conversation, Entry, Event } from '../../src/conversation/types.ts';
import type { Store } from '../../src/store/open.ts';

const LEASE_MS = 5 * 60 * 1000;

export interface FakeTalks {
  engine: Pick<Engine, 'handle'>;
  /** Stores a conversation, which waits for an operator unless told otherwise. */
  add(conversation: Partial<Conversation> & { id: string }, entries?: Partial<Entry>[]): Promise<void>;
  /** The citizen writes. */
  say(id: string, entry: Partial<Entry>): Promise<void>;
}

/** Builds the stand-in. */
export function fakeTalks({ conversations, hub }: Store, now: () => number): FakeTalks {
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
  const commit = async (
    conversation: Conversation,
    more: Pick<Commit, 'inbound'> & { entries?: Entry[] },
  ) => {
    const timers = { set: [], cancel: [] };
    await conversations.commit({ conversation, effects: [], amended: [], timers, entries: [], ...more });
    hub.publish(`conversation:${conversation.id}`, conversation.version);
    hub.publish('inbox', conversation.id);
  };
  const load = async (id: string) => {
    const known = await conversations.load(id);
    return known && { ...known, version: known.version + 1 };
  };

  return {
    engine: {
      async handle(id, event) {
        const next = await load(id);
        if (!next) return undefined;
        const more: Pick<Commit, 'inbound'> & { entries?: Entry[] } = {};
        if (event.type === 'operator.reply' && isHeldBy(next, event.operator)) {
          const { name } = event.operator;
          more.entries = [
            entry(next, { direction: 'out', author: name, text: event.text, status: 'queued' }),
          ];
          more.inbound = `reply:${event.id}`;
        }
        next.attention = operate(next, event, now()) ?? next.attention;
        await commit(next, more);
        return conversations.load(id);
      },
    },
    async add(partial, entries = []) {
      const conversation: Conversation = {
        version: 1,
        citizen: 'citizen',
        channel: 'whatsapp',
        via: 'simulator',
        address: '+6281234567890',
        flow: '',
        snapshot: null,
        attention: { status: 'waiting', since: now(), reason: 'asked' },
        lastInboundAt: now(),
        held: [],
        applications: [],
        ...partial,
      };
      await commit(conversation, { entries: entries.map((one) => entry(conversation, one)) });
    },
    async say(id, partial) {
      const next = await load(id);
      if (next) await commit(next, { entries: [entry(next, partial)] });
    },
  };
}

/** The next attention; undefined when the event changes nothing. */
function operate(
  conversation: Conversation,
  event: Event,
  now: number,
): Conversation['attention'] | undefined {
  const { attention } = conversation;
  if (attention.status === 'bot' || !('operator' in event)) return undefined;
  const { since, reason } = attention;
  const isMine = isHeldBy(conversation, event.operator);
  if (event.type === 'operator.claim') {
    const isFree = attention.status === 'waiting' || attention.until <= now;
    if (!isFree && !isMine) return undefined;
    return { status: 'claimed', since, reason, operator: event.operator, until: now + LEASE_MS };
  }
  // As the engine, these do not ask who it is: that is the API's to do.
  if (event.type === 'operator.release') return { status: 'waiting', since, reason };
  if (event.type === 'operator.resolve') return { status: 'bot' };
  return undefined;
}

function isHeldBy({ attention }: Conversation, operator: { id: string }): boolean {
  return attention.status === 'claimed' && attention.operator.id === operator.id;
}

/** Stand-ins for the store and the engine, small enough to see through. */
import { createHash } from 'node:crypto';
import type { ConversationStore, Engine, Hub, Vault } from '../../src/conversation/ports.ts';
import type { Conversation, Entry, Event, OperatorRef } from '../../src/conversation/types.ts';
import type { AuditEntry, AuditLog, Operator, OperatorStore, Session } from '../../src/handoff/ports.ts';
import type { Json } from '../../src/json.ts';

const LEASE_MS = 5 * 60 * 1000;

export function fakeHub(): Hub {
  const listeners = new Map<string, Set<(message: Json) => void>>();
  return {
    publish: (topic, message) => listeners.get(topic)?.forEach((listener) => void listener(message)),
    subscribe(topic, listener) {
      const all = listeners.get(topic) ?? new Set();
      listeners.set(topic, all.add(listener));
      return () => void all.delete(listener);
    },
  };
}

export function fakeOperators(): OperatorStore {
  const operators = new Map<string, Operator>();
  const sessions = new Map<string, Session>();
  const byName = (name: string) =>
    [...operators.values()].find((each) => each.username.toLowerCase() === name.toLowerCase());
  return {
    async add(operator) {
      if (byName(operator.username)) return 'taken';
      operators.set(operator.id, operator);
      return 'added';
    },
    update: async (operator) => void operators.set(operator.id, operator),
    findByUsername: async (name) => byName(name),
    find: async (id) => operators.get(id),
    list: async () => [...operators.values()],
    openSession: async (session) => void sessions.set(session.tokenHash, session),
    findSession: async (hash) => sessions.get(hash),
    closeSession: async (hash) => void sessions.delete(hash),
    async closeSessions(operator) {
      for (const [hash, session] of sessions) if (session.operator === operator) sessions.delete(hash);
    },
  };
}

export function fakeAudit(): AuditLog & { entries: AuditEntry[] } {
  const entries: AuditEntry[] = [];
  return {
    entries,
    append: async (entry) => void entries.push({ ...entry, seq: entries.length + 1, hash: '' }),
    list: async ({ after = 0, limit }) => entries.slice(after, after + limit),
    verify: async () => ({ ok: true, entries: entries.length }),
  };
}

export function fakeVault(): Vault {
  const files = new Map<string, { owner: string; bytes: Uint8Array; contentType: string; name?: string }>();
  return {
    async put(owner, file) {
      const id = createHash('sha256').update(file.bytes).digest('hex').slice(0, 16);
      files.set(id, { owner, ...file });
      return { file: id, contentType: file.contentType, sizeBytes: file.bytes.length };
    },
    get: async (file) => files.get(file),
  };
}

export interface FakeTalks {
  engine: Pick<Engine, 'handle'>;
  conversations: ConversationStore;
  add(conversation: Partial<Conversation> & { id: string }, entries?: Partial<Entry>[]): void;
  say(id: string, entry: Partial<Entry>): void;
}

/** Conversations and an engine with its rules for operators: a claim holds until its lease is over. */
export function fakeTalks(deps: { now: () => number; hub: Hub }): FakeTalks {
  const talks = new Map<string, { conversation: Conversation; entries: Entry[] }>();
  const missing = () => Promise.reject(new Error('not in this fake'));
  let serial = 0;

  const entry = (partial: Partial<Entry>): Entry => {
    serial += 1;
    return {
      id: `entry-${serial}`,
      direction: 'in',
      author: 'citizen',
      at: deps.now(),
      text: '',
      files: [],
      status: 'received',
      ...partial,
    };
  };
  const say = (id: string, partial: Partial<Entry>) => {
    talks.get(id)?.entries.push(entry(partial));
    deps.hub.publish(`conversation:${id}`, null);
  };

  return {
    conversations: {
      load: async (id) => talks.get(id)?.conversation,
      isInboundDone: missing,
      commit: missing,
      async transcript(id, options) {
        const all = talks.get(id)?.entries ?? [];
        return options?.last === undefined ? [...all] : all.slice(-options.last);
      },
      findEntry: missing,
      findSent: missing,
      setStatus: missing,
      listAttention: async () =>
        [...talks.values()]
          .map((each) => each.conversation)
          .filter((each) => each.attention.status !== 'bot'),
    },
    engine: {
      async handle(id, event) {
        const talk = talks.get(id);
        if (!talk) return undefined;
        const { attention } = talk.conversation;
        const next = operate(attention, event, deps.now());
        if (next) talk.conversation = { ...talk.conversation, attention: next };
        const isHolder =
          event.type === 'operator.reply' &&
          attention.status === 'claimed' &&
          attention.operator.id === event.operator.id;
        if (isHolder && !talk.entries.some((each) => each.id === event.id)) {
          const { name } = event.operator;
          say(id, { id: event.id, direction: 'out', author: name, text: event.text, status: 'queued' });
        }
        deps.hub.publish(`conversation:${id}`, null);
        return talk.conversation;
      },
    },
    add(partial, entries = []) {
      const conversation: Conversation = {
        version: 1,
        citizen: 'citizen',
        channel: 'whatsapp',
        via: 'simulator',
        address: '+6281234567890',
        flow: '',
        snapshot: null,
        attention: { status: 'waiting', since: deps.now(), reason: 'asked' },
        lastInboundAt: deps.now(),
        held: [],
        applications: [],
        ...partial,
      };
      talks.set(partial.id, { conversation, entries: entries.map(entry) });
    },
    say,
  };
}

type Attention = Conversation['attention'];

/** The next attention; undefined when the event changes nothing. */
function operate(attention: Attention, event: Event, now: number): Attention | undefined {
  if (attention.status === 'bot' || !('operator' in event)) return undefined;
  const { since, reason } = attention;
  const isHeldBy = (operator: OperatorRef) =>
    attention.status === 'claimed' && attention.operator.id === operator.id;
  if (event.type === 'operator.claim') {
    const isFree = attention.status === 'waiting' || attention.until <= now;
    if (!isFree && !isHeldBy(event.operator)) return undefined;
    return { status: 'claimed', since, reason, operator: event.operator, until: now + LEASE_MS };
  }
  if (!isHeldBy(event.operator)) return undefined;
  if (event.type === 'operator.release') return { status: 'waiting', since, reason };
  if (event.type === 'operator.resolve') return { status: 'bot' };
  return undefined;
}

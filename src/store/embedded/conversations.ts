/** Conversations, transcripts and the marks of what is done, in SQLite. */
import { hash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Attention, Commit, Conversation, Effect } from '../../conversation/types.ts';
import { allRows, getRow } from './database.ts';
import { type Entries, packEntry } from './entries.ts';
import { assertOwnId, orderOf } from './ids.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

export interface ConversationsDeps {
  db: DatabaseSync;
  writer: Writer;
  keyring: Keyring;
  entries: Entries;
}

interface Row {
  id: string;
  version: number;
  channel: Conversation['channel'];
  flow: string;
  attention: string | null;
  body: Uint8Array;
}

type Body = Omit<Conversation, 'id' | 'version' | 'channel' | 'flow' | 'attention'>;

/** Implements the port; see there for the promises. */
export function createConversationStore(deps: ConversationsDeps): ConversationStore {
  const { db, writer, keyring, entries } = deps;
  const sql = prepare(db);

  function read(row: Row): Conversation {
    const { id, version, channel, flow } = row;
    const body = JSON.parse(keyring.open(id, 'conversation', id, row.body).toString()) as Body;
    const attention: Attention = row.attention ? JSON.parse(row.attention) : { status: 'bot' };
    return { id, version, channel, flow, attention, ...body };
  }

  return {
    load: async (id) => {
      const row = getRow<Row>(sql.load, id);
      return row && read(row);
    },
    isInboundDone: async (id, inbound) => sql.hasInbound.get(inboundMark(id, inbound)) !== undefined,
    commit: async (commit) => {
      // Turned into text now: what the caller does with the objects later does not reach the disk.
      const packed = pack(commit);
      return writer.write(() => write(sql, deps, packed));
    },
    listAttention: async () => allRows<Row>(sql.listAttention).map(read),
    transcript: async (id, options) => entries.list(id, options ?? {}),
    findEntry: async (entry) => entries.find(entry),
    findSent: async (providerId) => entries.findSent(providerId),
    setStatus: (entry, status, providerId) =>
      writer.write(() => entries.setStatus({ entry, status, ...(providerId ? { providerId } : {}) })),
  };
}

/** Says of a provider's message that it was taken: by conversation first, so that one person's marks lie together. */
function inboundMark(conversation: string, inbound: string): Uint8Array {
  return Buffer.concat([markPrefix(conversation), hash('sha256', inbound, 'buffer').subarray(0, 10)]);
}

/** What the marks of a conversation begin with. */
export function markPrefix(conversation: string): Uint8Array {
  return hash('sha256', conversation, 'buffer').subarray(0, 6);
}

type Statements = ReturnType<typeof prepare>;

function prepare(db: DatabaseSync) {
  const columns = 'id, version, channel, flow, attention, body';
  return {
    load: db.prepare(`SELECT ${columns} FROM conversations WHERE id = ?`),
    listAttention: db.prepare(
      `SELECT ${columns} FROM conversations WHERE since IS NOT NULL ORDER BY since, id`,
    ),
    insert: db.prepare(
      `INSERT INTO conversations (version, channel, flow, since, attention, body, id) VALUES (1, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    ),
    update: db.prepare(
      `UPDATE conversations SET version = ?, channel = ?, flow = ?, since = ?, attention = ?, body = ?
       WHERE id = ? AND version = ?`,
    ),
    hasInbound: db.prepare('SELECT 1 FROM inbound WHERE mark = ?'),
    insertInbound: db.prepare('INSERT INTO inbound (mark) VALUES (?) ON CONFLICT DO NOTHING'),
    deleteInbound: db.prepare('DELETE FROM inbound WHERE mark = ?'),
    hasEffect: db.prepare('SELECT 1 FROM effects WHERE id = ?'),
    insertEffect: db.prepare('INSERT INTO effects (id, seq, type, params) VALUES (?, ?, ?, ?)'),
    deleteEffect: db.prepare('DELETE FROM effects WHERE id = ?'),
    setTimer: db.prepare(
      `INSERT INTO timers (conversation, id, due_at) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET due_at = excluded.due_at`,
    ),
    deleteTimer: db.prepare('DELETE FROM timers WHERE conversation = ? AND id = ?'),
  } satisfies Record<string, StatementSync>;
}

function packEffect(conversation: string, { id, type, params }: Effect) {
  assertOwnId(conversation, id);
  return { id, type, params: JSON.stringify(params) };
}

type Packed = ReturnType<typeof pack>;

function pack(commit: Commit) {
  const { id, version, channel, flow, attention, ...body } = commit.conversation;
  const isWithBot = attention.status === 'bot';
  return {
    id,
    version,
    channel,
    flow,
    since: isWithBot ? null : attention.since,
    attention: isWithBot ? null : JSON.stringify(attention),
    body: JSON.stringify(body satisfies Body),
    entries: commit.entries.map((entry) => packEntry(id, entry)),
    effects: commit.effects.map((effect) => packEffect(id, effect)),
    set: commit.timers.set.map(({ id, dueAt }) => ({ id, dueAt })),
    cancel: [...commit.timers.cancel],
    amended: commit.amended.length === 0 ? [] : structuredClone(commit.amended),
    inbound: commit.inbound === undefined ? undefined : inboundMark(id, commit.inbound),
    effectDone: commit.effectDone,
    timerDone: commit.timerDone,
  };
}

/** A refusal leaves nothing written, so that it does not cost the rest of the group a second run. */
function write(
  sql: Statements,
  deps: ConversationsDeps,
  commit: Packed,
): 'committed' | 'conflict' | 'duplicate' {
  const { id, version, inbound, effectDone } = commit;
  if (effectDone !== undefined && !sql.hasEffect.get(effectDone)) return 'duplicate';
  if (inbound && sql.insertInbound.run(inbound).changes === 0) return 'duplicate';
  if (!writeConversation(sql, deps.keyring, commit)) {
    if (inbound) sql.deleteInbound.run(inbound);
    return 'conflict';
  }
  for (const [index, entry] of commit.entries.entries())
    deps.entries.insert(id, orderOf(version, index), entry);
  for (const { entry, files } of commit.amended) deps.entries.amend(entry, files);
  for (const [index, effect] of commit.effects.entries()) {
    const params = deps.keyring.seal(id, 'effect', effect.id, effect.params);
    sql.insertEffect.run(effect.id, orderOf(version, index), effect.type, params);
  }
  if (effectDone !== undefined) sql.deleteEffect.run(effectDone);
  writeTimers(sql, commit);
  return 'committed';
}

/** `false`, and nothing written, when the stored version is not the one before. */
function writeConversation(sql: Statements, keyring: Keyring, commit: Packed): boolean {
  const { id, version, channel, flow, since, attention } = commit;
  const body = keyring.seal(id, 'conversation', id, commit.body);
  const { changes } =
    version === 1
      ? sql.insert.run(channel, flow, since, attention, body, id)
      : sql.update.run(version, channel, flow, since, attention, body, id, version - 1);
  return changes === 1;
}

/** In this order: a step may end a timer and start one of the same name. */
function writeTimers(sql: Statements, commit: Packed): void {
  if (commit.timerDone !== undefined) sql.deleteTimer.run(commit.id, commit.timerDone.id);
  for (const id of commit.cancel) sql.deleteTimer.run(commit.id, id);
  for (const { id, dueAt } of commit.set) sql.setTimer.run(commit.id, id, dueAt);
}

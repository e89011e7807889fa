/** Everything that is stored, piece by piece, as it stood at one instant; see records.ts of the folder above. */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IssuedDocument, Link } from '../../documents/ports.ts';
import type { StockEntry, Ticket, VisitMark } from '../../pickup/ports.ts';
import type { ApplicationRecord, SealedOperator, StepRecord, StoreRecord } from '../records.ts';
import { markPrefix } from '../step-ids.ts';
import { unpackWho } from '../who.ts';
import { unpackTimers } from './heads.ts';
import { type Buried, type Pending, unpackLeft, unpackMarks } from './step-marks.ts';
import type { StepRow } from './steps.ts';

/** `null` columns, which are absent fields of a record. */
type Nullable<T> = { [K in keyof T]: T[K] | null };
type Json<K extends StoreRecord['kind'], Fields> = Omit<Extract<StoreRecord, { kind: K }>, keyof Fields> &
  Fields;

const TURN = 500;

/**
 * Reads all records from a connection that nobody else uses, in one read transaction. What a record belongs to comes
 * before it. `readFile` gives the sealed bytes of a file; one that was erased meanwhile is left out.
 */
export async function* readRecords(
  db: DatabaseSync,
  readFile: (id: string) => Promise<Uint8Array | undefined>,
): AsyncGenerator<StoreRecord> {
  db.exec('BEGIN');
  try {
    let count = 0;
    for (const record of readRows(db)) {
      if (++count % TURN === 0) await nextTurn();
      if (record.kind !== 'file') yield record;
      else {
        const sealed = await readFile(record.id);
        if (sealed) yield { ...record, sealed };
      }
    }
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
  }
}

/** All of it, the files without their bytes. */
function* readRows(db: DatabaseSync): Generator<StoreRecord> {
  const rows = <Row>(sql: string) => db.prepare(sql).iterate() as Iterable<Row>;
  const plain = (sql: string) => rows<StoreRecord>(sql);

  yield* map(plain(META), bare);
  yield* map(plain(KEYS), bare);
  yield* map(rows<ConversationRow>(CONVERSATIONS), ({ attention, timers, ...row }) => ({
    ...row,
    attention: attention === null ? { status: 'bot' as const } : JSON.parse(attention),
    timers: unpackTimers(timers),
  }));
  yield* map(rows<FullStepRow>(STEPS), stepRecord);
  yield* map(plain(SERIES), bare);
  yield* map(rows<ApplicationRow>(APPLICATIONS), applicationRecord);
  yield* map(plain(BOOKINGS), bare);
  yield* map(rows<By<VisitMark>>(VISIT_MARKS), (row) => ({
    kind: 'visit-mark',
    mark: { ...row, by: unpackWho(row.by) },
  }));
  yield* map(rows<Nullable<Ticket>>(TICKETS), (row) => ({ kind: 'ticket', ticket: bare(row) as Ticket }));
  yield* map(rows<By<StockEntry>>(STOCK), (row) => ({
    kind: 'stock',
    entry: { ...bare(row), by: JSON.parse(row.by) },
  }));
  yield* map(plain(FILES), (row) => bare(row));
  yield* map(rows<Nullable<Link>>(LINKS), (link) => ({ kind: 'link', link: bare(link) as Link }));
  yield* map(rows<Nullable<IssuedDocument>>(ISSUED), (document) => ({
    kind: 'issued',
    document: bare(document) as IssuedDocument,
  }));
  yield* map(rows<OperatorRow>(OPERATORS), (row) => ({
    kind: 'operator',
    operator: bare({
      ...row,
      mustChangePassword: row.mustChangePassword === 1,
      disabled: row.disabled === 1,
    }) as SealedOperator,
  }));
  yield* map(rows<Extract<StoreRecord, { kind: 'session' }>['session']>(SESSIONS), (session) => ({
    kind: 'session',
    session: { ...session },
  }));
  yield* map(rows<AuditRow>(AUDIT), (row) => ({
    kind: 'audit',
    entry: { ...row, details: JSON.parse(row.details) },
  }));
  yield* map(plain(COUNTS), bare);
  yield* map(plain(SETTINGS), bare);
}

/** As `packWho` packs it. */
type By<T> = Omit<T, 'by'> & { by: string };
type ConversationRow = Json<'conversation', { attention: string | null; timers: string | null }>;
type ApplicationRow = Omit<ApplicationRecord, 'assignee' | 'marks' | 'hasUntold'> & {
  assignee: string | null;
  marks: string;
  untold: number;
};
type OperatorRow = Omit<SealedOperator, 'mustChangePassword' | 'disabled' | 'totp'> & {
  mustChangePassword: number;
  disabled: number;
  totp: Uint8Array | null;
};
type AuditRow = Omit<Extract<StoreRecord, { kind: 'audit' }>['entry'], 'details'> & { details: string };
type FullStepRow = Omit<StepRow, 'k'> & { inbound: Uint8Array | null; effect_done: string | null };

function* map<Row>(rows: Iterable<Row>, read: (row: Row) => StoreRecord): Generator<StoreRecord> {
  for (const row of rows) yield read(row);
}

/** The row without what is NULL. */
function bare<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T;
}

function applicationRecord({ assignee, marks, untold, ...row }: ApplicationRow): ApplicationRecord {
  return {
    ...row,
    ...(assignee === null ? {} : { assignee: JSON.parse(assignee) }),
    marks: JSON.parse(marks),
    hasUntold: untold === 1,
  };
}

function stepRecord(row: FullStepRow): StepRecord {
  const { entries, asked } = unpackMarks(row.marks);
  const pending = unpackLeft<Pending>(row.pending);
  const buried = unpackLeft<Buried>(row.buried);
  return {
    kind: 'step',
    conversation: row.id,
    version: row.version,
    committedAt: row.committed_at,
    ...(row.inbound ? { inbound: markPrefix(row.id) + Buffer.from(row.inbound).toString('hex') } : {}),
    ...(row.effect_done === null ? {} : { effectDone: row.effect_done }),
    entries,
    pending: asked.flatMap(({ name, type }) => {
      const [tries, dueAt] = pending[name] ?? [];
      return tries === undefined || dueAt === undefined ? [] : [{ name, type, tries, dueAt }];
    }),
    buried: asked.flatMap(({ name, type }) => {
      const cause = buried[name];
      return cause ? [{ name, type, ...cause }] : [];
    }),
    amends: row.amends === null ? [] : JSON.parse(row.amends),
    ...(row.lines ? { lines: row.lines } : {}),
  };
}

const META = `SELECT 'meta' AS kind, name, value FROM meta WHERE name IN ('index-key', 'audit-end') ORDER BY name DESC`;
const KEYS = `SELECT 'key' AS kind, owner, master_id AS masterId, wrapped FROM keys ORDER BY owner`;
const CONVERSATIONS = `SELECT 'conversation' AS kind, id, version, channel, flow, attention, timers, body
  FROM conversations ORDER BY n`;
const STEPS = `SELECT c.id, s.version, s.committed_at, s.inbound, s.effect_done, s.marks, s.pending, s.buried, s.amends,
  s.lines FROM steps s CROSS JOIN conversations c ON c.n = s.conversation ORDER BY s.k`;
const SERIES = `SELECT 'series' AS kind, name, last FROM series ORDER BY name`;
const APPLICATIONS = `SELECT 'application' AS kind, seq, number, filed_by AS filedBy, version, conversation, service,
  state, submitted_at AS submittedAt, due_at AS dueAt, pin_failures AS pinFailures,
  pin_locked_until AS pinLockedUntil, assignee, marks, untold, body FROM applications ORDER BY seq`;
const BOOKINGS = `SELECT 'booking' AS kind, id, application, service, point, activity, start_at AS startAt,
  end_at AS endAt, booked_at AS bookedAt, held_until AS heldUntil, moved_by AS movedBy FROM bookings ORDER BY id`;
const VISIT_MARKS = 'SELECT booking, mark, at, by FROM visit_marks ORDER BY booking, mark';
const TICKETS = `SELECT id, point, activity, date, number, holder, at, expected_at AS expectedAt,
  called_at AS calledAt, ended_at AS endedAt, outcome FROM tickets ORDER BY id`;
const STOCK = 'SELECT id, point, at, by, kind, change, reference FROM stock ORDER BY id';
const FILES = `SELECT 'file' AS kind, id, owner, content_type AS contentType, size_bytes AS sizeBytes, at, name FROM files
  ORDER BY id`;
const LINKS = `SELECT token_hash AS tokenHash, kind, conversation, step, file, application, expires_at AS expiresAt,
  used_at AS usedAt, failures FROM links ORDER BY token_hash`;
const ISSUED = `SELECT code, kind, application, issued_at AS issuedAt, sha256, superseded_by AS supersededBy FROM issued
  ORDER BY code`;
const OPERATORS = `SELECT id, username, name, role, password_hash AS passwordHash, must_change AS mustChangePassword,
  disabled, created_at AS createdAt, failures, locked_until AS lockedUntil, totp FROM operators ORDER BY id`;
const SESSIONS = `SELECT token_hash AS tokenHash, operator, csrf, created_at AS createdAt, expires_at AS expiresAt
  FROM sessions ORDER BY token_hash`;
const AUDIT = 'SELECT seq, at, actor, action, subject, details, hash FROM audit ORDER BY seq';
const COUNTS = "SELECT 'count' AS kind, day, name, count FROM counts ORDER BY day, name";
const SETTINGS = "SELECT 'setting' AS kind, name, version, body FROM settings ORDER BY name";

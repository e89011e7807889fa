/**
 * Every schema this program has had, oldest first; `user_version` counts how many a file has been through.
 * A step that was released is never edited: the next change is the next step. What must be done with the data beside
 * is in migrate.ts.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE keys (owner TEXT PRIMARY KEY, master_id BLOB NOT NULL, wrapped BLOB NOT NULL) WITHOUT ROWID;

  -- attention is NULL while the bot has the chat, which keeps the partial index as small as the queue.
  -- A rowid table: in one WITHOUT ROWID a body above 1 KB would spill into pages of its own.
  CREATE TABLE conversations (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, channel TEXT NOT NULL, flow TEXT NOT NULL,
    since INTEGER, attention TEXT, body BLOB NOT NULL
  );
  CREATE INDEX conversations_attention ON conversations (since) WHERE since IS NOT NULL;

  -- Entry and effect ids begin with the conversation's id and a dot: one tree serves look-ups and transcripts, and
  -- one person's lines lie together. seq is the commit's version and the place in the commit.
  CREATE TABLE entries (
    id TEXT PRIMARY KEY, seq INTEGER NOT NULL, direction TEXT NOT NULL, status TEXT NOT NULL, at INTEGER NOT NULL,
    provider_id TEXT, body BLOB NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX entries_provider ON entries (provider_id) WHERE provider_id IS NOT NULL;

  CREATE TABLE effects (
    id TEXT PRIMARY KEY, seq INTEGER NOT NULL, type TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL DEFAULT 0, params BLOB NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE inbound (mark BLOB PRIMARY KEY) WITHOUT ROWID;

  CREATE TABLE timers (
    conversation TEXT NOT NULL, id TEXT NOT NULL, due_at INTEGER NOT NULL, PRIMARY KEY (conversation, id)
  ) WITHOUT ROWID;
  CREATE INDEX timers_due ON timers (due_at);

  CREATE TABLE series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE applications (
    seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, filed_by TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
    conversation TEXT NOT NULL, service TEXT NOT NULL, state TEXT NOT NULL, submitted_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL, pin_failures INTEGER NOT NULL, pin_locked_until INTEGER NOT NULL, body BLOB NOT NULL
  );
  CREATE INDEX applications_conversation ON applications (conversation);

  CREATE TABLE bookings (
    application TEXT NOT NULL, activity TEXT NOT NULL, point TEXT NOT NULL, start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL, PRIMARY KEY (application, activity)
  ) WITHOUT ROWID;
  CREATE INDEX bookings_slot ON bookings (point, activity, start_at);

  CREATE TABLE files (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, content_type TEXT NOT NULL, size_bytes INTEGER NOT NULL, name BLOB
  ) WITHOUT ROWID;
  CREATE INDEX files_owner ON files (owner);

  CREATE TABLE links (
    token_hash TEXT PRIMARY KEY, kind TEXT NOT NULL, conversation TEXT NOT NULL, step TEXT, file TEXT,
    application TEXT, expires_at INTEGER NOT NULL, used_at INTEGER, failures INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX links_conversation ON links (conversation);

  CREATE TABLE issued (
    code TEXT PRIMARY KEY, kind TEXT NOT NULL, application TEXT NOT NULL, issued_at INTEGER NOT NULL,
    sha256 TEXT NOT NULL, superseded_by TEXT
  ) WITHOUT ROWID;
  CREATE INDEX issued_application ON issued (application, kind);

  CREATE TABLE operators (
    id TEXT PRIMARY KEY, username TEXT NOT NULL, username_key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    role TEXT NOT NULL, password_hash TEXT NOT NULL, must_change INTEGER NOT NULL, disabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL, failures INTEGER NOT NULL, locked_until INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY, operator TEXT NOT NULL REFERENCES operators (id), csrf TEXT NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX sessions_operator ON sessions (operator);

  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, details TEXT NOT NULL, hash TEXT NOT NULL
  );
  `,
  // One row a commit instead of a row for each line, effect, mark and timer.
  `
  ALTER TABLE conversations ADD COLUMN timers TEXT;
  ALTER TABLE conversations ADD COLUMN due_at INTEGER;
  CREATE INDEX conversations_due ON conversations (due_at) WHERE due_at IS NOT NULL;

  -- Rows are appended, so that the newest lie together on pages at hand: what writes to a page of its own costs most
  -- (measured: 20 us each, and 2 to 10 us for the statement). So there is one index for three look-ups, by
  -- conversation, by the mark of an inbound message, and (reading along) by version. conversation is conversations.n.
  -- marks, pending, buried: see step-marks.ts. amends: ids of earlier entries, JSON.
  CREATE TABLE steps (
    k INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, version INTEGER NOT NULL, committed_at INTEGER NOT NULL,
    inbound BLOB, effect_done TEXT, marks TEXT, pending TEXT, buried TEXT, amends TEXT, lines BLOB
  );
  CREATE INDEX steps_of ON steps (conversation, inbound, version);
  CREATE INDEX steps_pending ON steps (conversation, committed_at) WHERE pending IS NOT NULL;
  CREATE INDEX steps_buried ON steps (conversation) WHERE buried IS NOT NULL;

  -- Finds a step by the provider's id of what it sent. mark: 48 bits of the id's hash, so that the tree stays small.
  CREATE TABLE sent (mark INTEGER NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (mark, step)) WITHOUT ROWID;
  `,
  // The operators' room: lists of requests, what they are found by, questions to the audit log, numbers, settings.
  `
  ALTER TABLE applications ADD COLUMN assignee TEXT;
  ALTER TABLE applications ADD COLUMN marks TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE applications ADD COLUMN untold INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX applications_due ON applications (state, due_at, number);
  CREATE INDEX applications_untold ON applications (untold) WHERE untold = 1;
  -- What column marks says, to be found by; seq is applications.seq.
  CREATE TABLE application_marks (
    mark TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (mark, seq)
  ) WITHOUT ROWID;

  -- Each ends with the rowid, which is seq: one look-up gives the lines in their order.
  CREATE INDEX audit_subject ON audit (subject);
  CREATE INDEX audit_actor ON audit (actor);
  CREATE INDEX audit_action ON audit (action);

  -- Sealed as one: secret and last step.
  ALTER TABLE operators ADD COLUMN totp BLOB;

  CREATE TABLE counts (
    day TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (day, name)
  ) WITHOUT ROWID;
  CREATE TABLE settings (name TEXT PRIMARY KEY, version INTEGER NOT NULL, body BLOB NOT NULL);
  `,
  // Retention: how old files are (of those that are there already it is not known: from now), and what has expired.
  `
  ALTER TABLE files ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
  UPDATE files SET at = CAST(unixepoch('subsec') * 1000 AS INTEGER);
  CREATE INDEX links_expired ON links (expires_at);
  `,
  // Visits: bookings with an id, holds and moves; what became of them; the queue of those without a time; blank cards.
  // A program before this one kept a booking for each activity; all of them stay, and the next choice leaves one.
  `
  ALTER TABLE bookings RENAME TO bookings_before;
  DROP INDEX bookings_slot;
  CREATE TABLE bookings (
    id TEXT PRIMARY KEY, application TEXT NOT NULL, service TEXT NOT NULL, point TEXT NOT NULL, activity TEXT NOT NULL,
    start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, booked_at INTEGER NOT NULL, held_until INTEGER, moved_by TEXT
  ) WITHOUT ROWID;
  INSERT INTO bookings (id, application, service, point, activity, start_at, end_at, booked_at)
    SELECT lower(hex(randomblob(12))), b.application, coalesce(a.service, ''), b.point, b.activity, b.start_at, b.end_at,
      coalesce(a.submitted_at, 0)
    FROM bookings_before b LEFT JOIN applications a ON a.number = b.application;
  DROP TABLE bookings_before;
  CREATE INDEX bookings_slot ON bookings (point, activity, start_at);
  CREATE INDEX bookings_application ON bookings (application);
  CREATE INDEX bookings_start ON bookings (start_at, point);
  CREATE INDEX bookings_service ON bookings (service, start_at);
  CREATE INDEX bookings_held ON bookings (held_until) WHERE held_until IS NOT NULL;

  -- by: a word, or who as JSON (../who.ts).
  CREATE TABLE visit_marks (
    booking TEXT NOT NULL, mark TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, PRIMARY KEY (booking, mark)
  ) WITHOUT ROWID;

  CREATE TABLE tickets (
    id TEXT PRIMARY KEY, point TEXT NOT NULL, activity TEXT NOT NULL, date TEXT NOT NULL, number INTEGER NOT NULL,
    holder TEXT NOT NULL, at INTEGER NOT NULL, expected_at INTEGER NOT NULL, called_at INTEGER, ended_at INTEGER,
    outcome TEXT, UNIQUE (point, date, activity, number)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX tickets_holder ON tickets (holder, date, point, activity);

  CREATE TABLE stock (
    id TEXT PRIMARY KEY, point TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL,
    change INTEGER NOT NULL, reference TEXT
  ) WITHOUT ROWID;
  CREATE INDEX stock_point ON stock (point, at);
  `,
];

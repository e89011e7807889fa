/** Commits, entries, conversations and applications with sensible defaults, for the suites of this folder. */
import type { NewApplication } from '../../src/applications/ports.ts';
import type { Commit, Conversation, Entry } from '../../src/conversation/types.ts';

export function seedConversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    id: 'siti',
    version: 1,
    citizen: 'citizen-siti',
    channel: 'whatsapp',
    via: 'simulator',
    address: '+6281200000001',
    flow: 'f00d',
    snapshot: { value: { akta: 'nik' }, context: { answers: { nik: { v: '3273014107900001' } } } },
    attention: { status: 'bot' },
    lastInboundAt: 1_795_000_000_000,
    held: ['anak saya'],
    applications: [],
    ...changes,
  };
}

export function seedEntry(changes: Partial<Entry> = {}): Entry {
  return {
    id: 'siti.1.0',
    direction: 'out',
    author: 'bot',
    at: 1_795_000_000_001,
    text: 'Tolong tulis NIK Anda',
    files: [],
    status: 'queued',
    ...changes,
  };
}

/** The conversation's `version` decides which step it is; everything else is empty unless said. */
export function seedCommit(
  conversation: Partial<Conversation> = {},
  changes: Partial<Omit<Commit, 'conversation'>> = {},
): Commit {
  return {
    conversation: seedConversation(conversation),
    entries: [],
    effects: [],
    timers: { set: [], cancel: [] },
    amended: [],
    ...changes,
  };
}

/** What `ApplicationStore.create` takes: Siti's first, unless said otherwise; numbered `KL-2611-<serial>`. */
export function seedDraft(changes: Partial<NewApplication> = {}) {
  return {
    filedBy: 'siti.4.0',
    conversation: 'siti',
    service: 'akta-kelahiran',
    state: 'submitted' as const,
    answers: { nik: { v: '3273014107900001' } },
    pin: '482913',
    submittedAt: 100,
    dueAt: 200,
    pinFailures: 0,
    pinLockedUntil: 0,
    series: 'KL-2611',
    numberFor: (serial: number) => `KL-2611-${serial}`,
    ...changes,
  };
}

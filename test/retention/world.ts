/** Chats, cases and files on a real store, with a clock that is set. */
import { onTestFinished } from 'vitest';
import type { Application, ApplicationState } from '../../src/applications/ports.ts';
import type { Conversation } from '../../src/conversation/types.ts';
import { createVault } from '../../src/documents/vault.ts';
import { createIds } from '../../src/ids.ts';
import type { RetentionReport } from '../../src/retention/round.ts';
import { runRetention } from '../../src/retention/run.ts';
import { seedCommit, seedEntry } from '../contract/seeds.ts';
import { openTempStore } from '../store/temp-store.ts';

export const DAY = 86_400_000;
/** All that the store writes by its own clock lies long before. */
export const START = Date.UTC(2030, 0, 1, 3);
export const NOTHING: RetentionReport = {
  ...{ cases: 0, caseFiles: 0, draftFiles: 0, chatFiles: 0, chats: 0, talks: 0, links: 0, failed: 0 },
};

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Thirty days for everything. */
export async function openWorld() {
  const store = await openTempStore();
  onTestFinished(() => store.close());
  const clock = { at: START, now: () => clock.at };
  const vault = createVault({ ...store, ids: createIds(), clock });
  const rules = { filesMs: 30 * DAY, draftsMs: 30 * DAY, chatMs: 30 * DAY };
  const faults: unknown[] = [];

  const put = async (conversation: string, draft?: number) => {
    const bytes = Buffer.from('photo');
    const file = { bytes, contentType: 'image/jpeg', ...(draft === undefined ? {} : { draft }) };
    return (await vault.put(conversation, file)).file;
  };

  return {
    ...{ store, clock, vault, faults, put },
    run: (isDryRun = false) =>
      runRetention(
        { ...store, clock, rules },
        { isDryRun, actor: 'system', failed: (error) => faults.push(error) },
      ),
    /** The citizen writes. */
    async say(id: string, text: string, changes: Partial<Conversation> = {}) {
      const before = await store.conversations.load(id);
      const version = (before?.version ?? 0) + 1;
      const entry = {
        id: `${id}.${version}.in`,
        direction: 'in',
        status: 'received',
        text,
        at: clock.at,
      } as const;
      const conversation = { id, version, lastInboundAt: clock.at, snapshot: {}, held: [], ...changes };
      await store.conversations.commit(seedCommit(conversation, { entries: [seedEntry(entry)] }));
    },
    texts: async (id: string) => (await store.conversations.transcript(id)).map(({ text }) => text),
    async file(conversation: string, draft: number, files: string[]): Promise<Application> {
      return store.applications.create({
        ...{ series: 'KL', numberFor: (serial) => `KL-${serial}`, filedBy: `${conversation}:${draft}` },
        ...{ conversation, service: 'akta', state: 'submitted', pin: '123456', marks: ['m1'] },
        answers: { kk: { v: { files: files.map((file) => ({ file })) } }, nama: { v: 'Siti' } },
        history: [{ at: clock.at, event: 'submit', by: 'citizen', state: 'submitted' }],
        ...{ submittedAt: clock.at, dueAt: clock.at + DAY, pinFailures: 0, pinLockedUntil: 0 },
      });
    },
    async move(number: string, state: ApplicationState): Promise<void> {
      const found = await store.applications.find(number);
      if (!found) throw new Error('no such case');
      const entry = { at: clock.at, event: 'note', by: 'system', state } as const;
      await store.applications.update({
        ...{ ...found, state, version: found.version + 1 },
        history: [...found.history, entry],
      });
    },
    isThere: async (file: string) => (await vault.get(file)) !== undefined,
  };
}

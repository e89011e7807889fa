/** What was said: quiet chats as a whole, and of those that go on what is old. */
import type { Entry } from '../conversation/types.ts';
import { hasFilesSince } from './files.ts';
import type { Erasers, OldFiles, TalkArchive } from './ports.ts';
import type { Round } from './round.ts';
import { readStand, type Stand, type StandDeps } from './stand.ts';

export interface ChatSweepDeps extends StandDeps {
  talks: TalkArchive;
  files: OldFiles;
  eraseOwner: Erasers['eraseOwner'];
}

const PAGE = 100;

/** Erases and forgets. While a case is kept, nothing that was said since its draft began is touched. */
export async function sweepChats(deps: ChatSweepDeps, round: Round): Promise<void> {
  const before = round.now - round.rules.chatMs;
  let last: string | undefined;
  do {
    const page = await deps.talks.listOld({
      before,
      limit: PAGE,
      ...(last === undefined ? {} : { after: last }),
    });
    for (const id of page) {
      if (round.isStopped()) return;
      await round.each(async () => {
        const stand = await readStand(deps, id, round);
        if (stand.isBusy || stand.version === undefined) return;
        if (isQuiet(stand, round) && !(await hasFilesSince(deps.files, id, round.now - round.rules.chatMs)))
          await eraseChat(deps, round, id, stand);
        else await forget(deps, round, id, stand);
      });
    }
    last = page.length === PAGE ? page.at(-1) : undefined;
  } while (last !== undefined);
}

/** Cases that are over are erased before; when that could not be done, the chat waits for the next time as well. */
function isQuiet({ hasKept, hasOver, lastWordAt }: Stand, { now, rules, isDryRun }: Round): boolean {
  return !hasKept && (isDryRun || !hasOver) && lastWordAt <= now - rules.chatMs;
}

async function eraseChat(deps: ChatSweepDeps, round: Round, id: string, { version }: Stand): Promise<void> {
  if (!round.isDryRun) {
    // Somebody may be writing at this moment.
    if ((await deps.conversations.load(id))?.version !== version) return;
    await deps.eraseOwner(id);
  }
  round.report.chats++;
}

async function forget(deps: ChatSweepDeps, round: Round, id: string, stand: Stand): Promise<void> {
  const drafts = [...stand.talkDrafts].filter((draft) => typeof draft === 'number');
  const before = Math.min(round.now - round.rules.chatMs + 1, stand.keepFrom, ...drafts);
  const entries = await deps.conversations.transcript(id);
  const kept = entries.findIndex(({ at }) => at >= before);
  const [oldest] = entries;
  const belowVersion = versionOf(entries[kept]) ?? (stand.version ?? 0) + 1;
  if (!oldest || (versionOf(oldest) ?? 0) >= belowVersion) return;
  if (round.isDryRun || (await deps.talks.forget(id, belowVersion)) > 0) round.report.talks++;
}

/** Ids of entries are `<conversation>.<version>.<name>`. */
function versionOf(entry: Entry | undefined): number | undefined {
  return entry && Number(entry.id.split('.').at(-2));
}

/** Files of no case: of drafts that were never filed, of chats, of conversations that never came about. */
import { parseOwner } from '../conversation/case-owner.ts';
import type { Erasers, OldFile, OldFiles } from './ports.ts';
import type { Round } from './round.ts';
import type { Rules } from './rules.ts';
import { readStand, type Stand, type StandDeps } from './stand.ts';

export interface FileSweepDeps extends StandDeps {
  files: OldFiles;
  eraseOwner: Erasers['eraseOwner'];
}

const PAGE = 200;
/** What belongs to the office itself is not a citizen's. */
const OFFICE = 'office';
/** The end of time, as dates know it. */
const EVER = 8.64e15;

/** Removes them. Of a draft that loses all its files the key is destroyed. */
export async function sweepFiles(deps: FileSweepDeps, round: Round): Promise<void> {
  const { now, rules } = round;
  const before = now - Math.min(rules.draftsMs, rules.chatMs) + 1;
  let last: { conversation: string; stand: Stand } | undefined;
  for await (const [owner, old] of byOwner(deps.files, { before })) {
    if (round.isStopped()) return;
    await round.each(async () => {
      const { conversation, draft } = parseOwner(owner);
      if (conversation === OFFICE) return;
      if (last?.conversation !== conversation)
        last = { conversation, stand: await readStand(deps, conversation, round) };
      const { stand } = last;
      const isGoing = (file: OldFile) => isRemovable(file, { draft, stand, now, rules });
      await remove(deps, round, { owner, old, isGoing, isOfDraft: draft !== undefined });
    });
  }
}

/** Whether anything of a conversation, or of a draft of it, was put after that time. */
export async function hasFilesSince(files: Pick<OldFiles, 'listOld'>, conversation: string, since: number) {
  for (const owner of [conversation, `${conversation}:`]) {
    const found = files.listOld({ before: EVER, limit: PAGE, after: { owner, id: '' } });
    const own = (await found).filter((one) => parseOwner(one.owner).conversation === conversation);
    if (own.length === PAGE || own.some(({ at }) => at > since)) return true;
  }
  return false;
}

/** Whether nobody has any use for it, and its time is over. */
function isRemovable(
  { id, at, owner }: OldFile,
  { draft, stand, now, rules }: { draft: number | undefined; stand: Stand; now: number; rules: Rules },
): boolean {
  if (stand.isBusy || at > now - (draft === undefined ? rules.chatMs : rules.draftsMs)) return false;
  if (stand.keptFiles.has(id) || Math.max(at, draft ?? 0) >= stand.keepFrom) return false;
  // Those go with their case.
  if (stand.overOwners.has(owner) || stand.overFiles.has(id)) return false;
  const isInTalk = stand.talkFiles.has(id) || (draft !== undefined && stand.talkDrafts.has(draft));
  return !isInTalk || stand.lastWordAt <= now - rules.draftsMs;
}

async function remove(
  { files, eraseOwner }: FileSweepDeps,
  { report, isDryRun }: Round,
  {
    owner,
    old,
    isGoing,
    isOfDraft,
  }: { owner: string; old: OldFile[]; isGoing: (file: OldFile) => boolean; isOfDraft: boolean },
): Promise<void> {
  const going = old.filter(isGoing);
  if (going.length === 0) return;
  report[isOfDraft ? 'draftFiles' : 'chatFiles'] += going.length;
  if (isDryRun) return;
  const [all] = isOfDraft ? await Array.fromAsync(byOwner(files, { before: EVER, owner })) : [];
  if (all?.[1].every(isGoing)) await eraseOwner(owner);
  else for (const { id } of going) await files.delete(id);
}

/** Old files by their owners; or those of one. */
async function* byOwner(
  files: Pick<OldFiles, 'listOld'>,
  { before, owner: only }: { before: number; owner?: string },
): AsyncGenerator<[owner: string, files: OldFile[]]> {
  let group: OldFile[] = [];
  let after = only === undefined ? undefined : { owner: only, id: '' };
  for (;;) {
    const page = await files.listOld({ before, limit: PAGE, ...(after ? { after } : {}) });
    for (const file of page) {
      const [first] = group;
      if (only !== undefined && file.owner !== only) break;
      if (first && first.owner !== file.owner) {
        yield [first.owner, group];
        group = [];
      }
      group.push(file);
    }
    const last = page.at(-1);
    if (page.length < PAGE || !last || (only !== undefined && last.owner !== only)) break;
    after = { owner: last.owner, id: last.id };
  }
  const [first] = group;
  if (first) yield [first.owner, group];
}

/** `loket retention`: what is kept how long, erasing it now, and erasing one case or person who asks for it. */
import { parseNumber } from '../applications/number.ts';
import { type Clock, createClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Flows } from '../flows/schema.ts';
import type { Office } from '../office.ts';
import { readFlows, readOffice } from '../read-files.ts';
import { lastRunAt, nextNight } from '../retention/nightly.ts';
import { filesOf, isClosed, isErased, readRules } from '../retention/rules.ts';
import { runRetention } from '../retention/run.ts';
import type { Store } from '../store/open.ts';
import { formatTable, type Io, isTerminal, print } from './io.ts';

export interface RetentionCommandDeps {
  store: Store;
  office: Office;
  flows: Flows;
  clock: Clock;
  io: Io;
}

/** Lends the store for erasing: on SQLite it must have the directory for itself, or nothing is safe. */
export async function withErasableStore<T>(
  work: (deps: Omit<RetentionCommandDeps, 'io'>) => Promise<T>,
  { isReadOnly = false } = {},
): Promise<T> {
  const config = readConfig(process.env);
  const { withStore } = await import('./open-store.ts');
  const facts = { office: readOffice(config), flows: readFlows(config), clock: createClock() };
  const isBeside = isReadOnly || config.store.kind === 'cluster';
  try {
    return await withStore((store) => work({ store, ...facts }), isBeside);
  } catch (cause) {
    if (!(cause instanceof AppError && cause.code === 'TAKEN')) throw cause;
    const detail =
      'the service runs, and on SQLite erasing needs the data for itself. It erases every night by itself; to do it now, stop it first (--dry-run works beside it)';
    throw new AppError('TAKEN', { detail, cause });
  }
}

/** Erases what is kept no longer, or tells how much that would be, as JSON; false when something could not be erased. */
export async function runRetentionNow(
  { store, office, flows, clock, io }: RetentionCommandDeps,
  { dryRun }: { dryRun: boolean },
): Promise<boolean> {
  const report = await runRetention(
    { ...store, clock, rules: readRules(office, flows) },
    {
      isDryRun: dryRun,
      actor: 'cli',
      failed: (error) => print(io.errors, `could not be erased: ${codeOf(error)}`),
      progress: (looked) => {
        if (isTerminal(io)) io.errors.write(`\r${looked} looked at`);
      },
    },
  );
  if (isTerminal(io)) io.errors.write('\n');
  print(io.output, JSON.stringify(report));
  print(io.errors, dryRun ? 'Nothing was erased: this is what a run would erase.' : 'It is erased for good.');
  return report?.failed === 0;
}

/** The rules in force, and when the service runs next. */
export async function listRetention(
  { store, office, flows, clock, io }: RetentionCommandDeps,
  { json }: { json: boolean },
): Promise<void> {
  readRules(office, flows);
  const { files, drafts, chat } = office.retention;
  const ranAt = await lastRunAt(store.settings);
  const nextAt = nextNight(Math.min(ranAt ?? clock.now(), clock.now()), office.timeZone);
  const next = new Date(nextAt).toISOString();
  const last = ranAt === undefined ? null : new Date(ranAt).toISOString();
  if (json) return print(io.output, JSON.stringify({ files, drafts, chat, lastRun: last, nextRun: next }));
  print(
    io.output,
    formatTable([
      ['kept', 'for', 'from'],
      ['files and answers of a case', files, 'the last thing that happened to it, once it is closed'],
      ['files of a draft never filed', drafts, 'when they came; while the chat names them, its last word'],
      [
        'chats, and files of no case',
        chat,
        'the last word; old words of a chat that goes on, when they were said',
      ],
      ['skeletons of cases, audit log', 'ever', ''],
    ]),
  );
  print(
    io.errors,
    `Last run: ${last ?? 'never'}. Next run: ${next}, or at once when that is past and the service runs.`,
  );
}

/**
 * Erases a closed case; `person`: the chat it came from and all its cases. The number of files goes to the output.
 * Throws AppError NOT_FOUND, INVALID_REQUEST (open, or not confirmed by `yes`), STORE_CONFLICT.
 */
export async function eraseOne(
  { store, clock, io }: RetentionCommandDeps,
  given: string,
  { yes, person }: { yes: boolean; person: boolean },
): Promise<void> {
  const parsed = parseNumber(given);
  const found = parsed.ok ? await store.applications.find(parsed.number) : undefined;
  if (!found) throw new AppError('NOT_FOUND', { detail: `there is no application ${given}` });
  const { number, version, conversation } = found;
  const all = person ? await store.applications.findByConversation(conversation) : [found];
  const open = all.filter((one) => !isClosed(one) && !isErased(one)).map((one) => one.number);
  if (open.length > 0)
    throw new AppError('INVALID_REQUEST', {
      detail: `still open: ${open.join(', ')}; reject or cancel it first`,
    });
  if (!yes)
    throw new AppError('INVALID_REQUEST', {
      detail: `erasing ${number} cannot be undone; add --yes to do it`,
    });
  const files = all.flatMap(filesOf);
  if (person) await store.eraseOwner(conversation);
  else if ((await store.eraseCase({ number, version, files })) === 'conflict')
    throw new AppError('STORE_CONFLICT', { detail: `${number} was changed at this moment; try again` });
  const details = { person, files: files.length };
  await store.audit.append({
    at: clock.now(),
    actor: 'cli',
    action: 'retention.erase',
    subject: number,
    details,
  });
  print(io.output, JSON.stringify({ erased: number, ...details }));
  print(io.errors, 'Its number, service, state and times stay; copies made before hold it still.');
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'unexpected';
}

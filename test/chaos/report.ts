/** The result of a chaos run as a page: what was done to it, what was promised, and what came of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { inspect } from 'node:util';
import type { ChaosOptions, ChaosResult } from './chaos.ts';
import { PROMISES } from './check.ts';

const PAGE = new URL('../../docs/chaos.md', import.meta.url);
const BROKEN_SHOWN = 20;

/** Markdown, one section of the page. */
export function writeReport(result: ChaosResult): string {
  const { options, outcome } = result;
  return [
    `## ${titleOf(options)}`,
    '',
    `\`${commandOf(options)}\``,
    '',
    ...lines(result),
    '',
    '| promise | checked | broken |',
    '| --- | --: | --: |',
    ...Object.keys(PROMISES).map((promise) => {
      const broken = result.broken.filter((each) => each.promise === promise).length;
      return `| ${promise} | ${checkedIn(promise, result)} | ${broken} |`;
    }),
    '',
    '| what went wrong | times |',
    '| --- | --: |',
    ...sorted(result.faults).map(([fault, count]) => `| ${fault} | ${count} |`),
    '',
    '| what the processes logged | times |',
    '| --- | --: |',
    ...sorted(result.logged).map(([words, count]) => `| ${words.replaceAll('|', '/')} | ${count} |`),
    ...result.broken
      .slice(0, BROKEN_SHOWN)
      .flatMap(({ promise, where, expected, seen }) => [
        '',
        `**Broken: ${promise}** (\`${where}\`, seed ${options.seed})`,
        '',
        '```',
        `expected ${show(expected)}`,
        `seen     ${show(seen)}`,
        '```',
      ]),
    ...(outcome.endings.length === 0 ? ['', 'No citizens.'] : []),
  ].join('\n');
}

/** Puts the section in the place of the one of the same set, or at the end. */
export function insertReport({ options }: ChaosResult, section: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const title = `## ${titleOf(options)}\n`;
  const parts = page.trimEnd().split(/\n(?=## )/);
  const at = parts.findIndex((part) => part.startsWith(title));
  const all =
    at === -1
      ? [...parts.map(trimmed), section]
      : parts.map((part, i) => (i === at ? section : trimmed(part)));
  writeFileSync(PAGE, `${all.join('\n\n')}\n`);
}

function trimmed(part: string): string {
  return part.trimEnd();
}

function titleOf({ database }: ChaosOptions): string {
  return database ? `Cluster on ${database}` : 'Embedded';
}

function commandOf({ database, network, seed, citizens, arriveWithinMs, faults }: ChaosOptions): string {
  const set = database ? `--store cluster --database ${database} --network ${network}` : '--store embedded';
  const minutes = Math.round((arriveWithinMs / 60_000 / 0.9) * 100) / 100;
  return `npm run chaos -- ${set} --minutes ${minutes} --citizens ${citizens} --faults ${faults} --seed ${seed}`;
}

function lines(result: ChaosResult): string[] {
  const { options, outcome, calls, replies } = result;
  const took = calls.tookMs.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0);
  const accepted = outcome.endings.reduce((sum, { sent }) => sum + sent.length, 0);
  return [
    `- Seed ${options.seed}, ${options.citizens} citizens, ${Math.round(result.tookMs / 1000)} s, ` +
      `${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}.`,
    `- ${accepted} messages accepted, ${replies} messages sent to the provider, ${result.served} chats served by an operator.`,
    `- Webhook calls by answer: ${sorted(calls.statuses)
      .map(([status, count]) => `${status}: ${count}`)
      .join(
        ', ',
      )}. Those answered 200 took ${at(0.5)} ms (median), ${at(0.99)} ms (99 %), ${at(1)} ms (longest).`,
    `- Ambiguous instants: ${outcome.unanswered.length} times the provider had a message and its sender got no answer. ` +
      `${result.foundByLooking} messages were found there by looking first and not sent again; doubled: ` +
      `${result.broken.filter(({ promise }) => promise.includes('reply')).length}.`,
  ];
}

function checkedIn(promise: string, { outcome }: ChaosResult): number {
  const { endings } = outcome;
  const count = (look: (ending: (typeof endings)[number]) => number) =>
    endings.reduce((sum, each) => sum + look(each), 0);
  if (promise.includes('message')) return count(({ sent }) => sent.length);
  if (promise.includes('reply')) return count(({ replies }) => replies.length);
  if (promise.includes('numbers')) return count(({ applications }) => applications.length);
  if (promise.includes('visit')) return count(({ bookings }) => bookings.length);
  if (promise.includes('slot')) return outcome.slots.length;
  if (promise.includes('audit')) return outcome.audit.length;
  return promise.startsWith('nothing') ? 1 : endings.length;
}

function sorted(counts: Map<string, number>): [string, number][] {
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** Long values are cut: what differs stands first. */
function show(value: unknown): string {
  return inspect(value, { depth: 6, breakLength: 120 }).slice(0, 1_200);
}

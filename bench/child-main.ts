/** A measured process: `node child-main.ts <role> <options as JSON>`, spoken to over the channel that fork opens. */
import type { Json } from '../src/json.ts';
import type { Child, Usage } from './child.ts';

const ROLES: Record<string, () => Promise<{ start(options: never): Promise<Child> }>> = {
  bare: () => import('./floors/bare.ts'),
  express: () => import('./floors/express.ts'),
  loket: () => import('./children/loket.ts'),
  'stand-in': () => import('./children/stand-in.ts'),
  steps: () => import('./children/steps.ts'),
  stored: () => import('./children/stored.ts'),
  heap: () => import('./children/heap.ts'),
  process: () => import('./children/process.ts'),
  taps: () => import('./children/taps.ts'),
  photos: () => import('./children/photos.ts'),
  bookings: () => import('./children/bookings.ts'),
  receipts: () => import('./children/receipts.ts'),
  botbuilder: () => import('./children/botbuilder.ts'),
  builderbot: () => import('./children/builderbot.ts'),
};

const [role = '', options = '{}'] = process.argv.slice(2);
const load = ROLES[role];
if (!load) throw new Error(`no such role: ${role}`);
const { start } = await load();
const child: Child = await start(JSON.parse(options) as never);

process.on('message', async ({ id, question, details }: { id: number; question: string; details: Json }) => {
  try {
    send({ id, answer: await answerTo(question, details) });
  } catch (error) {
    send({ id, error: String(error instanceof Error ? error.stack : error) });
  }
  if (question === 'stop') process.disconnect?.();
});
// Whoever started it has died: nothing is left to measure.
process.on('disconnect', () => process.exit());
send({ url: child.url });

function send(message: Json): void {
  process.send?.(message);
}

async function answerTo(question: string, details: Json): Promise<Json> {
  if (question === 'usage') return { ...usage() };
  if (question === 'stop') {
    await child.stop();
    return null;
  }
  return child.ask ? await child.ask(question, details) : null;
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuUs: user + system, rssBytes: process.memoryUsage.rss() };
}

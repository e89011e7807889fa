import { type Servers, startCluster } from '../cluster-run.ts';
import { wholeDialogues } from '../load.ts';
import type { Finding, MeasureOptions } from '../measure.ts';
import { startChild } from '../start-child.ts';
import type { Traffic } from '../wire.ts';

const TAPS = ['mongoWeb', 'mongoWorker', 'redisWeb', 'redisWorker'] as const;
type TapName = (typeof TAPS)[number];
type Taken = { [name in TapName]: Traffic };

const NAMES: { [name in TapName]: string } = {
  mongoWeb: 'web to MongoDB',
  mongoWorker: 'worker to MongoDB',
  redisWeb: 'web to Redis',
  redisWorker: 'worker to Redis',
};

/** The driver looks after its connections with these; `other` is the first `hello` in its old form. */
const HANDSHAKE = new Set(['hello', 'other', 'ping']);

/** Seconds of silence, for what goes over the wires without messages. */
const SILENCE_SECONDS = 4;

/** What a message costs in commands and bytes, its reply sent and marked sent: counted on the wires, nothing estimated. */
export async function traffic(servers: Servers, { isQuick, note }: MeasureOptions): Promise<Finding[]> {
  const { mongo, redis } = servers;
  const taps = await startChild('taps', {
    servers: { mongoWeb: mongo.url, mongoWorker: mongo.url, redisWeb: redis.url, redisWorker: redis.url },
  });
  const ports = await taps.ask<{ [name in TapName]: number }>('ports');
  const cluster = await startCluster(servers, 1, (roles, name, url) =>
    withPort(url, ports[`${name}${roles === 'web' ? 'Web' : 'Worker'}`]),
  );
  note('counting: warming up');
  let messages = await wholeDialogues({ url: cluster.web.url, count: 2 });
  await cluster.answered(messages);
  note('counting: silence');
  await taps.ask('take');
  await new Promise((resolve) => setTimeout(resolve, SILENCE_SECONDS * 1000));
  const silence = await taps.ask<Taken>('take');
  note('counting');
  const startMs = performance.now();
  const counted = await wholeDialogues({ url: cluster.web.url, count: isQuick ? 4 : 40 });
  messages += counted;
  await cluster.answered(messages);
  // Marking the last replies as sent comes after the stand-in has seen them.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const seconds = (performance.now() - startMs) / 1000;
  const taken = await taps.ask<Taken>('take');
  await cluster.stop();
  await taps.stop();
  return TAPS.map((name) =>
    findingOf(name, { taken: taken[name], silence: silence[name], seconds, messages: counted }),
  );
}

/** A server that says it is a replica set names its own address: `directConnection` keeps the driver on ours. */
function withPort(url: string, port: number): string {
  const tapped = url.replace(/^(\w+:\/\/)[^/]+/, `$1127.0.0.1:${port}`);
  return tapped.startsWith('mongodb')
    ? `${tapped}${tapped.includes('?') ? '&' : '?'}directConnection=true`
    : tapped;
}

function findingOf(
  name: TapName,
  run: { taken: Traffic; silence: Traffic; seconds: number; messages: number },
): Finding {
  const perMessage = (of: (traffic: Traffic) => number) =>
    Math.max(0, of(run.taken) - (of(run.silence) * run.seconds) / SILENCE_SECONDS) / run.messages;
  const commands = Object.keys(run.taken.commands)
    .map((command) => [command, perMessage(({ commands }) => commands[command] ?? 0)] as const)
    .filter(([command, count]) => !HANDSHAKE.has(command) && count >= 0.005)
    .toSorted(([, a], [, b]) => b - a);
  if (commands.length === 0) throw new Error(`nothing was counted from ${NAMES[name]}`);
  const total = commands.reduce((sum, [, count]) => sum + count, 0);
  const writes = commands.reduce((sum, [command, count]) => sum + (isWrite(command) ? count : 0), 0);
  const out = perMessage(({ bytesToServer }) => bytesToServer);
  const back = perMessage(({ bytesToClient }) => bytesToClient);
  const idle = Object.values(run.silence.commands).reduce((sum, count) => sum + count, 0) / SILENCE_SECONDS;
  return {
    what: `${NAMES[name]}: commands a message`,
    value: total,
    unit: 'commands',
    detail: `${commands.map(([command, count]) => `${command} ${count.toFixed(2)}`).join(', ')}; ${Math.round(out)} bytes there, ${Math.round(back)} back; ${idle.toFixed(1)} commands a second when nobody writes (taken off)`,
    figures: { commands: total, writes, bytesToServer: out, bytesToClient: back, idlePerSecond: idle },
  };
}

function isWrite(command: string): boolean {
  return ['insert', 'update', 'delete', 'findAndModify'].includes(command);
}

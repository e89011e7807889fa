/** Counts what goes over a connection to MongoDB or Redis, by standing in between. Costs time: never while speed is measured. */
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Since the last `take`. `commands` by their names, as the client sent them. */
export interface Traffic {
  commands: { [name: string]: number };
  bytesToServer: number;
  bytesToClient: number;
}

export interface Tap {
  /** Where clients connect instead. */
  port: number;
  /** What has passed since it was last asked. */
  take(): Traffic;
  stop(): void;
}

/** Splits a client's bytes into commands: how long the first one is and its name; undefined while it is not whole. */
export type FirstCommand = (bytes: Buffer) => { length: number; name: string } | undefined;

/** Listens on a free port of this machine and hands everything on to `host:port`. */
export async function openTap(target: { host: string; port: number }, first: FirstCommand): Promise<Tap> {
  let traffic = none();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ ...target, noDelay: true });
    client.setNoDelay(true);
    let rest: Buffer = Buffer.alloc(0);
    client.on('data', (chunk: Buffer) => {
      upstream.write(chunk);
      traffic.bytesToServer += chunk.length;
      rest = Buffer.concat([rest, chunk]);
      for (let next = first(rest); next; next = first(rest)) {
        traffic.commands[next.name] = (traffic.commands[next.name] ?? 0) + 1;
        rest = rest.subarray(next.length);
      }
    });
    upstream.on('data', (chunk: Buffer) => {
      client.write(chunk);
      traffic.bytesToClient += chunk.length;
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  return {
    port: await portOf(server),
    take() {
      const taken = traffic;
      traffic = none();
      return taken;
    },
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/**
 * MongoDB's wire protocol: a length, and for OP_MSG (2013) a document whose first key is the command
 * (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/). Anything else counts as `other`.
 */
export const mongoCommand: FirstCommand = (bytes) => {
  if (bytes.length < 16) return undefined;
  const length = bytes.readInt32LE(0);
  if (bytes.length < length) return undefined;
  const keyAt = 16 + 4 + 1 + 4 + 1;
  if (bytes.readInt32LE(12) !== 2013) return { length, name: 'other' };
  return { length, name: bytes.toString('latin1', keyAt, bytes.indexOf(0, keyAt)) };
};

/** Redis: an array of strings, the first of which is the command (https://redis.io/docs/latest/develop/reference/protocol-spec/). */
export const redisCommand: FirstCommand = (bytes) => {
  let at = 0;
  const line = () => {
    const end = bytes.indexOf('\r\n', at);
    if (end === -1) return undefined;
    const text = bytes.toString('latin1', at + 1, end);
    at = end + 2;
    return Number(text);
  };
  const parts = line();
  if (parts === undefined) return undefined;
  let name = '';
  for (let part = 0; part < parts; part += 1) {
    const size = line();
    if (size === undefined || bytes.length < at + size + 2) return undefined;
    if (part === 0) name = bytes.toString('latin1', at, at + size).toLowerCase();
    at += size + 2;
  }
  return { length: at, name };
};

function none(): Traffic {
  return { commands: {}, bytesToServer: 0, bytesToClient: 0 };
}

function portOf(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    }),
  );
}

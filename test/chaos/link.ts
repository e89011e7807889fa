/** A network between two processes that can be taken away: a TCP relay on this machine. */

import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** `open` relays; `refuse` ends every connection at once; `silent` keeps them and lets nothing through. */
export type LinkState = 'open' | 'refuse' | 'silent';

export interface Link {
  /** `host:port` to connect to in place of the target. */
  address: string;
  set(state: LinkState): void;
  close(): Promise<void>;
}

interface Pair {
  near: Socket;
  /** Undefined while the link is silent and nothing was dialled yet. */
  far: Socket | undefined;
}

/** Relays to `target` (`host:port`), which need not be up yet. Listens on `host`. */
export async function openLink(target: string, host = '127.0.0.1'): Promise<Link> {
  const pairs = new Set<Pair>();
  let state: LinkState = 'open';
  const server = createServer({ pauseOnConnect: true }, (near) => {
    const pair: Pair = { near, far: undefined };
    pairs.add(pair);
    near.on('error', () => {}).once('close', () => end(pairs, pair));
    if (state === 'refuse') end(pairs, pair);
    if (state === 'open') join(pairs, pair, target);
  });
  const address = await listen(server, host);
  return {
    address,
    set(next) {
      state = next;
      for (const pair of pairs) {
        if (next === 'refuse') end(pairs, pair);
        if (next === 'silent') hush(pair);
        if (next === 'open') join(pairs, pair, target);
      }
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const pair of pairs) end(pairs, pair);
      return closed;
    },
  };
}

/** Dials if need be, and lets both directions flow. */
function join(pairs: Set<Pair>, pair: Pair, target: string): void {
  const { near } = pair;
  if (!pair.far) {
    const [host, port] = target.split(':');
    const far = dial({ host: String(host), port: Number(port), noDelay: true });
    pair.far = far;
    far.on('error', () => {}).once('close', () => end(pairs, pair));
  }
  near.pipe(pair.far);
  pair.far.pipe(near);
}

function hush({ near, far }: Pair): void {
  near.unpipe().pause();
  far?.unpipe().pause();
}

function end(pairs: Set<Pair>, pair: Pair): void {
  pairs.delete(pair);
  // A reset, not an end: the other side learns at once that nothing more comes.
  pair.near.resetAndDestroy();
  pair.far?.resetAndDestroy();
}

function listen(server: Server, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => {
      const { address, port } = server.address() as AddressInfo;
      resolve(`${address}:${port}`);
    });
  });
}

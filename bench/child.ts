/** What every measured process has in common. Each lives in a process of its own, started by `start-child.ts`. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../src/json.ts';

export interface Child {
  /** Where it listens; '' for one that only computes. */
  url: string;
  /** Answers what only this kind of process knows. */
  ask?(question: string, details: Json): Promise<Json>;
  stop(): Promise<void>;
}

/** Processor time since the start of the process, all threads. */
export interface Usage {
  cpuUs: number;
  rssBytes: number;
}

/** Listens on a free port of this machine. */
export function listening(server: Server): Promise<Child> {
  server.keepAliveTimeout = 120_000;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', 1024, () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      }),
    );
  });
}

/** A directory for the data of one process. */
export function temporaryDir(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'loket-bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

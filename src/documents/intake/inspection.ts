/** The inspector: threads that look at files, and the virus scanner beside them. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Piscina } from 'piscina';
import type { ClamdAddress } from '../../config/clamd.ts';
import { AppError } from '../../errors.ts';
import { createClamd } from './clamd.ts';
import { createGate } from './gate.ts';
import type { Job } from './inspection-worker.ts';
import type { Inspected, Inspector } from './inspector.ts';
import { MAX_FILE_BYTES } from './sniff.ts';

interface InspectionDeps {
  /** Undefined: files are not looked through for viruses. */
  clamd: ClamdAddress | undefined;
  log: Logger;
}

export interface RunningInspector extends Inspector {
  /** Resolves when the scanner answers, or there is none; throws AppError REMOTE_UNAVAILABLE otherwise. */
  ping(): Promise<void>;
}

/** Half the cores: the other half answers messages. Each may need some 300 MB for the largest photos. */
const THREADS = Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)));
/** What takes longer is not worth it, ms: the largest photo takes some seconds on a slow machine. */
const LIMIT_MS = 20_000;
/** A thread without work ends after this, ms, and gives its memory back. */
const IDLE_MS = 30_000;
/** JavaScript's own memory of a thread, MB; pixels lie outside of it and have limits of their own. */
const HEAP_MB = 384;

/** Starts no thread before the first file. A file that ends its thread, by time or by memory, is `broken`. */
export function createInspector({ clamd: address, log }: InspectionDeps): RunningInspector {
  const clamd = address && createClamd(address);
  const gate = createGate(THREADS);
  let threads: Promise<Piscina<Job, Inspected>> | undefined;
  const examine = async (bytes: Uint8Array, asDocument: boolean): Promise<Inspected> => {
    threads ??= openThreads();
    const pool = await threads;
    // The one copy, made when a thread is free: it is moved there (piscina's type of the list is behind Node's).
    const own = new Uint8Array(bytes);
    const transferList = [own.buffer] as never;
    try {
      return await pool.run(
        { bytes: own, asDocument },
        { transferList, signal: AbortSignal.timeout(LIMIT_MS) },
      );
    } catch (error) {
      if (!isOverLimit(error))
        throw new AppError('REMOTE_UNAVAILABLE', { detail: 'files cannot be looked at', cause: error });
      log.warn({ sizeBytes: bytes.byteLength }, 'a file was given up: it took too much time or memory');
      return { ok: false, reason: 'broken' };
    }
  };
  return {
    async inspect(bytes, { asDocument = true } = {}) {
      // Known without a thread, and without the copy.
      if (bytes.byteLength > MAX_FILE_BYTES) return { ok: false, reason: 'size' };
      const found = await gate.pass(() => examine(bytes, asDocument));
      if (!found.ok) return found;
      if (await clamd?.hasVirus(bytes)) return { ok: false, reason: 'virus' };
      return found.kind === 'pdf' ? { ...found, bytes } : found;
    },
    ping: async () => clamd?.ping(),
    close: async () => (await threads)?.destroy(),
  };
}

async function openThreads(): Promise<Piscina<Job, Inspected>> {
  const { Piscina } = await import('piscina');
  return new Piscina<Job, Inspected>({
    filename: fileURLToPath(new URL('./inspection-worker.ts', import.meta.url)),
    name: 'inspect',
    minThreads: 0,
    maxThreads: THREADS,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
}

function isOverLimit(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return error.name === 'AbortError' || code === 'ERR_WORKER_OUT_OF_MEMORY';
}

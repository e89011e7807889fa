/** A certificate with its key out of a PKCS#12 file (RFC 7292). */
import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Who signs. Certificates are DER. */
export interface Identity {
  key: KeyObject;
  certificate: Buffer;
  /** Those that vouch for it, without itself. */
  chain: Buffer[];
  /** The certificate's common name; `''` when it has none. */
  name: string;
  /** When it begins and ceases to be valid, ms since the epoch. */
  validFrom: number;
  validTo: number;
}

/** `broken`: no PKCS#12 file, or none with an RSA or EC key and its certificate. */
export type OpenedP12 = { ok: true; identity: Identity } | { ok: false; reason: 'passphrase' | 'broken' };

/** A file that asks for more key stretching than this is none of ours, ms. */
const LIMIT_MS = 30_000;

/** What the worker is given. */
export interface P12Job {
  file: Uint8Array;
  passphrase: string;
}

/**
 * Opens the file in a thread of its own: the pure JavaScript that reads PKCS#12 takes 50 ms and more, and its library has no
 * place in the memory of a service that has opened its certificate.
 */
export async function openP12(file: Uint8Array, passphrase: string): Promise<OpenedP12> {
  const workerData: P12Job = { file, passphrase };
  const worker = new Worker(new URL('./p12-worker.ts', import.meta.url), { workerData });
  try {
    const [opened] = (await once(worker, 'message', { signal: AbortSignal.timeout(LIMIT_MS) })) as [
      OpenedP12,
    ];
    return opened.ok ? { ok: true, identity: withBuffers(opened.identity) } : opened;
  } catch {
    return { ok: false, reason: 'broken' };
  } finally {
    await worker.terminate();
  }
}

/** A message between threads makes plain byte arrays of buffers. */
function withBuffers(identity: Identity): Identity {
  const { certificate, chain } = identity;
  return { ...identity, certificate: Buffer.from(certificate), chain: chain.map((one) => Buffer.from(one)) };
}

/** ClamAV's daemon, by the protocol of clamd(8), section COMMANDS. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { ClamdAddress } from '../../config/clamd.ts';
import { AppError } from '../../errors.ts';

export interface Clamd {
  /** Throws AppError REMOTE_UNAVAILABLE when it cannot say: away, too slow, or the file is above its StreamMaxLength. */
  hasVirus(bytes: Uint8Array): Promise<boolean>;
  /** Throws AppError REMOTE_UNAVAILABLE when it does not answer. */
  ping(): Promise<void>;
}

/** Silence that is no longer waited for, ms. It scans a file of 16 MB in some seconds. */
const SILENCE_MS = 30_000;
const PING_MS = 2_000;
/** Bytes of a chunk: any size will do. */
const CHUNK_BYTES = 256 * 1024;

/** A connection for each question: the daemon closes it after the answer. */
export function createClamd(address: ClamdAddress): Clamd {
  return {
    async hasVirus(bytes) {
      const answer = await ask(address, instream(bytes), SILENCE_MS);
      if (/^stream: .+ FOUND$/.test(answer)) return true;
      if (answer === 'stream: OK') return false;
      throw unavailable(`answered ${answer.slice(0, 80)}`);
    },
    async ping() {
      const answer = await ask(address, [Buffer.from('zPING\0')], PING_MS);
      if (answer !== 'PONG') throw unavailable('does not answer PING');
    },
  };
}

/** Chunks are their length (4 bytes, network order) and their data; a length of zero ends them. */
function* instream(bytes: Uint8Array): Generator<Uint8Array> {
  yield Buffer.from('zINSTREAM\0');
  for (let at = 0; at < bytes.byteLength; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES);
    yield lengthOf(chunk.byteLength);
    yield chunk;
  }
  yield lengthOf(0);
}

function lengthOf(size: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(size);
  return length;
}

/** The answer up to its NUL. */
async function ask(address: ClamdAddress, parts: Iterable<Uint8Array>, silenceMs: number): Promise<string> {
  const socket = connect({ ...address, noDelay: true });
  const answer: Buffer[] = [];
  socket.on('data', (piece: Buffer) => answer.push(piece));
  socket.setTimeout(silenceMs, () => socket.destroy(new Error('silence')));
  const ended = once(socket, 'end');
  // Looked at below; a fault before that, or behind the end, must not be nobody's.
  ended.catch(() => undefined);
  socket.on('error', () => undefined);
  try {
    for (const part of parts)
      if (socket.writable && !socket.write(part)) await Promise.race([once(socket, 'drain'), ended]);
    await ended;
  } catch (cause) {
    // Above its limit it answers, and closes before all was sent.
    if (answer.length === 0) throw unavailable('cannot be reached', cause);
  } finally {
    socket.destroy();
  }
  return Buffer.concat(answer).toString('utf8').replace(/\0$/, '');
}

function unavailable(what: string, cause?: unknown): AppError {
  return new AppError('REMOTE_UNAVAILABLE', { detail: `the virus scanner (CLAMD_URL) ${what}`, cause });
}

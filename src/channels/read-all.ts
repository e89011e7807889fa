import type { Readable } from 'node:stream';

/**
 * Everything a stream brings; undefined when that is more than `limitBytes` (the stream is then paused and not read
 * on: the caller discards the rest or destroys it). Rejects when the stream breaks off.
 */
export function readAll(stream: Readable, limitBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    let hasEnded = false;
    const onData = (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= limitBytes) return chunks.push(chunk);
      stream.off('data', onData).pause();
      return resolve(undefined);
    };
    stream.on('data', onData);
    stream.on('end', () => {
      hasEnded = true;
      resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
    stream.on('error', reject);
    // Making an error costs more than reading a small body: only for a stream that needs it.
    stream.on('close', () => hasEnded || reject(new Error('the stream broke off')));
  });
}

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiError } from '../../src/handoff/api/api-error.ts';
import { readUpload } from '../../src/handoff/api/upload.ts';

const LIMITS = { types: ['application/pdf'], maxBytes: 1000 };
const outcomes: (string | number)[] = [];
let port: number;

/** Answers with the size that was read, or the code of the refusal. */
const server = createServer(async (incoming, response) => {
  const outcome = await readUpload(incoming, LIMITS).then(
    ({ bytes }) => bytes.byteLength,
    (error: unknown) => (error instanceof ApiError ? error.code : 'BUG'),
  );
  outcomes.push(outcome);
  response.end(String(outcome));
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

const begin = (headers: { [name: string]: string }) =>
  request({ port, host: '127.0.0.1', method: 'POST', headers });

async function send(bytes: number, headers = {}): Promise<string> {
  const sending = begin({ 'content-type': 'application/pdf', ...headers });
  for (let left = bytes; left > 0; left -= 400) sending.write(Buffer.alloc(Math.min(left, 400)));
  sending.end();
  const [response] = await once(sending, 'response');
  let text = '';
  for await (const part of response) text += part;
  return text;
}

describe('an upload', () => {
  test('is read up to its limit, with its size told before or not', async () => {
    expect(await send(1000)).toBe('1000');
    expect(await send(1000, { 'content-length': '1000' })).toBe('1000');
    expect(await send(0)).toBe('0');
  });

  test('that is too large is refused, with its size told before or not', async () => {
    expect(await send(1001)).toBe('TOO_LARGE');
    expect(await send(5000, { 'content-length': '5000' })).toBe('TOO_LARGE');
  });

  test('is refused before it is read when it says that it is too large', async () => {
    const sending = begin({ 'content-type': 'application/pdf', 'content-length': '5000' });
    sending.flushHeaders();
    const [response] = await once(sending, 'response');
    expect(response.statusCode).toBe(200);
    expect(outcomes.at(-1)).toBe('TOO_LARGE');
    sending.destroy();
  });

  test('of another type is refused; of a type that the browser does not know it is read', async () => {
    expect(await send(10, { 'content-type': 'text/html' })).toBe('UNSUPPORTED_FILE');
    expect(await send(10, { 'content-type': 'application/octet-stream' })).toBe('10');
    expect(await send(10, { 'content-type': 'Application/PDF; charset=binary' })).toBe('10');
  });

  test('that breaks off is no upload', async () => {
    const before = outcomes.length;
    const sending = begin({ 'content-type': 'application/pdf', 'content-length': '900' });
    sending.on('error', () => {});
    sending.write(Buffer.alloc(100), () => sending.destroy());
    while (outcomes.length === before) await new Promise((resolve) => setImmediate(resolve));
    expect(outcomes.at(-1)).toBe('INVALID_REQUEST');
  });
});

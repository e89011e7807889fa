/** A keep-alive HTTP client of a few lines: what a library would cost here would be taken from the sides measured. */
import { connect, type Socket } from 'node:net';

export interface Connection {
  /** Writes one request and resolves with the status of its answer. One at a time. */
  exchange(request: string): Promise<number>;
  close(): void;
}

/** Connects to `http://host:port`. Answers must carry a Content-Length. */
export async function openConnection(base: string): Promise<Connection> {
  const { hostname, port } = new URL(base);
  const socket = await connected(connect({ host: hostname, port: Number(port), noDelay: true }));
  let waiting: PromiseWithResolvers<number> | undefined;
  let received = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    received += chunk;
    const status = statusOfWhole(received);
    if (status === undefined) return;
    received = '';
    waiting?.resolve(status);
  });
  const fail = () => waiting?.reject(new Error('the server closed a connection'));
  socket.on('close', fail);
  socket.on('error', fail);
  return {
    exchange(request) {
      waiting = Promise.withResolvers<number>();
      socket.write(request);
      return waiting.promise;
    },
    close: () => socket.destroy(),
  };
}

function connected(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Undefined while some of the answer is still under way. */
function statusOfWhole(received: string): number | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(received)?.[1] ?? Number.NaN);
  if (Number.isNaN(length)) throw new Error('an answer without Content-Length');
  return received.length >= end + 4 + length ? Number(received.slice(9, 12)) : undefined;
}

/** Floor 1: node:http that reads the body and answers. */
import { createServer } from 'node:http';
import { type Child, listening } from '../child.ts';

export async function start(): Promise<Child> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': 11 }).end('<Response/>');
    });
  });
  return listening(server);
}

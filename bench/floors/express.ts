/**
 * Floors 2 to 6, each one thing more than the one before: express 5 with form parsing (2), Twilio's signature (3), a
 * commit a request (4), group commit (5), the same without the fsync of each group (6).
 */
import { createServer } from 'node:http';
import express, { type Request } from 'express';
import twilio from 'twilio';
import { type Child, listening, temporaryDir } from '../child.ts';
import { AUTH_TOKEN } from '../webhook-request.ts';
import { type Incoming, openFloorDatabase } from './commit.ts';
import { createGroup } from './group.ts';

type Note = (message: Incoming) => Promise<void>;

export async function start({ floor }: { floor: 2 | 3 | 4 | 5 | 6 }): Promise<Child> {
  const dir = temporaryDir();
  const note = floor >= 4 ? noting(floor, dir.path) : undefined;
  const app = express();
  app.use(express.urlencoded({ extended: false }));
  app.post('/webhooks/twilio', async (request, response) => {
    if (floor >= 3 && !isSigned(request)) return void response.status(403).end();
    await note?.({ sid: request.body.MessageSid, from: request.body.From });
    response.type('text/xml').send('<Response/>');
  });
  const child = await listening(createServer(app));
  return {
    ...child,
    stop: async () => {
      await child.stop();
      dir.remove();
    },
  };
}

function noting(floor: number, dir: string): Note {
  const db = openFloorDatabase(dir, floor === 6 ? 'NORMAL' : 'FULL');
  if (floor > 4) return createGroup(db);
  return async (message) => {
    db.begin();
    db.write(message);
    db.end();
  };
}

function isSigned(request: Request): boolean {
  const url = `http://${request.headers.host}${request.originalUrl}`;
  const signature = String(request.headers['x-twilio-signature']);
  return twilio.validateRequest(AUTH_TOKEN, signature, url, request.body);
}

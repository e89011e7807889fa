/** Short-lived signed addresses from which a provider fetches the files of our messages. */
import { timingSafeEqual } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { Clock } from '../clock.ts';
import type { Vault } from '../conversation/ports.ts';
import type { StoredFile } from '../conversation/types.ts';
import type { Sealer } from './ports.ts';
import { sendFile } from './send-file.ts';

/** How long a signed address is good: providers fetch within seconds, or once more after a failed try. */
const GOOD_FOR_MS = 30 * 60 * 1000;

interface MediaDeps {
  sealer: Pick<Sealer, 'hash'>;
  publicUrl: string;
  vault: Pick<Vault, 'open'>;
  clock: Clock;
}

export interface MediaUrls {
  /** `PUBLIC_URL/m/<file>.<expiry>.<mac>`, good for 30 minutes. Whoever has it can read the file. */
  mediaUrl(file: StoredFile): Promise<string>;
  /** Serves `GET /m/:signed`; anything false, changed or too old is 404. */
  routes: Router;
}

/** Creates the addresses and their route. `publicUrl` has no slash at its end. */
export function createMediaUrls(deps: MediaDeps): MediaUrls {
  const routes = Router();
  routes.get('/m/:signed', (request, response) => serve(deps, request, response));
  return {
    mediaUrl: async ({ file }) => {
      const expiry = Math.ceil((deps.clock.now() + GOOD_FOR_MS) / 1000).toString(36);
      return `${deps.publicUrl}/m/${file}.${expiry}.${macOf(deps.sealer, file, expiry)}`;
    },
    routes,
  };
}

async function serve(deps: MediaDeps, request: Request, response: Response): Promise<void> {
  const file = openSigned(deps, String(request.params.signed));
  const found = file === undefined ? undefined : await deps.vault.open(file);
  response.set({
    'Cache-Control': 'private, no-store',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex, nofollow',
  });
  if (found === undefined) {
    response.status(404).json({ error: { code: 'NOT_FOUND' } });
    return;
  }
  if (found.name !== undefined) response.attachment(found.name);
  await sendFile(response, found);
}

function openSigned({ sealer, clock }: MediaDeps, signed: string): string | undefined {
  const [file, expiry, mac, ...rest] = signed.split('.');
  if (file === undefined || expiry === undefined || mac === undefined || rest.length > 0) return undefined;
  const expected = Buffer.from(macOf(sealer, file, expiry));
  const given = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return clock.now() > Number.parseInt(expiry, 36) * 1000 ? undefined : file;
}

function macOf(sealer: Pick<Sealer, 'hash'>, file: string, expiry: string): string {
  return sealer.hash('media', `${file}.${expiry}`).slice(0, 32);
}

/** The session cookie: out of reach of scripts, and sent to the API of this site only. */
import type { Response } from 'express';
import { SESSION_MS } from '../accounts/sessions.ts';

const NAME = 'loket_session';

/** Gives the browser the token for as long as the session lasts. `secure`: the site is reached by https. */
export function setCookie(response: Response, token: string, secure: boolean): void {
  response.cookie(NAME, token, { httpOnly: true, sameSite: 'lax', secure, path: '/api', maxAge: SESSION_MS });
}

/** Takes the token away again. */
export function clearCookie(response: Response, secure: boolean): void {
  response.clearCookie(NAME, { httpOnly: true, sameSite: 'lax', secure, path: '/api' });
}

/** The token in a `Cookie` header; undefined without one. */
export function readCookie(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === NAME && value) return value.trim();
  }
  return undefined;
}

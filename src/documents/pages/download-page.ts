/** `/f/:token` for files that go out. Opening the page changes nothing: messengers fetch links for a preview. */
import type { Response } from 'express';
import type { Vault } from '../../conversation/ports.ts';
import { type Links, MAX_LINK_FAILURES } from '../links.ts';
import type { Words } from '../papers/words.ts';
import type { Link, Sealer } from '../ports.ts';
import { passOf } from './download-again.ts';
import { both, html, type Page, PRIVATE_HEADERS, sendPage } from './page-html.ts';
import { CLOSED_WORDS, PAGE_WORDS as P } from './page-words.ts';

export interface DownloadDeps {
  links: Links;
  vault: Pick<Vault, 'open'>;
  sealer: Pick<Sealer, 'hash'>;
  officeName: string;
  /** Counts failures of the application as well; `locked` while it takes no PIN at all. */
  checkPin(application: string, pin: string): Promise<'ok' | 'wrong' | 'locked'>;
}

/** Asks for the PIN. */
export function showDownload(deps: DownloadDeps, link: Link, response: Response): void {
  sendPage(response, deps.officeName, pinPage(link));
}

/** Leads to the file for the right PIN (download-again.ts), and marks the link as used at the first time. */
export async function giveDownload(
  deps: DownloadDeps,
  link: Link,
  { pin, path }: { pin: string; path: string },
  response: Response,
): Promise<void> {
  const page = await refuse(deps, link, pin);
  if (page !== undefined) return sendPage(response, deps.officeName, page);
  await deps.links.use(link);
  // Relative, because a proxy may hand the service on under a path of its own.
  const here = path.endsWith('/') ? '' : `${path.split('/').at(-1)}/`;
  response
    .status(303)
    .set(PRIVATE_HEADERS)
    .set('Location', `${here}${passOf(deps.sealer, link)}`)
    .end();
}

async function refuse(deps: DownloadDeps, link: Link, given: string): Promise<Page | undefined> {
  const pin = given.replace(/\D/g, '');
  if (pin.length !== 6) return pinPage(link, { status: 400, words: P.wrongPin });
  const verdict = await deps.checkPin(link.application ?? '', pin);
  if (verdict === 'ok') return undefined;
  if (verdict === 'locked') return pinPage(link, { status: 429, words: P.lockedPin });
  const isDead = await deps.links.fail(link);
  if (isDead) return { status: 410, title: CLOSED_WORDS.download.closed, body: both(P.askAgain) };
  return pinPage({ ...link, failures: link.failures + 1 }, { status: 403, words: P.wrongPin });
}

function pinPage(link: Link, fault?: { status: number; words: Words }): Page {
  const left = MAX_LINK_FAILURES - link.failures;
  const tries = { id: `Sisa percobaan: ${left}.`, en: `Tries left: ${left}.` };
  const alert = fault && html`<div class="mark bad" role="alert">${both(fault.words)}${both(tries)}</div>`;
  const body = html`${alert}${both(P.pinHint)}
<dl><dt>Nomor permohonan / Application number</dt><dd>${link.application ?? ''}</dd></dl>
<form method="post"><label>${P.pin.id} <span class="en" lang="en">${P.pin.en}</span>
<input name="pin" inputmode="numeric" autocomplete="off" maxlength="12" required></label>
<button>${P.fetch.id} / ${P.fetch.en}</button></form>${both(P.printing)}${both(P.goesOn)}`;
  return { status: fault?.status ?? 200, title: P.download, body };
}

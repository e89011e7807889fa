/** `/v/:code`: is this paper ours? Open to everyone, so it tells nothing of persons. */
import type { Request, Response } from 'express';
import { formatDateTime } from '../../flows/format.ts';
import { formatCode, parseCode } from '../code.ts';
import type { IssuedDocument, IssuedStore } from '../ports.ts';
import { both, html, type Page, PRIVATE_HEADERS, sendPage } from './page-html.ts';
import { PAGE_WORDS, VERDICT_WORDS as V } from './page-words.ts';

export interface VerifyDeps {
  issued: Pick<IssuedStore, 'find'>;
  officeName: string;
  timeZone: string;
}

export type Verdict = 'genuine' | 'superseded' | 'unknown';

/** Answers with a page, or as JSON when asked for: `{ status: Verdict, code, kind, application, issuedAt, sha256 }`. */
export async function verify(deps: VerifyDeps, request: Request, response: Response): Promise<Verdict> {
  const code = parseCode(String(request.params.code));
  const document = code === undefined ? undefined : await deps.issued.find(code);
  response.vary('Accept');
  if (request.accepts(['html', 'json']) === 'json') {
    response
      .status(document === undefined ? 404 : 200)
      .set(PRIVATE_HEADERS)
      .json(describe(document));
  } else
    sendPage(
      response,
      deps.officeName,
      document === undefined ? UNKNOWN : knownPage(document, deps.timeZone),
    );
  return document === undefined ? 'unknown' : statusOf(document);
}

function describe(document: IssuedDocument | undefined): object {
  if (document === undefined) return { status: 'unknown' };
  const { code, kind, application, sha256 } = document;
  return {
    status: statusOf(document),
    code,
    kind,
    application,
    issuedAt: new Date(document.issuedAt).toISOString(),
    sha256,
  };
}

function statusOf(document: IssuedDocument): Exclude<Verdict, 'unknown'> {
  return document.supersededBy === undefined ? 'genuine' : 'superseded';
}

function knownPage(document: IssuedDocument, timeZone: string): Page {
  const status = statusOf(document);
  const rows = [
    { name: V.kind, value: `${V[document.kind].id} / ${V[document.kind].en}` },
    { name: V.number, value: document.application },
    { name: V.issued, value: formatDateTime(document.issuedAt, 'id', timeZone) },
    { name: V.code, value: formatCode(document.code) },
  ].map(({ name, value }) => html`<dt>${name.id} / ${name.en}</dt><dd>${value}</dd>`);
  const body = html`<div class="mark ${status === 'genuine' ? 'good' : 'old'}">${both(V[status])}</div>
${both(V.compare)}<dl>${rows}</dl>`;
  return { status: 200, title: PAGE_WORDS.verify, body };
}

const UNKNOWN: Page = {
  status: 404,
  title: PAGE_WORDS.verify,
  body: html`<div class="mark bad">${both(V.unknown)}</div>${both(V.beware)}`,
};

/** `/v/:code`: is this paper ours? Open to everyone, so it tells nothing of persons. */
import type { Request, Response } from 'express';
import { formatDateTime } from '../../flows/format.ts';
import { formatCode, parseCode } from '../code.ts';
import type { Words } from '../papers/words.ts';
import type { IssuedDocument, IssuedStore } from '../ports.ts';
import { both, html, type Page, PRIVATE_HEADERS, sendPage } from './page-html.ts';
import { PAGE_WORDS, VERDICT_WORDS as V } from './page-words.ts';

export interface VerifyDeps {
  issued: Pick<IssuedStore, 'find'>;
  officeName: string;
  timeZone: string;
  /** What a service is called; undefined for one that is gone. */
  serviceTitle(id: string): Words | undefined;
}

export type Verdict = 'genuine' | 'superseded' | 'unknown';

/**
 * Answers with a page, or as JSON when asked for: `{ status: Verdict, code, kind, application, issuedAt, sha256 }`, with
 * `form` and `service` where there are such. `application` is null for what belongs to none (yet).
 */
export async function verify(deps: VerifyDeps, request: Request, response: Response): Promise<Verdict> {
  const code = parseCode(String(request.params.code));
  const document = code === undefined ? undefined : await deps.issued.find(code);
  response.vary('Accept');
  if (request.accepts(['html', 'json']) === 'json') {
    response
      .status(document === undefined ? 404 : 200)
      .set(PRIVATE_HEADERS)
      .json(describe(document));
  } else sendPage(response, deps.officeName, document === undefined ? UNKNOWN : knownPage(document, deps));
  return document === undefined ? 'unknown' : statusOf(document);
}

function describe(document: IssuedDocument | undefined): object {
  if (document === undefined) return { status: 'unknown' };
  const { code, kind, sha256 } = document;
  return {
    status: statusOf(document),
    code,
    kind,
    ...{ application: null, ...subjectOf(document) },
    issuedAt: new Date(document.issuedAt).toISOString(),
    sha256,
  };
}

function statusOf(document: IssuedDocument): Exclude<Verdict, 'unknown'> {
  return document.supersededBy === undefined ? 'genuine' : 'superseded';
}

/** A number of ours (applications/number.ts); its check digit was checked when it was given. */
const NUMBER = /^[A-Z]{2}-\d{4}-\d{4,7}-\d$/;

/** What of a paper's subject is for everybody: what names a draft or an act is not. */
function subjectOf({ kind, application: subject }: IssuedDocument): {
  application?: string;
  form?: string;
  service?: string;
} {
  const [first = '', second] = subject.split('/');
  if (kind === 'checklist') return second === undefined ? {} : { service: second };
  return {
    ...(NUMBER.test(first) ? { application: first } : {}),
    ...(kind === 'form' && second !== undefined ? { form: second } : {}),
  };
}

function knownPage(document: IssuedDocument, { timeZone, serviceTitle }: VerifyDeps): Page {
  const status = statusOf(document);
  const { application, form, service } = subjectOf(document);
  const title = service === undefined ? undefined : (serviceTitle(service) ?? { id: service, en: service });
  const kind = V[document.kind];
  const rows = [
    { name: V.kind, value: `${kind.id} / ${kind.en}` },
    ...(form === undefined ? [] : [{ name: V.formCode, value: form }]),
    ...(title === undefined ? [] : [{ name: V.service, value: `${title.id} / ${title.en}` }]),
    ...(application === undefined ? [] : [{ name: V.number, value: application }]),
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

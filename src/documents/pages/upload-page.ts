/** `/f/:token` for files that go in. */
import type { Request, Response } from 'express';
import type { Vault } from '../../conversation/ports.ts';
import type { IncomingFile } from '../../conversation/types.ts';
import type { Accepted, Inspector } from '../intake/inspector.ts';
import type { FileKind } from '../intake/sniff.ts';
import type { Links } from '../links.ts';
import type { Words } from '../papers/words.ts';
import type { Link } from '../ports.ts';
import { type FormFile, readForm } from './multipart.ts';
import { both, type Html, html, type Page, sendPage } from './page-html.ts';
import { PAGE_WORDS as P, UPLOAD_FAULTS, type UploadFault } from './page-words.ts';

/** What a citizen is asked for. `accept` default both kinds, `pages` (most files) default 20. */
export interface UploadAsk {
  document: Words;
  service: Words;
  accept?: FileKind[];
  pages?: number;
}

export interface UploadDeps {
  links: Links;
  vault: Vault;
  inspector: Pick<Inspector, 'inspect'>;
  officeName: string;
  /** Undefined when the conversation does not wait for this document (any more). */
  describeUpload(conversation: string, step: string): Promise<UploadAsk | undefined>;
  /**
   * Brings the files into the conversation like a message with media; durable when resolved. The same `uploadId` again must
   * have no second effect.
   */
  acceptUpload(conversation: string, files: IncomingFile[], uploadId: string): Promise<void>;
}

/** Shows the form. */
export async function showUpload(deps: UploadDeps, link: Link, response: Response): Promise<void> {
  const ask = await deps.describeUpload(link.conversation, link.step ?? '');
  sendPage(response, deps.officeName, ask === undefined ? NOT_WAITING : formPage(ask));
}

/** Takes the files. The link is used up only once they are safely in the conversation. */
export async function takeUpload(
  deps: UploadDeps,
  link: Link,
  request: Request,
  response: Response,
): Promise<void> {
  const ask = await deps.describeUpload(link.conversation, link.step ?? '');
  const page = ask === undefined ? NOT_WAITING : await take(deps, link, ask, request);
  if (page.status === 413) response.set('Connection', 'close');
  sendPage(response, deps.officeName, page);
}

async function take(deps: UploadDeps, link: Link, ask: UploadAsk, request: Request): Promise<Page> {
  const form = await readForm(request, ask.pages ?? MAX_FILES);
  if (!form.ok) return formPage(ask, form.reason);
  const looked = await inspectAll(deps.inspector, form.files, ask);
  if (!Array.isArray(looked)) return formPage(ask, looked.fault);
  const files: IncomingFile[] = [];
  for (const { bytes, contentType, declaredType, name } of looked) {
    const { file } = await deps.vault.put(link.conversation, { bytes, contentType, name });
    files.push({ source: { kind: 'stored', file }, declaredType, name });
  }
  await deps.acceptUpload(link.conversation, files, `link:${link.tokenHash.slice(0, 32)}`);
  await deps.links.use(link);
  return { status: 200, title: P.thanks, body: both(P.thanksMore) };
}

const MAX_FILES = 20;

/** What is wrong is told on the page at once: by SMS it would cost another round. */
async function inspectAll(
  inspector: UploadDeps['inspector'],
  files: FormFile[],
  ask: UploadAsk,
): Promise<(FormFile & Accepted)[] | { fault: UploadFault }> {
  if (files.length === 0) return { fault: 'none' };
  if (files.length > (ask.pages ?? MAX_FILES)) return { fault: 'many' };
  const looked: (FormFile & Accepted)[] = [];
  for (const file of files) {
    const found = await inspector.inspect(file.bytes);
    if (!found.ok) return { fault: found.reason };
    if (!accepted(ask).includes(found.kind)) return { fault: 'type' };
    looked.push({ ...file, ...found });
  }
  return looked;
}

function accepted(ask: UploadAsk): FileKind[] {
  return ask.accept ?? ['image', 'pdf'];
}

const STATUS: { [fault in UploadFault]?: number } = { none: 400, broken: 400, many: 413, size: 413 };

function formPage(ask: UploadAsk, fault?: UploadFault): Page {
  const title: Words = { id: `${P.upload.id}: ${ask.document.id}`, en: `${P.upload.en}: ${ask.document.en}` };
  const body = html`${fault === undefined ? undefined : html`<div class="mark bad" role="alert">${both(UPLOAD_FAULTS[fault])}</div>`}
${both(ask.service)}${both(P.hint)}
<form method="post" enctype="multipart/form-data">${inputs(ask)}
<button>${P.send.id} / ${P.send.en}</button></form>`;
  return { status: fault === undefined ? 200 : (STATUS[fault] ?? 422), title, body };
}

/** Two inputs: `capture` opens the camera, but on many phones it hides the gallery. */
function inputs(ask: UploadAsk): Html[] {
  const takesImages = accepted(ask).includes('image');
  const takesPdf = accepted(ask).includes('pdf');
  const types = [takesImages ? 'image/*' : '', takesPdf ? 'application/pdf' : ''].filter(Boolean).join(',');
  const words = takesImages ? (takesPdf ? P.choose : P.choosePhotos) : P.choosePdf;
  const photo = html`<label>${P.photo.id} <span class="en" lang="en">${P.photo.en}</span>
<input type="file" name="files" accept="image/*" capture="environment"></label>`;
  const choose = html`<label>${words.id} <span class="en" lang="en">${words.en}</span>
<input type="file" name="files" accept="${types}"${(ask.pages ?? MAX_FILES) > 1 ? html` multiple` : undefined}></label>`;
  return takesImages ? [photo, choose] : [choose];
}

const NOT_WAITING: Page = { status: 410, title: P.notWaiting, body: both(P.askAgain) };

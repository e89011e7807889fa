/** The form of `/f/:token`: it works by itself; the script beside it only makes it better (upload-client.js). */
import type { FileKind } from '../intake/sniff.ts';
import type { Words } from '../papers/words.ts';
import { both, type Html, html, type Page } from './page-html.ts';
import { PAGE_WORDS as P, UPLOAD_FAULTS, type UploadFault } from './page-words.ts';
import { scriptTag } from './upload-script.ts';

/** What a citizen is asked for. `accept` default both kinds, `pages` (most files) default 20. */
export interface UploadAsk {
  document: Words;
  service: Words;
  accept?: FileKind[];
  pages?: number;
}

const MAX_FILES = 20;
const STATUS: { [fault in UploadFault]?: number } = { none: 400, broken: 400, many: 413, size: 413 };

/** How many files may come at most. */
export function mostOf({ pages = MAX_FILES }: UploadAsk): number {
  return pages;
}

/** Which kinds may come. */
export function acceptedBy({ accept = ['image', 'pdf'] }: UploadAsk): FileKind[] {
  return accept;
}

/** The form; `fault` says what was wrong with the files that came, `done` are files that need not come again. */
export function formPage(
  ask: UploadAsk,
  { fault, done = [] }: { fault?: UploadFault; done?: { upload: string; sizeBytes: number }[] } = {},
): Page {
  const title: Words = { id: `${P.upload.id}: ${ask.document.id}`, en: `${P.upload.en}: ${ask.document.en}` };
  const alert = fault && html`<div class="mark bad" role="alert">${both(UPLOAD_FAULTS[fault])}</div>`;
  const body = html`${alert}${both(ask.service)}${both(P.hint)}
<form method="post" enctype="multipart/form-data" id="upload" data-most="${mostOf(ask)}" data-done="${JSON.stringify(done)}">${inputs(ask)}
<ul id="files"></ul><div id="say" role="status" aria-live="polite"></div>
<button>${P.send.id} / ${P.send.en}</button></form>${scriptTag()}`;
  return { status: fault === undefined ? 200 : (STATUS[fault] ?? 422), title, body, hasScript: true };
}

/** Two inputs: `capture` opens the camera, but on many phones it hides the gallery. */
function inputs(ask: UploadAsk): Html[] {
  const takesImages = acceptedBy(ask).includes('image');
  const takesPdf = acceptedBy(ask).includes('pdf');
  const types = [takesImages ? 'image/*' : '', takesPdf ? 'application/pdf' : ''].filter(Boolean).join(',');
  const words = takesImages ? (takesPdf ? P.choose : P.choosePhotos) : P.choosePdf;
  const photo = html`<label class="pick">${P.photo.id} <span class="en" lang="en">${P.photo.en}</span>
<input type="file" name="files" accept="image/*" capture="environment"></label>`;
  const choose = html`<label class="pick">${words.id} <span class="en" lang="en">${words.en}</span>
<input type="file" name="files" accept="${types}"${mostOf(ask) > 1 ? html` multiple` : undefined}></label>`;
  return takesImages ? [photo, choose] : [choose];
}

/** `/f/:token` for files that go in: as a form, or piece by piece (upload-pieces.ts). */
import type { Request, Response } from 'express';
import type { Vault } from '../../conversation/ports.ts';
import type { IncomingFile } from '../../conversation/types.ts';
import type { Accepted, Inspector } from '../intake/inspector.ts';
import type { Links } from '../links.ts';
import type { Link } from '../ports.ts';
import { type FormFile, readForm } from './multipart.ts';
import { both, type Page, sendPage } from './page-html.ts';
import { PAGE_WORDS as P, type UploadFault } from './page-words.ts';
import { acceptedBy, formPage, mostOf, type UploadAsk } from './upload-form.ts';
import type { Parts } from './upload-parts.ts';

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
export async function showUpload(
  deps: UploadDeps & { parts: Parts },
  link: Link,
  response: Response,
): Promise<void> {
  const ask = await deps.describeUpload(link.conversation, link.step ?? '');
  const page = ask === undefined ? NOT_WAITING : formPage(ask, { done: await deps.parts.listDone(link) });
  sendPage(response, deps.officeName, page);
}

/** Takes the files of a form. */
export async function takeUpload(
  deps: UploadDeps & { parts: Parts },
  link: Link,
  request: Request,
  response: Response,
): Promise<void> {
  const ask = await deps.describeUpload(link.conversation, link.step ?? '');
  const page = ask === undefined ? NOT_WAITING : await take(deps, link, ask, request);
  if (page.status === 413) response.set('Connection', 'close');
  sendPage(response, deps.officeName, page);
}

/** Hands the files over as one answer, exactly once. The link is used up only once they are safely in the conversation. */
export async function handOver(
  deps: Pick<UploadDeps, 'acceptUpload' | 'links'>,
  link: Link,
  files: IncomingFile[],
): Promise<void> {
  await deps.acceptUpload(link.conversation, files, `link:${link.tokenHash.slice(0, 32)}`);
  await deps.links.use(link);
}

async function take(
  deps: UploadDeps & { parts: Parts },
  link: Link,
  ask: UploadAsk,
  request: Request,
): Promise<Page> {
  const form = await readForm(request, mostOf(ask));
  if (!form.ok) return formPage(ask, { fault: form.reason });
  const looked = await inspectAll(deps.inspector, form.files, ask);
  if (!Array.isArray(looked)) return formPage(ask, looked);
  const files: IncomingFile[] = [];
  for (const { bytes, contentType, declaredType, name } of looked) {
    const { file } = await deps.vault.put(link.conversation, { bytes, contentType, name });
    files.push({ source: { kind: 'stored', file, inspected: true }, declaredType, name });
  }
  await handOver(deps, link, files);
  await deps.parts.clean(link, []);
  return { status: 200, title: P.thanks, body: both(P.thanksMore) };
}

/** What is wrong is told on the page at once: by SMS it would cost another round. */
async function inspectAll(
  inspector: UploadDeps['inspector'],
  files: FormFile[],
  ask: UploadAsk,
): Promise<(FormFile & Accepted)[] | { fault: UploadFault }> {
  if (files.length === 0) return { fault: 'none' };
  if (files.length > mostOf(ask)) return { fault: 'many' };
  const looked: (FormFile & Accepted)[] = [];
  for (const file of files) {
    const found = await inspector.inspect(file.bytes);
    if (!found.ok) return { fault: found.reason };
    if (!acceptedBy(ask).includes(found.kind)) return { fault: 'type' };
    looked.push({ ...file, ...found });
  }
  return looked;
}

const NOT_WAITING: Page = { status: 410, title: P.notWaiting, body: both(P.askAgain) };

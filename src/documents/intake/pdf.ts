/** PDFs: kept as they are, byte for byte, or not at all. */
import { ParseSpeeds, PDFArray, PDFDict, PDFDocument, PDFName, PDFRef } from '@cantoo/pdf-lib';
import type { FileReason } from '../../flows/vocabulary.ts';
import { isActive } from './pdf-active.ts';
import { prescanPdf } from './pdf-prescan.ts';

/** What a citizen sends has some pages; what has hundreds was not meant for this question. */
const MAX_PAGES = 50;
/** A page tree may lead round in circles, or name the same page a million times. */
const MAX_NODES = 2_000;
const PAGES = PDFName.of('Pages');
const KIDS = PDFName.of('Kids');

/** The number of pages, or why it is refused. Looks at every object, also at those that no page leads to. */
export async function examinePdf(bytes: Uint8Array): Promise<{ pages: number } | { reason: FileReason }> {
  const reason = await prescanPdf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (reason !== undefined) return { reason };
  try {
    const document = await PDFDocument.load(bytes, {
      ignoreEncryption: true,
      updateMetadata: false,
      warnOnInvalidObjects: false,
      parseSpeed: ParseSpeeds.Fastest,
    });
    if (document.isEncrypted) return { reason: 'password' };
    if (isActive(document.context)) return { reason: 'active' };
    const pages = countPages(document);
    if (pages === undefined) return { reason: 'broken' };
    return pages > MAX_PAGES ? { reason: 'pages' } : { pages };
  } catch {
    return { reason: 'broken' };
  }
}

/** Counts up to `MAX_PAGES` + 1; undefined for a tree without pages, or without an end. */
function countPages({ catalog, context }: PDFDocument): number | undefined {
  const open = [catalog.get(PAGES)];
  let pages = 0;
  for (let nodes = 0; open.length > 0 && pages <= MAX_PAGES; nodes += 1) {
    if (nodes > MAX_NODES) return undefined;
    const next = open.pop();
    const node = next instanceof PDFRef ? context.lookup(next) : next;
    if (!(node instanceof PDFDict)) continue;
    const kids = node.lookup(KIDS);
    if (kids instanceof PDFArray) open.push(...kids.asArray().slice(0, MAX_NODES));
    else pages += 1;
  }
  return pages === 0 ? undefined : pages;
}

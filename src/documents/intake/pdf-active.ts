/** What makes a PDF more than paper: programs, attachments, forms that send. */
import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject, PDFRawStream } from '@cantoo/pdf-lib';

/**
 * Names (ISO 32000-1, 12.6.4 actions, 7.11.4 embedded files, 12.7.8 XFA, 13.6 rich media) that no paper of a citizen needs.
 * Plain links, bookmarks and digital signatures use none of them. An `/OpenAction` or `/AA` counts by what it does.
 */
export const ACTIVE_NAMES: ReadonlySet<string> = new Set([
  'JavaScript',
  'JS',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'RichMedia',
  'XFA',
  'SubmitForm',
  'ImportData',
]);

/** Deeper than any writer nests; references are not followed, so this is within one object. */
const MAX_DEPTH = 60;

/** True when any object, at any place, has such a name as key or value. */
export function isActive(context: PDFContext): boolean {
  return context.enumerateIndirectObjects().some(([, object]) => hasActive(object, 0));
}

function hasActive(object: PDFObject | undefined, depth: number): boolean {
  if (depth > MAX_DEPTH) return true;
  if (object instanceof PDFName) return ACTIVE_NAMES.has(object.decodeText());
  if (object instanceof PDFArray) return object.asArray().some((one) => hasActive(one, depth + 1));
  if (object instanceof PDFRawStream) return hasActive(object.dict, depth);
  if (object instanceof PDFDict)
    return object.entries().some(([key, value]) => hasActive(key, 0) || hasActive(value, depth + 1));
  return false;
}

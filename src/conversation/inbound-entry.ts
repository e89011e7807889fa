/** A citizen's message as a line of the transcript. */
import type { Content, Conversation, Entry, Event, StoredFile } from './types.ts';

/** `conversation` is the one after the step: its version names the entry. Files that must still be fetched come later. */
export function inboundEntry(
  { id, version }: Pick<Conversation, 'id' | 'version'>,
  { id: providerId, at, content, by }: Extract<Event, { type: 'citizen.message' }>,
): Entry {
  return {
    id: `${id}.${version}.in`,
    direction: 'in',
    author: by?.name ?? 'citizen',
    at,
    text: wordsOf(content),
    files: content.type === 'media' ? content.files.flatMap(storedOf) : [],
    ...noteOf(content),
    status: 'received',
    providerId,
  };
}

function wordsOf(content: Content): string {
  if (content.type === 'text') return content.text;
  return content.type === 'media' ? (content.caption ?? '') : '';
}

function noteOf(content: Content): { note?: string } {
  if (content.type === 'unknown') return { note: content.kind };
  return content.type === 'location' ? { note: `location ${content.latitude},${content.longitude}` } : {};
}

function storedOf({
  source,
  declaredType,
  name,
}: Extract<Content, { type: 'media' }>['files'][number]): StoredFile[] {
  return source.kind === 'stored'
    ? [{ file: source.file, contentType: declaredType, sizeBytes: 0, ...(name ? { name } : {}) }]
    : [];
}

/** Canned replies: finding one, and filling in what is known of the chat. */
import type { Me } from '../../schemas/accounts.ts';
import type { ConversationView } from '../../schemas/inbox.ts';

export type CannedReply = Me['office']['replies'][number];

const PLACE = /\{[a-z_]+\}/;
/** Digits that are hidden are of no use to the citizen. */
const MASKED = '•';

/** Those whose title holds all words of `query`, then those whose text does, each in the office's order. */
export function findReplies(replies: readonly CannedReply[], query: string): CannedReply[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const byTitle = replies.filter(({ title }) => holds(title));
  const byText = replies.filter((reply) => !byTitle.includes(reply) && holds(`${reply.title} ${reply.text}`));
  return [...byTitle, ...byText];
}

/**
 * The text with its places filled in. `open` is the first place that nobody knows: to be selected and written over;
 * without one it is the end of the text.
 */
export function fillReply(
  text: string,
  known: { [name: string]: string | undefined },
): { text: string; open: { from: number; to: number } } {
  const filled = text.replace(/\{([^{}]+)\}/g, (place, name: string) => known[name] ?? place);
  return { text: filled, open: findPlace(filled) ?? { from: filled.length, to: filled.length } };
}

/** The first place that is still to be filled in. */
export function findPlace(text: string): { from: number; to: number } | undefined {
  const at = PLACE.exec(text);
  return at ? { from: at.index, to: at.index + at[0].length } : undefined;
}

/** What is known: `nama` of the citizen, `nomor` of the latest request, `layanan`, `petugas`. */
export function factsOf(chat: ConversationView, me: Me): { [name: string]: string | undefined } {
  const name = chat.answers.find(({ id }) => id === 'pemohon_nama' || id === 'nama' || id === 'pelapor_nama');
  return {
    nama: name && !name.text.includes(MASKED) ? name.text : undefined,
    nomor: chat.applications[0]?.number,
    layanan: chat.title ?? undefined,
    petugas: me.operator.name,
  };
}

/** Which PDFs are the office's own: only these may be signed, never one that somebody attached (from SIAK, say). */

declare const OWN: unique symbol;

/** A PDF that `renderPaper` drew. A copy of its bytes is no such paper. */
export type OwnPaper = Uint8Array & { readonly [OWN]: true };

const drawn = new WeakSet<Uint8Array>();

/** For `renderPaper` alone: it vouches for what it drew. */
export function vouchFor(bytes: Uint8Array): OwnPaper {
  drawn.add(bytes);
  return bytes as OwnPaper;
}

/** The type says the same, but a cast can lie. */
export function isOwnPaper(bytes: Uint8Array): bytes is OwnPaper {
  return drawn.has(bytes);
}

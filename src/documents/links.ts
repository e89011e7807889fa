/** One-time links `/f/:token`, for citizens whose phone cannot send or show a file. */
import type { Clock } from '../clock.ts';
import type { Link, LinkStore, Sealer } from './ports.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a link of each kind can be opened, in days. */
const LINK_DAYS = { upload: 7, download: 14 } as const;
/** A file may be fetched again so long after the first time: downloads break off on weak networks. */
export const AGAIN_MS = 60 * 60 * 1000;
/** Wrong PINs after which a link is dead. */
export const MAX_LINK_FAILURES = 5;

/** `closed`: too many wrong PINs. */
export type LinkState = 'open' | 'used' | 'expired' | 'closed';

type Target =
  | { kind: 'upload'; conversation: string; step: string }
  | { kind: 'download'; conversation: string; file: string; application: string };

export interface Links {
  /** The link's URL. The same effect gets the same link, however often it runs. */
  create(effect: string, target: Target): Promise<string>;
  /** Undefined for a token that was never given out. */
  find(token: string): Promise<{ link: Link; state: LinkState } | undefined>;
  /** `true` for exactly one caller. */
  use(link: Link): Promise<boolean>;
  /** Counts a wrong PIN; `true` when the link is dead by it. */
  fail(link: Link): Promise<boolean>;
}

/**
 * Creates the links. A token has 128 bits and is derived from the effect with the office's key, so it cannot be guessed,
 * needs no storing, and is the same for a repeat. `publicUrl` has no slash at its end.
 */
export function createLinks(deps: {
  store: LinkStore;
  sealer: Pick<Sealer, 'hash'>;
  clock: Clock;
  publicUrl: string;
}): Links {
  const { store, sealer, clock, publicUrl } = deps;
  return {
    create: async (effect, target) => {
      const token = tokenFor(sealer, effect, target.kind);
      const expiresAt = clock.now() + LINK_DAYS[target.kind] * DAY_MS;
      await store.create({ ...target, tokenHash: hashToken(sealer, token), expiresAt, failures: 0 });
      return `${publicUrl}/f/${token}`;
    },
    find: async (token) => {
      if (!/^[\w-]{22}$/.test(token)) return undefined;
      const link = await store.find(hashToken(sealer, token));
      return link === undefined ? undefined : { link, state: stateOf(link, clock.now()) };
    },
    use: (link) => store.use(link.tokenHash, clock.now()),
    fail: async (link) => (await store.fail(link.tokenHash)) >= MAX_LINK_FAILURES,
  };
}

function stateOf(link: Link, now: number): LinkState {
  if (link.failures >= MAX_LINK_FAILURES) return 'closed';
  if (link.usedAt !== undefined) {
    const mayFetchAgain = link.kind === 'download' && now <= link.usedAt + AGAIN_MS;
    return mayFetchAgain ? 'open' : 'used';
  }
  return now > link.expiresAt ? 'expired' : 'open';
}

function tokenFor(sealer: Pick<Sealer, 'hash'>, effect: string, kind: Link['kind']): string {
  const hash = Buffer.from(sealer.hash('link', `${effect}#${kind}`), 'hex');
  return hash.subarray(0, 16).toString('base64url');
}

function hashToken(sealer: Pick<Sealer, 'hash'>, token: string): string {
  return sealer.hash('link-token', token);
}

import type twilio from 'twilio';
import type { ConversationStore, OutboundMessage } from '../../conversation/ports.ts';
import type { SentMemory } from './sent-memory.ts';

/** Twilio's clock and ours may differ by this much. */
const CLOCK_SLACK_MS = 60_000;
const PAGE_SIZE = 50;
const MAX_PAGES = 10;

type MessagePage = Pick<Awaited<ReturnType<twilio.Twilio['messages']['page']>>, 'instances' | 'nextPage'>;
type TwilioMessage = MessagePage['instances'][number];

interface Deps {
  client: twilio.Twilio;
  conversations: Pick<ConversationStore, 'findSent'>;
  memory: SentMemory;
}

/**
 * A message that an earlier try of `message` left at Twilio, which has no idempotency key: the same address and
 * words, no older than the entry, not failed, and not known to us as another one. Undefined: it never arrived.
 *
 * No filter by date: a message in Twilio's queue has no date of sending yet. The list comes newest first, and ends
 * at the first one that the store knows as another entry's: entries go out in order, so whatever is older was there
 * before this one (an earlier part of that entry, for example, whose id nobody stored).
 */
export async function findEarlier(
  deps: Deps,
  message: OutboundMessage,
  to: string,
  part: string,
): Promise<TwilioMessage | undefined> {
  const candidates: TwilioMessage[] = [];
  for (const candidate of await listSince(deps.client, to, message.at - CLOCK_SLACK_MS)) {
    if (await isStoredForAnother(deps, candidate.sid, message.entry)) break;
    if (isSame(candidate, message) && isFree(deps, candidate.sid, part)) candidates.push(candidate);
  }
  return candidates.at(-1);
}

async function listSince(client: twilio.Twilio, to: string, sinceMs: number): Promise<TwilioMessage[]> {
  const found: TwilioMessage[] = [];
  let page: MessagePage | undefined = await client.messages.page({ to, pageSize: PAGE_SIZE });
  for (let count = 1; page && count <= MAX_PAGES; count += 1) {
    const recent: TwilioMessage[] = page.instances.filter(
      ({ dateCreated }) => !(dateCreated.getTime() < sinceMs),
    );
    found.push(...recent);
    page = recent.length < page.instances.length ? undefined : await page.nextPage();
  }
  return found;
}

function isSame(candidate: TwilioMessage, message: OutboundMessage): boolean {
  if (['failed', 'undelivered', 'canceled'].includes(candidate.status)) return false;
  const hasFiles = Number(candidate.numMedia) > 0;
  if (hasFiles !== message.files.length > 0) return false;
  const body = fold(candidate.body ?? '');
  // The list may leave out what a template reads like.
  return body === fold(message.text) || (message.template !== undefined && body === '');
}

/** Twilio may write typographic signs plainly (smart encoding) and cuts white space at the ends. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Not known to have gone for another message, or for another part of this one. */
function isFree({ memory }: Deps, sid: string, part: string): boolean {
  return [undefined, part].includes(memory.partOf(sid));
}

async function isStoredForAnother({ conversations }: Deps, sid: string, entry: string): Promise<boolean> {
  const sent = await conversations.findSent(sid);
  return sent !== undefined && sent.entry.id !== entry;
}

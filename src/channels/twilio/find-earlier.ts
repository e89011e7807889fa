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
 * No filter by date: a message in Twilio's queue has no date of sending yet. The list comes newest first.
 */
export async function findEarlier(
  deps: Deps,
  message: OutboundMessage,
  to: string,
  part: string,
): Promise<TwilioMessage | undefined> {
  const candidates = (await listSince(deps.client, to, message.at - CLOCK_SLACK_MS)).filter((candidate) =>
    isSame(candidate, message),
  );
  for (const candidate of candidates.reverse()) {
    if (await isFree(deps, candidate.sid, message.entry, part)) return candidate;
  }
  return undefined;
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
  return hasFiles === message.files.length > 0 && fold(candidate.body ?? '') === fold(message.text);
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

async function isFree(deps: Deps, sid: string, entry: string, part: string): Promise<boolean> {
  const owner = deps.memory.partOf(sid);
  if (owner !== undefined) return owner === part;
  const sent = await deps.conversations.findSent(sid);
  return sent === undefined || sent.entry.id === entry;
}

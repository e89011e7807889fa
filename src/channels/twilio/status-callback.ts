import type { Logger } from 'pino';
import { createTurns } from '../../conversation/in-turn.ts';
import type { ConversationStore, Engine, OutboundMessage } from '../../conversation/ports.ts';
import type { DeliveryStatus, Entry } from '../../conversation/types.ts';
import type { TellByLink } from '../deliver.ts';
import { toDeliveryStatus } from './delivery-status.ts';
import { explainCode, isAboutFile } from './faults.ts';
import { type Form, field } from './form.ts';

/** Where Twilio posts what became of a message. */
export const STATUS_PATH = '/webhooks/twilio/status';

export interface StatusCallbackDeps {
  conversations: Pick<ConversationStore, 'findSent' | 'findEntry' | 'setStatus'>;
  engine: Pick<Engine, 'handle'>;
  tellByLink: TellByLink;
  log: Logger;
}

/**
 * The StatusCallback of one message. It names the entry, because the first status often comes before the SID is
 * stored; and the place of a message that is not its entry's last, because only the last one speaks for the entry.
 */
export function statusCallbackUrl(
  publicUrl: string,
  { entry, part }: Pick<OutboundMessage, 'entry' | 'part'>,
): string {
  const query = new URLSearchParams({ entry });
  if (part && part.index < part.of) query.set('part', `${part.index}/${part.of}`);
  return `${publicUrl.replace(/\/+$/, '')}${STATUS_PATH}?${query}`;
}

/**
 * Takes a status callback. Late, repeated and out-of-order ones are fine: a status only rises (ConversationStore).
 * A final failure becomes `delivery.failed`, once per entry, or a link where the file was not taken; the event goes first,
 * so that a crash between the two writes repeats it rather than loses it. Statuses of messages that are not ours are ignored.
 */
export function createStatusCallback(
  deps: StatusCallbackDeps,
): (form: Form, query: URLSearchParams) => Promise<void> {
  const turns = createTurns();
  return async (form, query) => {
    const sid = field(form, 'MessageSid', 'SmsSid');
    const status = toDeliveryStatus(field(form, 'MessageStatus', 'SmsStatus'));
    if (!status) return;
    const found = await findSpokenFor(deps, sid, query);
    if (!found) return deps.log.info({ sid, status }, 'twilio status of an unknown message');
    const { id } = found.entry;
    if (status === 'failed') return turns.run(id, () => fail(deps, id, field(form, 'ErrorCode')));
    if (found.isLast) await deps.conversations.setStatus(id, status, sid);
  };
}

interface Found {
  conversation: string;
  entry: Entry;
  /** Its status is that of the entry. */
  isLast: boolean;
}

async function findSpokenFor(
  { conversations }: StatusCallbackDeps,
  sid: string,
  query: URLSearchParams,
): Promise<Found | undefined> {
  const sent = await conversations.findSent(sid);
  if (sent) return { ...sent, isLast: true };
  const entry = query.get('entry');
  const named = entry === null ? undefined : await conversations.findEntry(entry);
  if (named?.entry.direction !== 'out') return undefined;
  // With another SID stored, this is an earlier message of the entry.
  return { ...named, isLast: !query.has('part') && named.entry.providerId === undefined };
}

const OPEN: readonly DeliveryStatus[] = ['queued', 'sent'];

/** In the queue of its entry, and with a fresh look: a failure often comes twice, and at once. */
async function fail(deps: StatusCallbackDeps, id: string, errorCode: string): Promise<void> {
  const found = await deps.conversations.findEntry(id);
  if (!found || !OPEN.includes(found.entry.status)) return;
  const code = /^\d{4,6}$/.test(errorCode) ? Number(errorCode) : undefined;
  const reason = explainCode(code, 'Twilio gave no reason');
  const { conversation } = found;
  deps.log.warn({ conversation, entry: id, code }, 'message not delivered');
  if (!isAboutFile(code) || !(await deps.tellByLink(conversation, found.entry)))
    await deps.engine.handle(conversation, { type: 'delivery.failed', entry: id, reason });
  await deps.conversations.setStatus(id, 'failed');
}

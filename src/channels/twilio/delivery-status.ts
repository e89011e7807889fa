import type { DeliveryStatus } from '../../conversation/types.ts';

/** Twilio's words (https://www.twilio.com/docs/messaging/api/message-resource#message-status-values) in ours. */
const STATUSES: Readonly<Record<string, DeliveryStatus>> = {
  accepted: 'queued',
  scheduled: 'queued',
  queued: 'queued',
  sending: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  partially_delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  undelivered: 'failed',
  canceled: 'failed',
};

/** Undefined for a word that is not of an outbound message, or new to us. */
export function toDeliveryStatus(word: string): DeliveryStatus | undefined {
  return Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
}

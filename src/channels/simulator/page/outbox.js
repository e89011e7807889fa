/** Messages on their way, in order, one at a time. Texts survive a reload; their id makes a second try harmless. */
import { sendMessage } from './api.js';
import { recall, remember } from './memory.js';

/** `message.progress` is `pending`, `sent` or `failed` (then `fault` says why). `onChange` is told of each turn. */
export function createOutbox({ channel, number }, onChange) {
  const name = `outbox.${channel}.${number}`;
  const messages = recall(name, []).map((message) => ({ ...message, progress: 'pending' }));
  let isSending = false;

  function changed() {
    // Photos are too large to keep: what is kept are texts that did not arrive.
    remember(
      name,
      messages.filter(({ progress, body }) => progress !== 'sent' && !body.media),
    );
    onChange();
  }

  async function send() {
    if (isSending) return;
    isSending = true;
    for (let next = messages.find(isPending); next; next = messages.find(isPending)) {
      try {
        await sendMessage({ ...next.body, id: next.id, channel, from: number });
        next.progress = 'sent';
      } catch (error) {
        Object.assign(next, { progress: 'failed', fault: error.message });
        // What was written later must not overtake it, unless it can never go.
        if (!error.isFinal) for (const later of messages.filter(isPending)) later.progress = 'failed';
      }
      changed();
    }
    isSending = false;
  }

  function retry() {
    for (const message of messages) if (message.progress === 'failed') message.progress = 'pending';
    changed();
    void send();
  }
  window.addEventListener('online', retry);
  if (messages.length > 0) void send();

  return {
    messages: () => messages,
    retry,
    add(body, previews = []) {
      messages.push({ id: newId(), body, previews, at: Date.now(), progress: 'pending' });
      changed();
      void send();
    },
    /** Drops what the transcript holds by now. */
    settle(ids) {
      for (let index = messages.length - 1; index >= 0; index -= 1) {
        if (!ids.has(messages[index].id)) continue;
        for (const { url } of messages[index].previews ?? []) URL.revokeObjectURL(url);
        messages.splice(index, 1);
      }
    },
  };
}

const isPending = ({ progress }) => progress === 'pending';

/** `crypto.randomUUID` is missing on plain http away from this machine. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `sim-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

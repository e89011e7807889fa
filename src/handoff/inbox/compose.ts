/** Makes of what an operator's screen sends the reply that goes to the citizen, or says why it cannot go. */
import type { Clock } from '../../clock.ts';
import { maxFileBytes } from '../../conversation/media-limits.ts';
import type { Vault } from '../../conversation/ports.ts';
import type { Capabilities, Conversation, Reply, StoredFile } from '../../conversation/types.ts';
import { fillTemplate } from '../../office/templates.ts';
import { ApiError } from '../api/api-error.ts';
import type { ReplyBody } from '../schemas/inbox.ts';
import { windowClosesAt } from './chat-view.ts';
import type { InboxPorts } from './ports.ts';

export interface ComposeDeps extends Pick<InboxPorts, 'capabilities' | 'canSms' | 'templatesFor'> {
  vault: Pick<Vault, 'get'>;
  clock: Clock;
}

/**
 * Throws ApiError: WINDOW_CLOSED for free words that the phone takes no more, NOT_POSSIBLE for what its channel cannot
 * do, UNSUPPORTED_FILE and TOO_LARGE for what it does not carry, INVALID_REQUEST for a template that is unknown or not filled in, NOT_FOUND for a file of another chat.
 */
export async function composeReply(
  deps: ComposeDeps,
  conversation: Conversation,
  { text = '', files = [], as, template }: ReplyBody,
): Promise<Reply> {
  if (template) {
    if (text || files.length > 0 || as) throw new ApiError('INVALID_REQUEST');
    return composeTemplate(deps, conversation, { id: template.id, values: template.values ?? {} });
  }
  if (as) {
    if (!deps.canSms(conversation) || files.length > 0) throw new ApiError('NOT_POSSIBLE');
    return { text, as };
  }
  const capabilities = deps.capabilities(conversation);
  const closesAt = windowClosesAt(conversation, capabilities);
  if (closesAt !== null && closesAt <= deps.clock.now()) throw new ApiError('WINDOW_CLOSED');
  if (files.length > 0 && !capabilities?.mediaOut) throw new ApiError('NOT_POSSIBLE');
  const found = await findFiles(deps, conversation.id, files);
  if (capabilities) for (const file of found) assertCarried(capabilities, file);
  return { text, ...(found.length > 0 ? { files: found } : {}) };
}

/** There is no PIN with which the citizen could open a link to it. */
function assertCarried(can: Capabilities, { contentType, sizeBytes }: StoredFile): void {
  const max = maxFileBytes(can, contentType);
  if (max === 0) throw new ApiError('UNSUPPORTED_FILE');
  if (max !== null && sizeBytes > max) throw new ApiError('TOO_LARGE');
}

/** Files that the vault keeps under this chat's key; somebody else's are not there. */
export async function findFiles(
  { vault }: Pick<ComposeDeps, 'vault'>,
  owner: string,
  ids: readonly string[],
): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  // One after the other: each is opened as a whole.
  for (const file of ids) {
    const found = await vault.get(file);
    if (found?.owner !== owner) throw new ApiError('NOT_FOUND');
    files.push({ file, contentType: found.contentType, sizeBytes: found.bytes.byteLength });
  }
  return files;
}

function composeTemplate(
  deps: ComposeDeps,
  conversation: Conversation,
  { id, values }: { id: string; values: { [name: string]: string } },
): Reply {
  const template = deps.templatesFor(conversation).find((each) => each.id === id);
  const areKnown = Object.keys(values).every((name) => template?.fields.includes(name));
  const filled = template && areKnown ? fillTemplate(template, values) : undefined;
  if (!filled?.ok) throw new ApiError('INVALID_REQUEST');
  return { text: filled.text, template: { id, values } };
}

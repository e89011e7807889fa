/** The calls of the counter; each throws ApiFailure. `reveal` is the key that shows what is masked. */
import type { FileView } from '../../schemas/basics.ts';
import type { ConversationView } from '../../schemas/inbox.ts';
import { ask, upload } from '../shell/api.ts';

/** What an operator says in the citizen's place; the same `id` again has no second effect. */
export interface Said {
  id: string;
  text?: string;
  files?: string[];
}

/** Begins the case of a person at the counter, and answers the id of its conversation. */
export async function beginWalkIn(): Promise<string> {
  return (await ask<{ conversation: string }>('POST', '/walk-ins')).conversation;
}

/** The calls of one case. */
export function callsOf(conversation: string, reveal: string | undefined) {
  const path = `/conversations/${encodeURIComponent(conversation)}`;
  const post = (act: string, body?: unknown) => ask<ConversationView>('POST', `${path}/${act}`, body, reveal);
  return {
    load: () => ask<ConversationView>('GET', path, undefined, reveal),
    speak: (said: Said) => post('speak', said),
    /** Has the bot ask a question of the form again. */
    askAgain: (step: string) => post('ask', { step }),
    claim: () => post('claim'),
    reveal: async () => (await ask<{ key: string }>('POST', `${path}/reveal`)).key,
    upload: async (file: File, onProgress: (part: number) => void) =>
      (await upload<{ file: FileView }>(`${path}/files`, file, onProgress)).file,
  };
}

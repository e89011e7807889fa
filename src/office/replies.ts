/** Canned replies of `office.yaml`: what operators write again and again, with places that are filled in. */
import { z } from 'zod';
import { uniqueIds } from './unique-ids.ts';

/**
 * `nama` the citizen's, `nomor` of the application, `layanan` what is asked for, `petugas` who answers: filled in by the
 * web app from the chat. `jam` (when the counter is open) and `alamat` of the office: filled in by the service.
 */
const PLACEHOLDERS = ['nama', 'nomor', 'layanan', 'petugas', 'jam', 'alamat'] as const;

const replySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, { message: 'must be lower case letters, digits and -' }),
  title: z.string().min(1).max(60),
  text: z.string().min(1).max(2000).superRefine(checkPlaceholders),
});
export type CannedReply = z.infer<typeof replySchema>;

/** The list, in the order in which operators see it; none by default. */
export const repliesSchema = z.array(replySchema).default([]).superRefine(uniqueIds);

/** The replies with what the office itself knows; all other places stay. */
export function fillReplies(
  replies: readonly CannedReply[],
  facts: { jam: string; alamat: string },
): CannedReply[] {
  return replies.map((reply) => ({
    ...reply,
    text: reply.text.replace(/\{(jam|alamat)\}/g, (_, name: 'jam' | 'alamat') => facts[name]),
  }));
}

function checkPlaceholders(text: string, context: z.RefinementCtx): void {
  const known: readonly string[] = PLACEHOLDERS;
  for (const [whole, name = ''] of text.matchAll(/\{([^{}]*)\}?/g)) {
    if (whole.endsWith('}') && known.includes(name)) continue;
    const all = PLACEHOLDERS.map((each) => `{${each}}`).join(' ');
    context.addIssue({ code: 'custom', message: `${whole} cannot be filled in; a reply may hold ${all}` });
  }
}

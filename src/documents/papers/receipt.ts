/** Effect `receipt`: makes the receipt of an application, once, and gives it as a file or as a link to one. */
import { z } from 'zod';
import type { EffectHandler } from '../../conversation/ports.ts';
import type { Links } from '../links.ts';
import type { CasePapers } from './case-papers.ts';

interface ReceiptDeps {
  papers: Pick<CasePapers, 'receipt' | 'slip'>;
  links: Links;
}

const params = z.object({ application: z.string(), asLink: z.boolean() });

/**
 * Creates the handler. Result: `{ file, url, paper }`, url null unless asked for. What is ready and has a time to be
 * collected gets a pick-up slip (`paper: 'slip'`) in place of another receipt. File, code and link are derived from the
 * effect, so a repeat gives the same paper even when the case has changed in between.
 */
export function createReceiptHandler({ papers, links }: ReceiptDeps): EffectHandler {
  return {
    type: 'receipt',
    run: async (effect, { conversation }) => {
      const { application, asLink } = params.parse(effect.params);
      const slip = await papers.slip(application, effect.id);
      const { file } = slip ?? (await papers.receipt(application, effect.id));
      const target = {
        kind: 'download',
        conversation: conversation.id,
        file: file.file,
        application,
      } as const;
      const url = asLink ? await links.create(effect.id, target) : null;
      return { result: { file: { ...file }, url, paper: slip ? 'slip' : 'receipt' } };
    },
  };
}

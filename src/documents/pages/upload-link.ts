/** Effect `link`: a one-time page on which a citizen hands in the document of a step. */
import { z } from 'zod';
import type { EffectHandler } from '../../conversation/ports.ts';
import type { Links } from '../links.ts';

const params = z.object({ step: z.string() });

/** Creates the handler. Result: `{ step, url }`; a repeat gives the same URL. */
export function createLinkHandler(deps: { links: Links }): EffectHandler {
  return {
    type: 'link',
    run: async (effect, { conversation }) => {
      const { step } = params.parse(effect.params);
      const url = await deps.links.create(effect.id, { kind: 'upload', conversation: conversation.id, step });
      return { result: { step, url } };
    },
  };
}

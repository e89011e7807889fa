/** Effect `calendar`: the visit that lies before a citizen as a calendar file, or as a link to one. */
import { z } from 'zod';
import type { EffectHandler, Vault } from '../../conversation/ports.ts';
import { LANGUAGES } from '../../flows/schema.ts';
import type { Links } from '../links.ts';
import type { Sealer } from '../ports.ts';
import { fileIdFor } from '../vault.ts';
import { type CalendarFacts, renderCalendar } from './calendar-file.ts';

/** Phones and browsers know it by this. */
const CALENDAR_TYPE = 'text/calendar';

interface CalendarDeps {
  /** The soonest visit ahead of this application, or of any open one of the conversation. */
  factsOf(conversation: string, application: string | undefined): Promise<CalendarFacts | undefined>;
  vault: Pick<Vault, 'put'>;
  sealer: Pick<Sealer, 'hash'>;
  links: Links;
  publicUrl: string;
}

const params = z.object({
  application: z.string().nullable(),
  language: z.enum(LANGUAGES),
  asLink: z.boolean(),
});

/**
 * Creates the handler. Result: `{ file, url }`, url null unless asked for; `{ file: null, url: null }` where no visit lies
 * ahead. The same visit gives the same file, and a repeat of the effect the same link.
 */
export function createCalendarHandler(deps: CalendarDeps): EffectHandler {
  const host = new URL(deps.publicUrl).hostname;
  return {
    type: 'calendar',
    run: async (effect, { conversation: { id: conversation } }) => {
      const { application, language, asLink } = params.parse(effect.params);
      const facts = await deps.factsOf(conversation, application ?? undefined);
      if (!facts) return { result: { file: null, url: null } };
      const { visit, application: number } = facts;
      const file = await deps.vault.put(conversation, {
        id: fileIdFor(deps.sealer, `calendar:${number}:${visit.changedAt}:${visit.startAt}:${language}`),
        bytes: await renderCalendar(facts, language, host),
        contentType: CALENDAR_TYPE,
        name: `jadwal-${number}.ics`,
      });
      const target = { kind: 'download', conversation, file: file.file, application: number } as const;
      const url = asLink ? await deps.links.create(effect.id, target) : null;
      return { result: { file: { ...file }, url } };
    },
  };
}

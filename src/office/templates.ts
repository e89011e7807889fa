/** Message templates of `office.yaml`: the words that WhatsApp takes when its 24 hours are over. */
import { z } from 'zod';
import { NEWS_KINDS, NEWS_VALUES } from './news-kinds.ts';
import { uniqueIds } from './unique-ids.ts';

/** WhatsApp's limit for the text of a template, filled in or not. */
const MAX_TEXT = 1024;
const FIELD = /\{\{([^{}]*)\}?\}?/g;

const templateSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, { message: 'must be lower case letters, digits and -' }),
    title: z.string().min(1).max(60),
    /** As approved; `{{1}}` is the first of `fields`. */
    text: z.string().min(1).max(MAX_TEXT),
    /** Twilio's id of the approved content; without it the template is no use on Twilio. */
    contentSid: z
      .string()
      .regex(/^HX[0-9a-fA-F]{32}$/, {
        message: 'is not a content SID of Twilio; it reads HX and 32 digits or letters a to f',
      })
      .optional(),
    /** What operators fill in, by its label. */
    fields: z.array(z.string().min(1).max(40)).max(9),
    /** For which news of an application it stands in after WhatsApp's hours, and what its fields say then. */
    news: z
      .strictObject({
        kinds: z.array(z.enum(NEWS_KINDS)).min(1),
        /** By field, with `{placeholders}` of `NEWS_VALUES`. */
        values: z.record(z.string(), z.string().min(1)),
      })
      .optional(),
  })
  .superRefine(checkFields)
  .superRefine(checkNews);
export type Template = z.infer<typeof templateSchema>;

/** The list, in the order in which operators see it; none by default. */
export const templatesSchema = z.array(templateSchema).default([]).superRefine(uniqueIds);

/** What an operator must mend: fields without a value, or all of it together too long. */
export type TemplateFault = { reason: 'missing'; fields: string[] } | { reason: 'too-long'; max: number };

/**
 * What the template reads like with these values by field; line breaks and long gaps in a value become a space, since
 * WhatsApp takes none. Values of other names are left out.
 */
export function fillTemplate(
  { text, fields }: Pick<Template, 'text' | 'fields'>,
  values: Readonly<Record<string, string>>,
): { ok: true; text: string } | ({ ok: false } & TemplateFault) {
  const clean = fields.map((field) => (values[field] ?? '').replace(/\s+/g, ' ').trim());
  const missing = fields.filter((_, i) => clean[i] === '');
  if (missing.length > 0) return { ok: false, reason: 'missing', fields: missing };
  const filled = text.replace(FIELD, (_, number: string) => clean[Number(number) - 1] ?? '');
  return filled.length > MAX_TEXT
    ? { ok: false, reason: 'too-long', max: MAX_TEXT }
    : { ok: true, text: filled };
}

/** Besides what cannot work: what WhatsApp does not approve (https://www.twilio.com/docs/content/twilio-text). */
function checkFields({ text, fields }: { text: string; fields: string[] }, context: z.RefinementCtx): void {
  const report = (path: PropertyKey[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  const used = new Set([...text.matchAll(FIELD)].map(([whole]) => whole));
  const wanted = fields.map((_, i) => `{{${i + 1}}}`);
  for (const whole of used)
    if (!wanted.includes(whole))
      report(['text'], `${whole} has no field; fields are counted from {{1}} to ${wanted.at(-1) ?? 'none'}`);
  fields.forEach((field, i) => {
    if (!used.has(`{{${i + 1}}}`))
      report(['fields', i], `is not used: write {{${i + 1}}} in text, or remove it`);
    if (fields.indexOf(field) < i) report(['fields', i], `"${field}" stands there twice`);
  });
  if (/^\s*\{\{|\}\}\s*$/.test(text))
    report(['text'], 'begins or ends with a field, which WhatsApp does not approve; put words around it');
  if (/\}\}\s*\{\{/.test(text))
    report(['text'], 'has two fields side by side, which WhatsApp does not approve; put words between them');
}

function checkNews(
  { news, fields }: { news?: { values: Record<string, string> } | undefined; fields: string[] },
  context: z.RefinementCtx,
): void {
  if (!news) return;
  const report = (path: PropertyKey[], message: string) =>
    context.addIssue({ code: 'custom', path: ['news', 'values', ...path], message });
  for (const field of fields)
    if (!(field in news.values)) report([], `says nothing for the field "${field}"`);
  for (const [field, pattern] of Object.entries(news.values)) {
    if (!fields.includes(field)) report([field], 'is none of fields');
    for (const [whole, name] of pattern.matchAll(/\{(\w*)\}/g))
      if (!NEWS_VALUES.some((known) => known === name))
        report([field], `${whole} is not known; there are ${NEWS_VALUES.join(', ')}`);
  }
}

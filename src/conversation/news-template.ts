/**
 * News of an application after WhatsApp's hours: an approved message goes in its place and asks for an answer, and the
 * news itself is told when the citizen writes. Pure.
 */
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import { fillTemplate, type Template } from '../office/templates.ts';
import type { Heard } from './burst.ts';
import type { Presenter } from './present.ts';
import type { ApplicationNews, Conversation, Reply, StepWorld } from './types.ts';

/** True when free words do not reach the citizen any more. */
export function isWindowClosed({ lastInboundAt }: Conversation, { now, can }: StepWorld): boolean {
  return can.windowMs !== undefined && now - lastInboundAt >= can.windowMs;
}

/**
 * The approved message that stands in for this news: the first of office.yaml that names its kind and can be filled;
 * undefined when there is none, or its provider has no such messages.
 */
export function templateFor(
  { templates, presenter }: { templates: readonly Template[]; presenter: Pick<Presenter, 'fill'> },
  news: ApplicationNews,
  state: TalkState,
  world: StepWorld,
): (Reply & { template: NonNullable<Reply['template']> }) | undefined {
  if (!world.can.templates) return undefined;
  for (const template of templates) {
    if (!template.contentSid || !template.news?.kinds.includes(news.kind)) continue;
    const values = Object.fromEntries(
      Object.entries(template.news.values).map(([field, pattern]) => [
        field,
        presenter.fill(pattern, news, state, world),
      ]),
    );
    const filled = fillTemplate(template, values);
    if (filled.ok) return { text: filled.text, template: { id: template.id, values } };
  }
  return undefined;
}

/** A template says all of these, and later they are out of date: they are not told again. */
export function isWholeInTemplate({ kind }: Pick<ApplicationNews, 'kind'>): boolean {
  return kind === 'visit-reminder' || kind === 'visit-soon';
}

/** What a citizen answers to a message that asks for an answer. */
const BARE: readonly TalkEvent['type'][] = ['INVALID', 'GREETING', 'THANKS', 'UNKNOWN'];

/** What was put off comes first; a bare "ya" was said to it, and is no answer to anything else. */
export function caughtUp(put: readonly ApplicationNews[], heard: Heard, at: number): Heard {
  const news = put.map((one) => ({ type: 'NEWS', at, news: { ...one } }) as unknown as TalkEvent);
  const said = heard.wait ? [] : heard.events.filter(({ type }) => !BARE.includes(type));
  return { events: [...news, ...said], held: [], wait: false };
}

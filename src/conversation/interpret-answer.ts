/** Texts at a question of the form: an answer, a file that is missing, a question back. */
import { parseAnswer } from '../flows/answers/parse-answer.ts';
import type { Parsed } from '../flows/answers/types.ts';
import { findPlainYesNo } from '../flows/answers/yes-no.ts';
import { proposalFor } from '../flows/readings.ts';
import type { Step } from '../flows/schema.ts';
import type { Answer, TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import type { Json } from '../json.ts';
import { disagreements } from './agreement.ts';
import { digression } from './digression.ts';
import { polite } from './interpret-command.ts';
import type { Knowledge, Moment } from './knowledge.ts';
import { serviceAt } from './place.ts';

/** Remarks that are asked back once; any other is taken and shown to the verifier. */
const ASKED_BACK = new Set(['birth-differs', 'sex-differs', 'looks-like-nik', 'one-word', 'abbreviation']);

/** "Nomor ini saja": the number that the citizen writes from. */
const THIS_NUMBER =
  /^(?:(?:ya|iya|pakai|pake),? )?(?:(?:(?:no|nomor|nomer|nmr)\.? )?(?:(?:hp|wa|whatsapp) )?(?:yang |yg )?(?:ini|sama)|this (?:one|number|phone)|same number)(?: (?:saja|aja|ya|pak|bu|min|kak|juga|dengan ini|dgn ini))*[.!]?$/i;

/** What a text means as the answer to a question of the form. */
export function atStep(
  knowledge: Knowledge,
  state: TalkState,
  step: Step,
  text: string,
  moment: Moment,
): TalkEvent[] {
  const at = moment.now;
  const found = knowledge.commands.find(text);
  if (step.ask === 'document') return atDocument(knowledge, state, step, text, moment);
  const proposed = atProposal(knowledge, state, step, text, moment);
  if (proposed) return proposed;
  if (step.optional && (found.has('skip') || (step.ask !== 'yes-no' && found.has('refuse'))))
    return [{ type: 'SKIP', at }];
  if (text.trim() === '0' && step.ask !== 'number') return [{ type: 'OPERATOR', at }];
  const isFree =
    step.ask === 'name' || (step.ask === 'text' && step.format === 'free') || step.ask === 'akta-number';
  if (isFree) {
    const aside = polite(found, at) ?? digression(knowledge, text, at, { mustLookAsked: true });
    if (aside) return aside;
  }
  if (step.ask === 'location' && text.trim().length >= 3)
    return [{ type: 'ANSWER', at, answer: { v: text.trim() } }];
  const said = step.ask === 'phone' && THIS_NUMBER.test(text.trim()) ? moment.from : text;
  const parsed = parseAnswer(step, said, { ...knowledge.answerContext, now: at });
  if (!parsed.ok)
    return (
      polite(found, at) ?? digression(knowledge, text, at) ?? [{ type: 'INVALID', at, reason: parsed.reason }]
    );
  if (isNotPossible(state, step, parsed.value)) return [{ type: 'REFUSE', at }];
  return taken(state, step, parsed, at);
}

/** In a correction the office decides what follows from it. */
function isNotPossible({ talk }: TalkState, step: Step, value: Json): boolean {
  return step.ask === 'yes-no' && step.must !== undefined && !talk.correcting && value !== step.must.be;
}

/** Yes or no to the value that was read off a photo; undefined where none is proposed, or something else is said. */
function atProposal(
  { flows, commands, answerContext }: Knowledge,
  state: TalkState,
  step: Step,
  text: string,
  { now: at }: Moment,
): TalkEvent[] | undefined {
  const service = serviceAt(flows, state);
  const value = service && proposalFor(service, state.talk, step, at);
  const isSkipped = step.optional && commands.find(text).has('skip');
  if (value === undefined || isSkipped) return undefined;
  const said = findPlainYesNo(text);
  if (said === false) return [{ type: 'DECLINE', at }];
  const parsed = said ? parseAnswer(step, value, { ...answerContext, now: at }) : undefined;
  return parsed?.ok ? taken(state, step, parsed, at) : undefined;
}

/** A value that can be taken; some remarks are asked back once before it is. */
function taken(state: TalkState, step: Step, parsed: Extract<Parsed, { ok: true }>, at: number): TalkEvent[] {
  const warnings = [...parsed.warnings, ...disagreements(step, parsed, state.talk.answers)];
  const asked = warnings.find((warning) => ASKED_BACK.has(warning));
  if (asked && state.talk.recheck?.step !== step.id) return [{ type: 'RECHECK', at, warning: asked }];
  return [{ type: 'ANSWER', at, answer: answerOf(parsed.value, warnings, parsed.details) }];
}

/** A value as it is stored, with what was remarked on it. */
export function answerOf(v: Json, warnings: string[], details: { [key: string]: Json } | undefined): Answer {
  return {
    v,
    ...(warnings.length > 0 ? { w: warnings } : {}),
    ...(details && warnings.length > 0 ? { d: details } : {}),
  };
}

function atDocument(
  knowledge: Knowledge,
  state: TalkState,
  step: Step,
  text: string,
  { now: at, can }: Moment,
): TalkEvent[] {
  const found = knowledge.commands.find(text);
  const hasPages = (state.talk.pages ?? []).length > 0;
  if (found.has('counter') || (found.has('skip') && !step.optional))
    return [{ type: 'COUNTER', at, all: !can.mediaIn || /\b(?:semua|all)\b/i.test(text) }];
  if (found.has('skip') || (step.optional && found.has('refuse'))) return [{ type: 'SKIP', at }];
  if (found.has('done') || (hasPages && found.has('confirm')))
    return hasPages ? [{ type: 'DONE', at }] : [{ type: 'INVALID', at, reason: 'not-a-file' }];
  if (text.trim() === '0') return [{ type: 'OPERATOR', at }];
  return (
    polite(found, at) ?? digression(knowledge, text, at) ?? [{ type: 'INVALID', at, reason: 'not-a-file' }]
  );
}

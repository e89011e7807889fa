/** Which parser reads which kind of step: the one table. */
import type { Step, StepType } from '../schema.ts';
import { parseAktaNumber } from './akta-number.ts';
import { parseChoice } from './choice.ts';
import { parseDate } from './date.ts';
import { parseEmail } from './email.ts';
import { parseKk } from './kk.ts';
import { parseName } from './name.ts';
import { parseNik } from './nik.ts';
import { parseNumber } from './number.ts';
import { parsePhone } from './phone.ts';
import { parseText } from './text.ts';
import { parseTime } from './time.ts';
import type { AnswerContext, Parsed } from './types.ts';
import { parseYesNo } from './yes-no.ts';

type StepOf<T extends StepType> = Extract<Step, { ask: T }>;
type Parser<T extends StepType> = (raw: string, context: AnswerContext, step: StepOf<T>) => Parsed;

const PARSERS: { [T in StepType]: Parser<T> } = {
  nik: (raw, context) => parseNik(raw, context),
  kk: (raw, context) => parseKk(raw, context),
  name: (raw, context, { rule }) => parseName(raw, context, { rule }),
  date: (raw, context, { range }) => parseDate(raw, context, { range }),
  time: (raw, context) => parseTime(raw, context),
  phone: (raw, context) => parsePhone(raw, context),
  email: (raw, context) => parseEmail(raw, context),
  number: (raw, context, { min, max, decimals }) => parseNumber(raw, context, { min, max, decimals }),
  'yes-no': (raw, context) => parseYesNo(raw, context),
  choice: (raw, context, { options }) => parseChoice(raw, context, options),
  text: (raw, context, { minLength, maxLength, format }) =>
    parseText(raw, context, { minLength, maxLength, format }),
  'akta-number': (raw, context) => parseAktaNumber(raw, context),
  document: () => ({ ok: false, reason: 'not-a-file' }),
  location: () => ({ ok: false, reason: 'unreadable' }),
};

/**
 * Reads what a citizen typed at a step. Never throws, whatever the text. Documents and places are not typed: they
 * are always refused here, with `not-a-file` and `unreadable`.
 */
export function parseAnswer(step: Step, raw: string, context: AnswerContext): Parsed {
  // Each row takes its own kind of step; TypeScript cannot see that key and step agree.
  const parse = PARSERS[step.ask] as Parser<StepType>;
  return parse(raw, context, step as never);
}

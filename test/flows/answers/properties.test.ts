import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../../../src/flows/answers/clean.ts';
import { parseNik } from '../../../src/flows/answers/nik.ts';
import { parseAnswer } from '../../../src/flows/answers/parse-answer.ts';
import { type Step, stepSchema } from '../../../src/flows/schema.ts';
import { brief, context } from './context.ts';

const question = { id: 'q', text: { id: 'q', en: 'q' }, label: { id: 'q', en: 'q' } };
const options = ['satu', 'dua'].map((id) => ({ id, label: { id, en: id } }));
const STEPS: Step[] = stepSchema.options.map((variant) =>
  stepSchema.parse({ ...question, ask: variant.shape.ask.value, ...extrasOf(variant.shape.ask.value) }),
);

function extrasOf(ask: Step['ask']): object {
  if (ask === 'number') return { max: 9 };
  return ask === 'choice' ? { options } : {};
}

/** Any string, and strings made of what people do type. */
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ' ',
          '.',
          '-',
          '/',
          ',',
          ':',
          '?',
          '\n',
          '+62',
          '08',
          'NIK',
          'ya',
          'tidak',
          'mei',
          'jam',
          'setengah',
          '@',
          'kemarin',
          'minggu',
          '٣',
          '👍',
          '\u202e',
          '\u200d',
        ),
        fc.nat({ max: 99999 }).map(String),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
);

/** Days from 27 March 1926 to 26 March 2026: those that two digits of a year name without doubt. */
const birthday = fc
  .integer({ min: 0, max: 36_524 })
  .map((days) => Temporal.PlainDate.from('1926-03-27').add({ days }));

describe('parsers', () => {
  it('cover every kind of step, and refuse what is not typed', () => {
    expect(STEPS.map((step) => step.ask)).toHaveLength(14);
    for (const step of STEPS) expect(parseAnswer(step, '', context).ok).toBe(false);
    const refusal = (ask: Step['ask']) =>
      STEPS.filter((step) => step.ask === ask).map((step) => brief(parseAnswer(step, 'ini', context)));
    expect(refusal('document')).toEqual(['refused: not-a-file']);
    expect(refusal('location')).toEqual(['refused: unreadable']);
  });

  it('never throw, and give back what survives JSON', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...STEPS), (raw, step) => {
        const parsed = parseAnswer(step, raw, context);
        expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
      }),
      { numRuns: 1500 },
    );
  });

  it('read the value that they gave as the same value', () => {
    const typed = STEPS.filter((step) => !['document', 'location', 'yes-no', 'number'].includes(step.ask));
    fc.assert(
      fc.property(anything, fc.constantFrom(...typed), (raw, step) => {
        const first = parseAnswer(step, raw, context);
        fc.pre(first.ok);
        expect(brief(parseAnswer(step, String(brief(first)), context))).toEqual(brief(first));
      }),
      { numRuns: 1000 },
    );
  });

  it('stay fast on long nonsense', () => {
    const long = ['1.', ' ya', '.', '12/', 'a.n. ', '0812 ', 'mei 12 ', '(', 'jam 8 kurang '].map((part) =>
      part.repeat(50_000),
    );
    const startedAt = performance.now();
    for (const raw of long) for (const step of STEPS) parseAnswer(step, raw, context);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});

describe('cleaning', () => {
  it('does nothing more the second time, and leaves at most 2,000 characters', () => {
    fc.assert(
      fc.property(
        fc.oneof(anything, fc.string({ unit: 'binary', minLength: 1900, maxLength: 2500 })),
        (raw) => {
          const once = clean(raw);
          expect(clean(once)).toBe(once);
          expect([...once].length).toBeLessThanOrEqual(2000);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('takes away what cannot be seen and writes digits as digits', () => {
    expect(clean('\u0000a\u202eb\u200b c\ufeff\u00a0\n d')).toBe('ab c d');
    expect(clean('１２ ٣٤ ۵ ६ 7\ufe0f\u20e3')).toBe('12 34 5 6 7');
    expect(clean('a\u2013b \u2018c\u2019')).toBe("a-b 'c'");
    expect(clean('\ud800')).toBe('\ufffd');
  });
});

describe('generated NIKs', () => {
  it('tell their date and sex, with any separators between the digits', () => {
    const separators = fc.array(fc.constantFrom('', '', ' ', '.', '-', '\u200b', '\u00a0'), {
      minLength: 16,
      maxLength: 16,
    });
    fc.assert(
      fc.property(
        birthday,
        fc.boolean(),
        fc.integer({ min: 1, max: 9999 }),
        separators,
        (date, isFemale, serial, between) => {
          const two = (number: number) => String(number).padStart(2, '0');
          const digits = `640804${two(date.day + (isFemale ? 40 : 0))}${two(date.month)}${two(date.year % 100)}${String(serial).padStart(4, '0')}`;
          const typed = [...digits].map((digit, index) => digit + between[index]).join('');
          expect(parseNik(typed, context)).toEqual({
            ok: true,
            value: digits,
            warnings: [],
            details: { birthDate: date.toString(), sex: isFemale ? 'P' : 'L', province: '64' },
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are refused with one digit too many or too few', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,40}$/), (digits) => {
        fc.pre(digits.length !== 16);
        expect(parseNik(digits, context).ok).toBe(false);
      }),
    );
  });
});

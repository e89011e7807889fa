/** Conditions of `flows.yaml` as people read them: `Keadaan KTP: "Hilang"`. Pure. */
import type { AnswerTest, Condition, Language, Service, Step } from './schema.ts';

const WORDS = {
  id: {
    ...{ or: ' atau ', when: 'bila ', not: 'bukan ', yes: 'Ya', no: 'Tidak' },
    ...{
      answered: 'diisi',
      open: 'tidak diisi',
      older: 'lebih dari',
      younger: 'paling lama',
      ago: 'yang lalu',
    },
    units: { years: 'tahun', months: 'bulan', weeks: 'minggu', days: 'hari', hours: 'jam' },
  },
  en: {
    ...{ or: ' or ', when: 'if ', not: 'not ', yes: 'Yes', no: 'No' },
    ...{ answered: 'given', open: 'not given', older: 'more than', younger: 'at most', ago: 'ago' },
    units: { years: 'years', months: 'months', weeks: 'weeks', days: 'days', hours: 'hours' },
  },
} as const;

/** When a step applies: `bila Keadaan KTP: "Hilang"`; undefined when it always does. */
export function conditionWords(
  service: Pick<Service, 'steps'>,
  condition: Condition | undefined,
  language: Language,
): string | undefined {
  const parts = Object.entries(condition ?? {}).map(([id, test]) => {
    const step = service.steps.find((one) => one.id === id);
    const label = (step?.label[language] ?? id).replace(/\?$/, '');
    return `${label}: ${testWords(step, test, language)}`;
  });
  return parts.length === 0 ? undefined : WORDS[language].when + parts.join('; ');
}

function testWords(step: Step | undefined, test: AnswerTest, language: Language): string {
  const words = WORDS[language];
  if (typeof test !== 'object') return valueWords(step, test, language);
  if ('in' in test) return test.in.map((one) => valueWords(step, one, language)).join(words.or);
  if ('not' in test) return words.not + valueWords(step, test.not, language);
  if ('answered' in test) return test.answered ? words.answered : words.open;
  const [how, span] = 'olderThan' in test ? [words.older, test.olderThan] : [words.younger, test.youngerThan];
  return `${how} ${spanWords(span, language)} ${words.ago}`;
}

function valueWords(step: Step | undefined, value: string | number | boolean, language: Language): string {
  if (typeof value === 'boolean') return `"${value ? WORDS[language].yes : WORDS[language].no}"`;
  const option = step?.ask === 'choice' ? step.options.find(({ id }) => id === value) : undefined;
  return `"${option?.label[language] ?? value}"`;
}

/** A duration in words, `60 hari`; units below an hour are left out. */
export function spanWords(duration: string, language: Language): string {
  const span = Temporal.Duration.from(duration);
  const { units } = WORDS[language];
  return (Object.keys(units) as (keyof typeof units)[])
    .filter((unit) => span[unit] > 0)
    .map(
      (unit) =>
        `${span[unit]} ${span[unit] === 1 && language === 'en' ? units[unit].slice(0, -1) : units[unit]}`,
    )
    .join(' ');
}

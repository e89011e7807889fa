/** What each text costs as an SMS, with values as long as they get. */
import { type SmsSegments, smsSegments } from '../channels/segments.ts';
import { type Flows, LANGUAGES, type Language, type Text } from '../flows/schema.ts';
import { allTexts } from '../flows/text-list.ts';
import { render, type Values } from '../flows/texts.ts';

export interface SmsCost extends SmsSegments {
  path: readonly (string | number)[];
  language: Language;
  /** Which form is sent by SMS: its own, or the long one because there is no other. */
  form: 'sms' | 'long';
  /** True when a value without limit (a list of answers) comes on top. */
  isOpen: boolean;
}

/** A text in SMS form should not cost more. */
const MAX_SEGMENTS = 2;

/** Values as long as they usually get: `{number}` is `KL-2611-0001-7`, a slot `Rab 25/11 09.00-09.30 WITA`. */
const LENGTHS: Readonly<Record<string, number>> = {
  office: 24,
  region: 20,
  hours: 40,
  address: 50,
  website: 32,
  service: 20,
  days: 2,
  kind: 12,
  document: 20,
  pages: 2,
  max: 2,
  url: 60,
  kiosk: 80,
  number: 14,
  pin: 6,
  due: 20,
  purpose: 12,
  slot: 26,
  slots: 135,
  place: 40,
  answerBy: 20,
  until: 20,
  state: 20,
};

/** Their length is the author's or the citizen's: left out of the count. */
const OPEN = ['items', 'warning', 'bring', 'list', 'reason'];

/** Every text of the file, in each language. */
export function measureTexts(flows: Flows): SmsCost[] {
  return allTexts(flows).flatMap(({ path, text }) =>
    LANGUAGES.map((language) => measure({ flows, path, text, language })),
  );
}

/** What must be mended, in words; undefined when nothing. */
export function faultOf({ form, notGsm7, segments, units, encoding }: SmsCost): string | undefined {
  if (form === 'sms' && notGsm7.length > 0) {
    return `${notGsm7.map((sign) => JSON.stringify(sign)).join(' ')} makes the SMS dear (not in GSM-7); write it with plain signs`;
  }
  if (segments <= MAX_SEGMENTS) return undefined;
  const size = `${segments} SMS segments (${units} ${encoding === 'GSM-7' ? 'septets' : 'units'})`;
  return form === 'sms'
    ? `${size}; shorten it to 306 septets`
    : `${size}; add an sms form of at most 306 septets`;
}

function measure(found: { flows: Flows; path: SmsCost['path']; text: Text; language: Language }): SmsCost {
  const { flows, path, text, language } = found;
  const own = (text.sms ?? text)[language];
  const filled = render(text, sampleValues(flows), language, 'sms');
  const { notGsm7 } = smsSegments(own);
  const isOpen = OPEN.some((name) => own.includes(`{${name}}`));
  return { ...smsSegments(filled), notGsm7, path, language, form: text.sms ? 'sms' : 'long', isOpen };
}

function sampleValues(flows: Flows): Values {
  const fixed = Object.entries(LENGTHS).map(([name, length]) => [name, 'x'.repeat(length)]);
  return {
    ...Object.fromEntries(fixed),
    ...Object.fromEntries(OPEN.map((name) => [name, ''])),
    menu: menuOf(flows),
  };
}

/** As the engine writes it by SMS (conversation/present.ts): `1 KTP, 2 KK, 0 PETUGAS`. */
function menuOf({ services, labels }: Flows): { id: string; en: string } {
  const entries = Object.values(services).flatMap(({ menu }) => (menu ? [menu] : []));
  const words = (language: Language) =>
    [...entries.map((menu, at) => `${at + 1} ${menu[language]}`), `0 ${labels.operator[language]}`].join(
      ', ',
    );
  return { id: words('id'), en: words('en') };
}

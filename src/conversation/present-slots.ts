/** The question when somebody comes, and which visit is meant; why the times are not what was asked for. Pure. */
import { formatDate } from '../flows/format.ts';
import type { Text } from '../flows/schema.ts';
import type { SlotRemark, Talk } from '../flows/talk.ts';
import type { TextKey } from '../flows/text-keys.ts';
import { slotLines, slotText } from './present-values.ts';
import { paragraphs, text, type Voice } from './voice.ts';

const REMARKS: Readonly<Record<SlotRemark['code'], TextKey>> = {
  past: 'slotPast',
  closed: 'slotClosed',
  full: 'slotFull',
  'outside-hours': 'slotOutsideHours',
  'none-then': 'slotNoneThen',
  'no-others': 'slotNoOthers',
  'none-there': 'slotNoneThere',
  'not-there': 'slotNotThere',
  far: 'slotFar',
  broken: 'slotBroken',
  blangko: 'slotBlangko',
  quota: 'slotQuota',
};

/** The same where a place was asked for: of which place it is. */
const REMARKS_THERE: Partial<typeof REMARKS> = {
  closed: 'slotClosedThere',
  full: 'slotFullThere',
  'outside-hours': 'slotOutsideHoursThere',
  'none-then': 'slotNoneThenThere',
};

/** The offered times, with what is to be said about them. */
export function offered(voice: Voice, talk: Talk): string {
  const { texts, labels, services } = voice.flows;
  const values = {
    slots: slotLines(voice, talk.slots ?? []),
    purpose: talk.activity ? labels[talk.activity] : labels.none,
    service: services[talk.applicationService ?? '']?.title ?? '',
    number: talk.application ?? '',
    slot: talk.current ? slotText(voice, talk.current) : labels.none,
  };
  const asked = text(voice, texts[questionFor(talk)], values);
  return talk.remark ? paragraphs(voice, [remarkOn(voice, talk.remark), asked]) : asked;
}

/** Why the offered times are others, or none. */
export function remarkOn(voice: Voice, remark: SlotRemark): string {
  const { labels, texts } = voice.flows;
  const day = (date: string | undefined): { id: string; en: string } | string =>
    date === undefined ? labels.then : dateText(voice, date);
  const said = text(voice, texts[keyOf(remark)], {
    day: day(remark.date),
    place: remark.place ?? labels.none,
    why: remark.why ?? labels.unknown,
    until: remark.until === undefined ? labels.unknown : dateText(voice, remark.until),
  });
  return remark.main ? `${said} ${text(voice, texts.slotAtMain)}` : said;
}

function keyOf({ code, place, why }: SlotRemark): TextKey {
  if (code === 'closed' && place && !why) return 'slotNoServiceThere';
  return (place && REMARKS_THERE[code]) ?? REMARKS[code];
}

/** What is said where no time can be had: who would come in vain is told so. */
export function noTimes(voice: Voice, remark: SlotRemark | undefined): string {
  const { texts } = voice.flows;
  if (!remark) return text(voice, texts.noSlots);
  const inVain = { broken: texts.noSlotsBlocked, blangko: texts.noSlotsBlangko };
  const { code } = remark;
  const key = code === 'broken' || code === 'blangko' ? inVain[code] : texts.noSlots;
  return paragraphs(voice, [remarkOn(voice, remark), text(voice, key)]);
}

/** UBAH JADWAL with several cases: what there is to choose from. */
export function whichVisit(voice: Voice, talk: Talk): string {
  const { texts, labels, services } = voice.flows;
  const isSms = voice.form === 'sms';
  const lines = (talk.visits ?? []).map(({ service, number, slot }, i) => {
    const { menu, title } = services[service] ?? {};
    const name = (isSms ? (menu ?? title) : title)?.[voice.language] ?? service;
    // An SMS names the day only, which tells visits of one person apart.
    const when = isSms
      ? slot && formatDate(slot.startAt, voice.language, voice.timeZone, 'sms')
      : slot
        ? slotText(voice, slot)
        : labels.noVisit[voice.language];
    const about = `${name}, ${number}${when === undefined ? '' : `, ${when}`}`;
    return isSms ? `${i + 1}) ${about}` : `*${i + 1}* ${about}`;
  });
  return text(voice, texts.visitsWhich, { visits: lines.join('\n') });
}

/** Before a visit is cancelled. */
export function cancelQuestion(voice: Voice, talk: Talk): string {
  const { texts, labels, services } = voice.flows;
  return text(voice, texts.visitCancelAsk, {
    slot: talk.slot ? slotText(voice, talk.slot) : labels.none,
    place: talk.slot?.place ?? labels.none,
    service: services[talk.applicationService ?? '']?.title ?? '',
    number: talk.application ?? '',
  });
}

function questionFor({ slotTaken, current, remark, wish, near, moved }: Talk): keyof Texts {
  if (slotTaken && !remark) return 'slotTaken';
  const isAsked = remark !== undefined || wish !== undefined || near !== undefined;
  if (moved && !isAsked) return 'offerMoved';
  if (current) return isAsked ? 'offerChangeWished' : 'offerChange';
  return isAsked ? 'offerWished' : 'offerSlots';
}

type Texts = Record<TextKey, Text>;

function dateText(voice: Voice, date: string): string {
  const at = Temporal.PlainDate.from(date).toZonedDateTime(voice.timeZone).epochMilliseconds;
  return formatDate(at, voice.language, voice.timeZone, voice.form);
}

/** A wish for a time to come, as citizens say it. */
import { todayOf } from '../answers/calendar.ts';
import type { AnswerContext } from '../answers/types.ts';
import type { Wish } from '../talk.ts';
import { type Days, findDays } from './days.ts';
import { bareHour, findHours, type Hours } from './hours.ts';
import { inOneSpelling } from './wording.ts';

/** `date`: no calendar has that day; `hour`: no clock shows that time; `past`: it is over; `unreadable`: names no time. */
export type ParsedWish =
  | { ok: true; wish: Wish }
  | { ok: false; reason: 'date' | 'hour' | 'past' | 'unreadable' };

/** A number of ours, a NIK, a phone: what holds so many digits names no day. */
const LONG_NUMBER = /\d{5}/;
const NOT =
  /\b(?:g|ga|gak|gk|nggak|ngga|enggak|tidak|tdk|tak|ndak|kada|ora|belum|blm|bukan|bkn) (?:bisa|bs|dapat|dpt|sempat|cocok|mau|jadi|kawa|iso|di)\b|\b(?:jangan|selain|kecuali|bukan|cant|cannot|can not|not|except)\b/;
const CLAUSES =
  /[,;!\n]+ *|\.(?= )|\b(?:tapi|tp|tpi|maunya|mending|mendingan|but|instead|soalnya|karena|krn)\b|(?= (?:jangan|selain|kecuali|bukan) )/;
const OTHERS =
  /\b(?:(?:jam|waktu|hari|tanggal|tgl|jadwal) (?:yang |yg )?(?:lain|laen|lainnya)|(?:yang|yg) (?:lain|laen)(?:nya)?|(?:pilihan|opsi|jadwal) (?:yang |yg )?lain(?:nya)?|ada (?:yang |yg )?(?:lain|laen)|lainnya|(?:other|another|different) (?:time|day|one|date|hari)s?|others?)\b/;
const NONE_FITS =
  /\b(?:tidak|tdk|ga|gak|gk|nggak|kada|ndak) (?:ada (?:yang |yg )?)?(?:(?:cocok|pas)\b|bisa semua)|\bnone (?:of|fits?)\b|\bselain (?:itu|ini)\b|\bada lagi\b/;
const OTHER_DAY =
  /\b(?:hari|tanggal|tgl) (?:yang |yg )?(?:lain|laen)|\b(?:other|another|different) (?:hari|date)s?\b/;
const DAY_AND_SPAN =
  /\b(senin|selasa|rabu|kamis|jumat|sabtu|minggu|besok|lusa|hari ini),? (\d{1,2}) ?- ?(\d{1,2})(?![\d./-])/;
const SOONEST =
  /\b(?:se?cepat(?:nya)?|secepat mungkin|tercepat|(?:paling|plg) (?:cepat|awal|dekat waktunya)|segera|sesegera mungkin|se?awal(?:nya| mungkin)|earliest|soonest|fastest|first available)\b/;

/** The moment in the office's zone; `offeredAt` is the start of the last time that was offered, for "hari lain". */
export interface WishContext extends Pick<AnswerContext, 'now' | 'timeZone'> {
  offeredAt?: number | undefined;
}

/**
 * Reads when somebody would like to come, measured from now in the office's zone. Names of days mean the next such day,
 * a date without a year the next one, "minggu depan" the week and "minggu" the Sunday. Who only says what does not suit
 * ("jumat tidak bisa") asks for others. A lone number is never a wish.
 *
 * @example parseWish('bisa ga jumat jam 9 min?', context).wish // { from: '2026-11-27', until: '2026-11-27', after: 540, before: 600 }
 */
export function parseWish(raw: string, context: WishContext): ParsedWish {
  const text = inOneSpelling(raw);
  if (LONG_NUMBER.test(text)) return { ok: false, reason: 'unreadable' };
  const clauses = text.split(CLAUSES).filter((clause) => clause.trim() !== '');
  const wanted = clauses.filter((clause) => !NOT.test(clause));
  const parsed = readEither(wanted.join(' '), context);
  if (parsed.ok || parsed.reason !== 'unreadable') return parsed;
  if (NONE_FITS.test(text)) return { ok: true, wish: { others: true } };
  const isExcluded = wanted.length < clauses.length && read(text.replace(NOT, ' '), context).ok;
  return isExcluded ? { ok: true, wish: { others: true } } : parsed;
}

/** "Jumat 9-11" are hours, unless a Friday is the ninth of November. */
function readEither(text: string, context: WishContext): ParsedWish {
  const parsed = read(text, context);
  const [match, , from, to] = DAY_AND_SPAN.exec(text) ?? [];
  if (match === undefined || Number(from) >= Number(to) || Number(to) > 18) return parsed;
  const asHours = read(text.replace(DAY_AND_SPAN, '$1 jam $2-$3'), context);
  const date = parsed.ok && parsed.wish.from !== undefined && Temporal.PlainDate.from(parsed.wish.from);
  const isThatDay =
    date &&
    asHours.ok &&
    asHours.wish.from !== undefined &&
    date.dayOfWeek === Temporal.PlainDate.from(asHours.wish.from).dayOfWeek;
  return isThatDay ? parsed : asHours;
}

function read(text: string, context: WishContext): ParsedWish {
  const { now, timeZone } = context;
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const { hours, isImpossible, rest } = findHours(text.replace(OTHERS, ' '), local.offsetNanoseconds / 60e9);
  const found = findDays(rest, todayOf({ now, timeZone }));
  if (found.reason) return { ok: false, reason: found.reason };
  if (isImpossible) return { ok: false, reason: 'hour' };
  const time = withNumber(found.days, hours, found.rest);
  if (time === undefined) return { ok: false, reason: 'unreadable' };
  const wish = { ...written(found.days), ...time };
  if (Object.keys(wish).length === 0) return inGeneral(text, context);
  const minute = local.hour * 60 + local.minute;
  const isToday = wish.until === local.toPlainDate().toString() && (wish.from ?? wish.until) === wish.until;
  return isToday && (wish.before ?? 1440) <= minute ? { ok: false, reason: 'past' } : { ok: true, wish };
}

/** "Besok 9" is nine o'clock; any other number that is left makes the whole unclear: then undefined. */
function withNumber(days: Days | undefined, hours: Hours | undefined, rest: string): Hours | undefined {
  const [number, ...others] = rest.replace(/@\d+/g, ' ').match(/\d+/g)?.map(Number) ?? [];
  if (number === undefined) return hours ?? {};
  const isOneDay = days?.from !== undefined && days.until?.equals(days.from) === true;
  if (!isOneDay || others.length > 0) return undefined;
  if (number === days.from?.day) return hours ?? {};
  return hours === undefined && number >= 1 && number <= 17 ? bareHour(number) : undefined;
}

function written({ from, until }: Days = {}): Wish {
  return { ...(from ? { from: from.toString() } : {}), ...(until ? { until: until.toString() } : {}) };
}

/** No day and no time: the soonest, or others than those that were offered. */
function inGeneral(text: string, { timeZone, offeredAt }: WishContext): ParsedWish {
  if (SOONEST.test(text)) return { ok: true, wish: { soonest: true } };
  if (!OTHERS.test(text)) return { ok: false, reason: 'unreadable' };
  const last =
    offeredAt === undefined || !OTHER_DAY.test(text) ? undefined : todayOf({ now: offeredAt, timeZone });
  return { ok: true, wish: { others: true, ...(last ? { from: last.add({ days: 1 }).toString() } : {}) } };
}

/** Nobody is woken by an office: what the citizen did not just ask for is sent from 08.00 to 20.00 local time. */
const FROM_HOUR = 8;
const TO_HOUR = 20;

/** Reading a clock in another zone is slow, and one quarter of an hour serves many: no zone changes within it. */
const QUARTER_MS = 15 * 60_000;
let last: { quarter: number; timeZone: string; opensAt: number | undefined } | undefined;

/** The instant itself when it lies in the daytime of the zone, else the next 08.00 there. */
export function intoDaytime(at: number, timeZone: string): number {
  const quarter = Math.floor(at / QUARTER_MS);
  if (last?.quarter !== quarter || last.timeZone !== timeZone)
    last = { quarter, timeZone, opensAt: nextOpening(at, timeZone) };
  return last.opensAt ?? at;
}

/** Undefined in the daytime. */
function nextOpening(at: number, timeZone: string): number | undefined {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  if (local.hour >= FROM_HOUR && local.hour < TO_HOUR) return undefined;
  const day = local.hour < FROM_HOUR ? local : local.add({ days: 1 });
  return day.with({ hour: FROM_HOUR, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
    .epochMilliseconds;
}

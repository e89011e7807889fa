/** Nobody is woken by an office: what the citizen did not just ask for is sent from 08.00 to 20.00 local time. */
const FROM_HOUR = 8;
const TO_HOUR = 20;

/** The instant itself when it lies in the daytime of the zone, else the next 08.00 there. */
export function intoDaytime(at: number, timeZone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  if (local.hour >= FROM_HOUR && local.hour < TO_HOUR) return at;
  const day = local.hour < FROM_HOUR ? local : local.add({ days: 1 });
  return day.with({ hour: FROM_HOUR, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
    .epochMilliseconds;
}

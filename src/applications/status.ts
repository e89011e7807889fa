/** Effect `status`: how far an application is, for whoever has its number and PIN. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { EffectHandler } from '../conversation/ports.ts';
import type { Json } from '../json.ts';
import { parseNumber } from './number.ts';
import { checkPin } from './pin.ts';
import type { Application, ApplicationStore } from './ports.ts';

/** What looking up needs. */
export interface StatusDeps {
  applications: ApplicationStore;
  clock: Clock;
  /** The visit that is booked for an application, as the citizen is told it. */
  findSlot(application: string): Promise<Json | undefined>;
}

const paramsSchema = z.object({ number: z.string(), pin: z.string() });

/**
 * `{ number, pin }` -> `{ ok: true, number, service, state, dueAt, slot }`, with `slot` null when no visit is booked, or
 * `{ ok: false, reason }`: `unknown` for a wrong PIN as for a number that does not exist or is mistyped, `locked` after
 * too many wrong PINs. A crash may count one wrong PIN twice.
 */
export function createStatusHandler(deps: StatusDeps): EffectHandler {
  return {
    type: 'status',
    run: async (effect) => {
      const { number, pin } = paramsSchema.parse(effect.params);
      return { result: await lookUp(deps, number, pin) };
    },
  };
}

async function lookUp(deps: StatusDeps, text: string, pin: string): Promise<Json> {
  const parsed = parseNumber(text);
  // A mistyped number is looked up too: every refusal has had the same work done for it.
  const number = parsed.ok ? parsed.number : text;
  const verdict = await checkPin(deps.applications, deps.clock, number, pin);
  if (verdict === 'locked') return { ok: false, reason: 'locked' };
  const application = verdict === 'ok' ? await deps.applications.find(number) : undefined;
  return application ? found(deps, application) : { ok: false, reason: 'unknown' };
}

async function found(deps: StatusDeps, application: Application): Promise<Json> {
  const { number, service, state, dueAt } = application;
  return { ok: true, number, service, state, dueAt, slot: (await deps.findSlot(number)) ?? null };
}

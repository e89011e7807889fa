/** Where in the statechart a conversation stands, read from XState's state value. */

export type Where =
  | { room: 'idle' }
  | { room: 'service'; service: string; state: 'consent' | 'confirm' | 'filing' | 'lookup' }
  | { room: 'service'; service: string; state: 'ask'; step: string }
  | { room: 'visit'; state: 'offering' | 'slot' | 'booking' | 'receipt' }
  | { room: 'handoff'; state: 'waiting' | 'claimed' };

type StateValue = string | { [key: string]: StateValue | undefined };

/** The place that the state value names. Throws RangeError for a value that the compiled machine cannot have. */
export function whereIs(value: unknown): Where {
  const [top, second, third, fourth] = path(value as StateValue);
  if (top === 'handoff' && (second === 'waiting' || second === 'claimed'))
    return { room: 'handoff', state: second };
  if (top !== 'bot' || second === undefined) throw new RangeError(`unknown state ${JSON.stringify(value)}`);
  if (second === 'idle') return { room: 'idle' };
  if (second === 'visit') return { room: 'visit', state: third as 'offering' };
  if (third === 'ask' && fourth) return { room: 'service', service: second, state: 'ask', step: fourth };
  return { room: 'service', service: second, state: third as 'consent' };
}

function path(value: StateValue): string[] {
  if (typeof value === 'string') return [value];
  const [key] = Object.keys(value);
  if (key === undefined) return [];
  const below = value[key];
  return below === undefined ? [key] : [key, ...path(below)];
}

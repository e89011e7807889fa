/** The simulator may set the time; where several processes work together, all of them follow. */
import { createClock, type SettableClock } from './clock.ts';
import type { Hub } from './conversation/ports.ts';

const SET = 'clock';
const ASK = 'clock?';

/**
 * A clock that tells other processes when it is set, and is set by them: as an offset to the machine's clock, which they
 * share well enough. A process that has just started asks.
 */
export function shareClock(clock: SettableClock, hub: Hub): SettableClock {
  const machine = createClock();
  let offsetMs = 0;
  hub.subscribe(SET, (offset) => {
    if (typeof offset !== 'number' || offset === offsetMs) return;
    offsetMs = offset;
    clock.set(machine.now() + offset);
  });
  hub.subscribe(ASK, () => {
    if (offsetMs !== 0) hub.publish(SET, offsetMs);
  });
  hub.publish(ASK, null);
  return {
    now: () => clock.now(),
    set(epochMs) {
      offsetMs = epochMs - machine.now();
      clock.set(epochMs);
      hub.publish(SET, offsetMs);
    },
  };
}

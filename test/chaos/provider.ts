/** The provider's own faults, in the background of a whole run. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, TwilioStandIn } from '../channels/twilio-standin.ts';
import type { Chance } from '../e2e/seeded.ts';
import type { Tally } from './faults.ts';
import type { Progress } from './progress.ts';

/** Longest delay of a message in the list; the product waits 2 s before it believes that a message never arrived. */
const LISTING_LAG_MS = 1_500;

const FAULTS: [[Fault, string], ...[Fault, string][]] = [
  ['rate-limit', 'the provider refuses (429)'],
  ['error', 'the provider fails (500)'],
  ['garbage', 'the provider answers what nobody can read'],
  ['lose-answer', 'the provider takes a message, its answer is lost'],
];

/**
 * About one message in twenty goes wrong; one in twenty is answered late; messages are listed late; half of them are
 * reported delivered, now and then before their sender has an answer.
 */
export function troubleProvider(
  twilio: TwilioStandIn,
  tally: Tally,
  chance: Chance,
  progress: Progress,
): void {
  twilio.listingLagMs = LISTING_LAG_MS;
  twilio.beforeAnswer = async (message) => {
    if (chance.is(0.5))
      void pause(chance.below(300)).then(() => twilio.report(message.sid, 'delivered').catch(() => {}));
    if (chance.is(0.05)) {
      const [fault, words] = chance.pick(FAULTS);
      twilio.faults.push(fault);
      tally.count(words);
    }
    if (progress.isSending()) await pause(60);
    else if (chance.is(0.05)) {
      tally.count('the provider answers late (up to 2 s)');
      await pause(chance.below(2_000));
    }
  };
}

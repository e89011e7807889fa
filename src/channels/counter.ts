/** The counter as a channel: its screen is the operator's own, so what is said is there once it is stored. */
import type { Channel } from '../conversation/ports.ts';
import type { Capabilities } from '../conversation/types.ts';

/** The adapter's name, and `via` of conversations with a person who stands at the counter. */
const COUNTER = 'counter';

/** Whoever is there brings papers and takes papers: files go both ways, through the operator's hands. */
const CAPABILITIES: Capabilities = {
  mediaIn: true,
  mediaOut: true,
  locationIn: false,
  textForm: 'long',
  textLimit: 4096,
};

/** Sending twice is sending once: nothing leaves the store. */
export function createCounterChannel(): Channel {
  return {
    name: COUNTER,
    capabilities: (kind) => (kind === 'counter' ? CAPABILITIES : undefined),
    send: async ({ entry }) => ({ providerId: entry, status: 'delivered' }),
  };
}

/** The phone simulator as a channel: its screen is the transcript itself, so a message is there once it is stored. */
import type { Channel } from '../../conversation/ports.ts';
import type { Capabilities, ChannelKind } from '../../conversation/types.ts';

/** The adapter's name, also in `InboundMessage.via`. */
export const SIMULATOR = 'simulator';

/** As WhatsApp has them (Twilio's, channels/twilio/channel.ts), so that what becomes a link there does here. */
const MEDIA_LIMITS = { 'application/pdf': 16_000_000, 'image/jpeg': 5_000_000, 'image/png': 5_000_000 };

/**
 * WhatsApp's window is shown to operators as it will be; what the bot says after it is there all the same, since no
 * provider refuses it (a reminder can be tried by setting the clock).
 */
const CAPABILITIES: Readonly<Partial<Record<ChannelKind, Capabilities>>> = {
  whatsapp: {
    mediaIn: true,
    mediaOut: true,
    mediaLimits: MEDIA_LIMITS,
    locationIn: true,
    textForm: 'long',
    textLimit: 4096,
    windowMs: 24 * 60 * 60_000,
  },
  sms: { mediaIn: false, mediaOut: false, locationIn: false, textForm: 'sms', textLimit: 1600 },
};

/** Sending twice is sending once: nothing leaves the store. */
export function createSimulatorChannel(): Channel {
  return {
    name: SIMULATOR,
    capabilities: (kind) => CAPABILITIES[kind],
    send: async ({ entry }) => ({ providerId: entry, status: 'delivered' }),
  };
}

/** A citizen's phone of the simulator, over its API. */
import { randomUUID } from 'node:crypto';

export interface Screen {
  messages: {
    id: string;
    direction: 'in' | 'out';
    text: string;
    media: { contentType: string; fileName: string | null; url: string }[];
    status: string;
  }[];
  state: {
    status: string;
    service: string | null;
    step: string | null;
    expects: string | null;
    applications: string[];
  };
}

export interface Phone {
  say(text: string): Promise<void>;
  /** Says each text once the bot waits for an answer again. */
  dialogue(texts: string[]): Promise<Screen>;
  screen(): Promise<Screen>;
  /** Resolves with the screen as soon as it is as wanted. */
  until(isRight: (screen: Screen) => boolean, what: string): Promise<Screen>;
}

/** `url` of the service. */
export function createPhone(url: string, channel: 'whatsapp' | 'sms', from: string): Phone {
  const phone: Phone = {
    async say(text) {
      const response = await fetch(`${url}/simulator/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ channel, from, text, id: randomUUID() }),
      });
      if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
    },
    async screen() {
      const response = await fetch(`${url}/simulator/conversations/${channel}/${encodeURIComponent(from)}`);
      return (await response.json()) as Screen;
    },
    until: (isRight, what) => waitFor(phone.screen, isRight, what),
    async dialogue(texts) {
      let screen = await phone.screen();
      for (const text of texts) {
        const before = screen.messages.length;
        await phone.say(text);
        screen = await phone.until(
          ({ messages, state }) =>
            messages.length > before + 1 && messages.at(-1)?.direction === 'out' && state.expects !== null,
          `an answer to "${text}"`,
        );
      }
      return screen;
    },
  };
  return phone;
}

/** Sets the service's clock; it runs on from there. */
export async function setClock(url: string, now: number): Promise<void> {
  const response = await fetch(`${url}/simulator/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ now: new Date(now).toISOString() }),
  });
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
}

const LOOK_EVERY_MS = 25;
const LIMIT_MS = 20_000;

/** Looks until what it sees is right; rejects with what it saw last when `limitMs` have gone by. */
export async function waitFor<Seen>(
  look: () => Seen | Promise<Seen>,
  isRight: (seen: Seen) => boolean,
  what: string,
  limitMs = LIMIT_MS,
): Promise<Seen> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    if (Date.now() > limit)
      throw new Error(`waited in vain for ${what}; last seen: ${JSON.stringify(seen, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

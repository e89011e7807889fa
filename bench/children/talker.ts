/** Citizens who write straight to the engine, without HTTP: for what must not be blurred by it. */
import type { Service } from '../../src/service.ts';
import { DIALOGUE, phoneOf, REPEAT } from '../dialogue.ts';

let said = 0;

/** Durable when resolved. */
export async function say(service: Service, citizen: number, text: string): Promise<void> {
  said += 1;
  await service.engine.accept({
    id: `SM${said}`,
    via: 'twilio',
    from: { channel: 'whatsapp', id: phoneOf(citizen) },
    at: service.clock.now(),
    content: { type: 'text', text },
  });
}

/** The whole dialogue of one citizen. */
export async function sayAll(service: Service, citizen: number): Promise<void> {
  for (const text of DIALOGUE) await say(service, citizen, text);
}

/** Goes back one question and answers it again; returns how many messages that were. */
export async function sayAgain(service: Service, citizen: number): Promise<number> {
  for (const text of REPEAT) await say(service, citizen, text);
  return REPEAT.length;
}

/** Runs `job` again and again, `inFlight` at a time, while `goesOn`. */
export async function keepGoing(
  inFlight: number,
  goesOn: () => boolean,
  job: () => Promise<void>,
): Promise<void> {
  const line = async () => {
    while (goesOn()) await job();
  };
  await Promise.all(Array.from({ length: inFlight }, line));
}

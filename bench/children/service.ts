/** The whole service as a benchmark starts it: real settings, real store, a directory that goes away. */
import { pino } from 'pino';
import { TwilioRest } from '../../src/channels/twilio/rest.ts';
import { readConfig } from '../../src/config.ts';
import { type Service, startService } from '../../src/service.ts';
import { temporaryDir } from '../child.ts';
import { ACCOUNT_SID, AUTH_TOKEN, SENDER } from '../webhook-request.ts';

/** `apiUrl` of a stand-in for Twilio; undefined: every message counts as sent at once, without a network. */
export async function startBenchService(apiUrl?: string): Promise<Service & { dataDir: string }> {
  const dir = temporaryDir();
  if (apiUrl === undefined) sendNowhere();
  const config = readConfig({
    DATA_DIR: dir.path,
    PORT: '0',
    LOG_LEVEL: 'warn',
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_WHATSAPP_FROM: `whatsapp:${SENDER}`,
    TWILIO_SMS_FROM: SENDER,
    TWILIO_API_URL: apiUrl ?? 'http://127.0.0.1:9',
  });
  const service = await startService(config, { log: pino({ level: config.logLevel }) });
  return {
    ...service,
    dataDir: dir.path,
    stop: async () => {
      await service.stop();
      dir.remove();
    },
  };
}

/** Everything up to the request stays; only the network is left out. */
function sendNowhere(): void {
  let sent = 0;
  TwilioRest.prototype.request = async () => {
    sent += 1;
    const body = { sid: `SM${String(sent).padStart(32, '0')}`, status: 'queued' };
    return { status: 201, body, headers: {} };
  };
}

/** What a process of the role `web` does: effects are committed with their step, and stay for a worker. */
export function leaveEffects({ effects }: Service): void {
  effects.take = () => {};
}

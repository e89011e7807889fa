/** One process of a cluster, started as the service starts it. Answers `drain` when what it has begun is done. */
import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import { startService } from '../../src/service.ts';
import { type Child, temporaryDir } from '../child.ts';
import { ACCOUNT_SID, AUTH_TOKEN, SENDER } from '../webhook-request.ts';

export interface ProcessOptions {
  roles: 'web' | 'worker';
  mongodbUrl: string;
  redisUrl: string;
  /** Of the stand-in for Twilio. */
  apiUrl: string;
}

/** The same for all processes of a run, and for that run only. */
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

export async function start({ roles, mongodbUrl, redisUrl, apiUrl }: ProcessOptions): Promise<Child> {
  const dir = temporaryDir();
  const config = readConfig({
    DATA_DIR: dir.path,
    PORT: '0',
    LOG_LEVEL: 'warn',
    ROLES: roles,
    MONGODB_URL: mongodbUrl,
    REDIS_URL: redisUrl,
    MASTER_KEY,
    SIMULATOR: 'off',
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_WHATSAPP_FROM: `whatsapp:${SENDER}`,
    TWILIO_API_URL: apiUrl,
    ...(roles === 'worker' ? { PUBLIC_URL: 'http://127.0.0.1' } : {}),
  });
  const service = await startService(config, { log: pino({ level: config.logLevel }) });
  return {
    url: service.url,
    ask: async () => {
      await service.engine.idle();
      return null;
    },
    stop: async () => {
      await service.stop();
      dir.remove();
    },
  };
}

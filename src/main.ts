/** Starts Loket: settings from the environment, logs to standard output, signals to a clean stop. */
import { pino } from 'pino';
import { announce } from './announce.ts';
import { readConfig } from './config.ts';
import { AppError } from './errors.ts';
import { createLog } from './log.ts';
import { startService } from './service.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const service = await startService(config, { log });
  process.stderr.write(announce(service, config));
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      log.info({ signal }, 'stopping');
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal({ err: error }, 'could not stop in good order');
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: unknown) => {
  if (error instanceof AppError) process.stderr.write(`Loket cannot start: ${error.message}\n`);
  else pino().fatal({ err: error }, 'Loket cannot start');
  process.exit(1);
});

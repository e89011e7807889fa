/** Whether this process can serve. */
import type { Config } from './config.ts';
import type { Store } from './store/open.ts';

interface ReadinessDeps {
  config: Config;
  store: Store;
  /** Without it (`ping` throws) files wait, and messages go on. */
  inspector?: { ping(): Promise<void> };
  /** While it stops it is not ready. */
  isStopping?: () => boolean;
}

/**
 * What keeps this process from serving, by name; `warnings` do not. Without Redis messages are taken and answers wait:
 * that stops a worker, not who takes messages.
 */
export async function readiness({
  store,
  config,
  inspector,
  isStopping,
}: ReadinessDeps): Promise<{ failed: string[]; warnings: string[] }> {
  if (isStopping?.()) return { failed: ['stopping'], warnings: [] };
  const [isStoreThere, isRedisThere, isScannerThere] = await Promise.all([
    answers(store.ping()),
    answers(store.shared?.ping()),
    answers(inspector?.ping()),
  ]);
  const redisFails = isRedisThere ? [] : ['redis'];
  const isWeb = config.roles.includes('web');
  const warnings = [
    ...(config.twilio?.signature === 'report'
      ? ['TWILIO_SIGNATURE=report: bad signatures are let through']
      : []),
    ...(isScannerThere ? [] : ['clamd: files that citizens sent wait']),
    ...(isWeb && !isRedisThere ? ['redis: messages are taken, answers wait'] : []),
  ];
  return { failed: [...(isStoreThere ? [] : ['store']), ...(isWeb ? [] : redisFails)], warnings };
}

function answers(ping: Promise<void> | undefined): Promise<boolean> {
  return Promise.resolve(ping).then(
    () => true,
    () => false,
  );
}

/** What a newcomer reads in the terminal after the start. */
import type { Config } from './config.ts';
import type { Service } from './service.ts';

/** The addresses and, on the very first start, the password. Not the log: it must not be kept. */
export function announce(
  { url, firstOperator }: Pick<Service, 'url' | 'firstOperator'>,
  config: Config,
): string {
  const isWeb = config.roles.includes('web');
  const lines = [
    '',
    isWeb ? 'Loket is running.' : `Loket is running as ${config.roles.join(' and ')}.`,
    ...(isWeb && config.isSimulatorOn ? [`  Phone simulator   ${url}/simulator`] : []),
    ...(isWeb ? [`  Operator inbox    ${url}/inbox`] : []),
    `  Health            ${url}/healthz`,
  ];
  const first = firstOperator
    ? [
        '',
        `First start: log in to the inbox as "${firstOperator.username}" with the one-time password`,
        `  ${firstOperator.password}`,
        'It is shown only now, and must be changed at the first login.',
      ]
    : [];
  return `${[...lines, ...first].join('\n')}\n\n`;
}

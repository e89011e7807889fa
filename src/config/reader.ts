/** Reads single variables of an environment and gathers what is wrong with them. */
import { resolve } from 'node:path';

/** Every variable that Loket reads (docs list the same; a test compares). */
export const VARIABLES = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'TRUSTED_PROXIES',
  'DATA_DIR',
  'FLOWS_FILE',
  'OFFICE_FILE',
  'MASTER_KEY',
  'MASTER_KEY_ALSO',
  'MONGODB_URL',
  'REDIS_URL',
  'ROLES',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_SMS_FROM',
  'TWILIO_WHATSAPP_FROM',
  'TWILIO_SIGNATURE',
  'TWILIO_API_URL',
  'SMS_PROVIDER',
  'SMSGATE_URL',
  'SMSGATE_USER',
  'SMSGATE_PASSWORD',
  'SMSGATE_SIGNING_KEY',
  'KANNEL_URL',
  'KANNEL_USER',
  'KANNEL_PASSWORD',
  'KANNEL_FROM',
  'KANNEL_ALLOW',
  'WHATSAPP_WEB',
  'PUPPETEER_EXECUTABLE_PATH',
  'CLAMD_URL',
  'OCR',
  'SIGN_P12',
  'SIGN_P12_PASSPHRASE',
  'BSRE_URL',
  'BSRE_USER',
  'BSRE_PASSWORD',
  'BSRE_VERSION',
  'SIMULATOR',
  'LOG_LEVEL',
] as const;
export type Variable = (typeof VARIABLES)[number];

/** Never shown in a fault: passwords, keys, and URLs that may hold one. */
const SECRETS: readonly Variable[] = [
  'MASTER_KEY',
  'MASTER_KEY_ALSO',
  'MONGODB_URL',
  'REDIS_URL',
  'TWILIO_AUTH_TOKEN',
  'SMSGATE_PASSWORD',
  'SMSGATE_SIGNING_KEY',
  'SMSGATE_URL',
  'KANNEL_PASSWORD',
  'KANNEL_URL',
  'SIGN_P12_PASSPHRASE',
  'BSRE_URL',
  'BSRE_PASSWORD',
];

/** Reads one variable each; a wrong value is noted, and the default (or '') stands in until `faults()` is looked at. */
export interface Reader {
  /** One line each, in the order of `VARIABLES`. */
  faults(): string[];
  fault(name: Variable, what: string, example: string): void;
  isSet(name: Variable): boolean;
  text(name: Variable): string | undefined;
  /** As `text`, but missing is a fault. */
  required(name: Variable, why: string, example: string): string;
  choice<T extends string>(name: Variable, values: readonly T[], fallback: T): T;
  integer(name: Variable, range: { min: number; max: number; fallback: number }): number;
  /** An http or https URL without query and user, and without the slash at its end. */
  url(name: Variable, example: string): string | undefined;
  /** The address of a database server with one of these protocols; may hold user, password, several hosts, options. */
  server(name: Variable, protocols: readonly string[], example: string): string | undefined;
  /** A path, absolute. */
  path(name: Variable, fallback: string): string;
}

/** Empty and blank values count as unset; spaces around a value are dropped. Paths are resolved against `cwd`. */
export function createReader(env: Readonly<Record<string, string | undefined>>, cwd: string): Reader {
  const faults: { name: Variable; line: string }[] = [];
  const text = (name: Variable) => env[name]?.trim() || undefined;
  const fault = (name: Variable, what: string, example: string) => {
    faults.push({ name, line: `${name} ${what}; for example ${name}=${example}` });
  };
  const shown = (name: Variable) =>
    SECRETS.includes(name) ? '' : ` (it is ${JSON.stringify(text(name)?.slice(0, 80))})`;
  return {
    faults: () =>
      faults.sort((a, b) => VARIABLES.indexOf(a.name) - VARIABLES.indexOf(b.name)).map(({ line }) => line),
    fault: (name, what, example) =>
      fault(name, `${what}${text(name) === undefined ? '' : shown(name)}`, example),
    isSet: (name) => text(name) !== undefined,
    text,
    required(name, why, example) {
      const value = text(name);
      if (value === undefined) fault(name, `is missing: ${why}`, example);
      return value ?? '';
    },
    choice(name, values, fallback) {
      const value = text(name);
      const found = values.find((each) => each === value);
      if (value !== undefined && found === undefined)
        fault(name, `must be one of ${values.join(', ')}${shown(name)}`, fallback);
      return found ?? fallback;
    },
    integer(name, { min, max, fallback }) {
      const value = text(name);
      if (value === undefined) return fallback;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= min && number <= max) return number;
      fault(name, `must be a whole number from ${min} to ${max}${shown(name)}`, String(fallback));
      return fallback;
    },
    url(name, example) {
      const value = text(name);
      if (value === undefined || isPlainUrl(value)) return value?.replace(/\/+$/, '');
      fault(name, `must be an http or https URL without user, query and #${shown(name)}`, example);
      return undefined;
    },
    server(name, protocols, example) {
      const value = text(name);
      const isFit =
        value === undefined ||
        protocols.some((one) => value.startsWith(`${one}//`) && value.length > one.length + 2);
      if (!isFit)
        fault(
          name,
          `must begin with ${protocols.map((one) => `${one}//`).join(' or ')}${shown(name)}`,
          example,
        );
      return isFit ? value : undefined;
    },
    path: (name, fallback) => resolve(cwd, text(name) ?? fallback),
  };
}

function isPlainUrl(value: string): boolean {
  const url = URL.parse(value);
  if (!url || !['http:', 'https:'].includes(url.protocol) || !/^https?:\/\//i.test(value)) return false;
  return url.username === '' && url.password === '' && !/[?#]/.test(value);
}

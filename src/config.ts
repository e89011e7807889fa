/** The environment as typed, frozen settings (docs/admin: the table of variables). Only main and cli hand it `process.env`. */
import { type ClamdAddress, readClamd } from './config/clamd.ts';
import { readTrustedProxies } from './config/nets.ts';
import { createReader, type Reader } from './config/reader.ts';
import { readSigning, type SigningConfig } from './config/signing.ts';
import {
  type KannelConfig,
  readKannel,
  readSmsgate,
  readSmsProvider,
  readTwilio,
  type SmsgateConfig,
  type SmsProvider,
  type TwilioConfig,
} from './config/sms.ts';
import { AppError } from './errors.ts';

export type { KannelConfig, SigningConfig, SmsgateConfig, SmsProvider, TwilioConfig };

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const MONGODB_EXAMPLE = 'mongodb://127.0.0.1:27017/loket';
const REDIS_EXAMPLE = 'redis://127.0.0.1:6379';
const ROLES = ['web', 'worker', 'whatsapp'] as const;
export type Role = (typeof ROLES)[number];

export type StoreConfig =
  | { kind: 'embedded' }
  /** Without Redis: for one process only. */
  | { kind: 'cluster'; mongodbUrl: string; redisUrl: string | undefined };

export interface Config {
  mode: 'development' | 'production' | 'test';
  host: string;
  /** 0: a free one. */
  port: number;
  /** Without a slash at the end; undefined: made from the address listened on (`publicUrlOf`). */
  publicUrl: string | undefined;
  /** Addresses, nets or express's names of nets: who is believed when it tells whom it speaks for. */
  trustedProxies: readonly string[];
  /** Absolute, as are the two files. */
  dataDir: string;
  flowsFile: string;
  officeFile: string;
  /** 32 bytes; undefined (never in production): made and kept in `dataDir`. */
  masterKey: Uint8Array | undefined;
  /** A second key that opens and never seals: the old or the coming one, while keys are changed. */
  masterKeyAlso: Uint8Array | undefined;
  store: StoreConfig;
  roles: readonly Role[];
  twilio: TwilioConfig | undefined;
  smsgate: SmsgateConfig | undefined;
  kannel: KannelConfig | undefined;
  /** Who sends SMS; inbound SMS is accepted from every configured provider. */
  smsProvider: SmsProvider | undefined;
  /** Undefined: off. `executablePath` undefined: the one of the system, if there is one. */
  whatsappWeb: { executablePath: string | undefined } | undefined;
  /** Who looks through files for viruses; undefined: nobody. */
  clamd: ClamdAddress | undefined;
  /** Photos of documents are read, and what is read is proposed. */
  isOcrOn: boolean;
  /** Who signs our own papers; undefined: nobody. */
  signing: SigningConfig | undefined;
  isSimulatorOn: boolean;
  logLevel: (typeof LOG_LEVELS)[number];
}

/**
 * Pure: reads `env` only, resolves paths against `cwd`. Empty counts as unset.
 * Throws AppError CONFIG_INVALID that lists *all* faults: variable, what is wrong, an example. Secrets are not shown.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string = process.cwd(),
): Config {
  const reader = createReader(env, cwd);
  const mode = reader.choice('NODE_ENV', ['development', 'production', 'test'], 'development');
  const providers = { twilio: readTwilio(reader), smsgate: readSmsgate(reader), kannel: readKannel(reader) };
  const store = readStore(reader);
  const roles = readRoles(reader, store);
  const config: Config = {
    mode,
    host: reader.text('HOST') ?? '127.0.0.1',
    port: reader.integer('PORT', { min: 0, max: 65535, fallback: 3000 }),
    publicUrl: readPublicUrl(reader, mode, isShared(store) && !roles.includes('web')),
    trustedProxies: readTrustedProxies(reader),
    dataDir: reader.path('DATA_DIR', 'data'),
    ...filesOf(reader),
    masterKey: readMasterKey(reader, mode),
    masterKeyAlso: readKey(reader, 'MASTER_KEY_ALSO'),
    store,
    roles,
    ...providers,
    smsProvider: readSmsProvider(reader, providers),
    whatsappWeb: readWhatsappWeb(reader),
    clamd: readClamd(reader),
    isOcrOn: reader.choice('OCR', ['on', 'off'], 'on') === 'on',
    signing: readSigning(reader),
    isSimulatorOn: reader.choice('SIMULATOR', ['on', 'off'], mode === 'production' ? 'off' : 'on') === 'on',
    logLevel: reader.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
  };
  const faults = reader.faults();
  if (faults.length > 0) throw new AppError('CONFIG_INVALID', { detail: listOf(faults) });
  return deepFreeze(config);
}

/** `FLOWS_FILE` and `OFFICE_FILE` alone, for commands that need no running service; never throws. */
export function readFiles(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string = process.cwd(),
): Pick<Config, 'flowsFile' | 'officeFile'> {
  return filesOf(createReader(env, cwd));
}

function filesOf(reader: Reader): Pick<Config, 'flowsFile' | 'officeFile'> {
  return {
    flowsFile: reader.path('FLOWS_FILE', 'flows.yaml'),
    officeFile: reader.path('OFFICE_FILE', 'office.yaml'),
  };
}

/** How the outside reaches us once `port` is listened on. An address that means "all" becomes this machine. */
export function publicUrlOf(config: Pick<Config, 'publicUrl' | 'host'>, port: number): string {
  if (config.publicUrl !== undefined) return config.publicUrl;
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[config.host] ?? config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function readPublicUrl(reader: Reader, mode: Config['mode'], isElsewhere: boolean): string | undefined {
  const example = 'https://loket.contohkab.go.id';
  if (mode === 'production')
    reader.required('PUBLIC_URL', 'production needs it for links and signatures', example);
  else if (isElsewhere)
    reader.required('PUBLIC_URL', 'a process without the role web cannot know where links lead', example);
  return reader.url('PUBLIC_URL', example);
}

const KEY_EXAMPLE = '"$(openssl rand -base64 32)", kept in a safe place';

function readMasterKey(reader: Reader, mode: Config['mode']): Uint8Array | undefined {
  if (mode === 'production')
    reader.required('MASTER_KEY', 'production needs it to encrypt what is stored', KEY_EXAMPLE);
  return readKey(reader, 'MASTER_KEY');
}

function readKey(reader: Reader, name: 'MASTER_KEY' | 'MASTER_KEY_ALSO'): Uint8Array | undefined {
  const value = reader.text(name);
  if (value === undefined) return undefined;
  const key = Buffer.from(value, 'base64');
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(value);
  if (!isBase64 || key.length !== 32)
    reader.fault(name, 'must be exactly 32 bytes in base64 (44 signs)', KEY_EXAMPLE);
  return new Uint8Array(key);
}

/** Redis alone makes no cluster: what it holds may be lost at any time, and SQLite serves one process. */
function readStore(reader: Reader): StoreConfig {
  const mongodbUrl = reader.server('MONGODB_URL', ['mongodb:', 'mongodb+srv:'], MONGODB_EXAMPLE);
  const redisUrl = reader.server('REDIS_URL', ['redis:', 'rediss:'], REDIS_EXAMPLE);
  if (mongodbUrl !== undefined) return { kind: 'cluster', mongodbUrl, redisUrl };
  if (redisUrl !== undefined)
    reader.fault(
      'REDIS_URL',
      'needs MONGODB_URL beside it: the embedded store is of one process',
      MONGODB_EXAMPLE,
    );
  return { kind: 'embedded' };
}

function readRoles(reader: Reader, store: StoreConfig): readonly Role[] {
  const names = (reader.text('ROLES') ?? 'all').split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === 'all') return [...ROLES];
  const roles = ROLES.filter((role) => names.includes(role));
  if (names.some((name) => !ROLES.some((role) => role === name))) {
    reader.fault('ROLES', `must be all, or some of ${ROLES.join(', ')} with commas between`, 'web,worker');
  } else if (!isShared(store) && !(roles.includes('web') && roles.includes('worker'))) {
    reader.fault(
      'ROLES',
      'must hold web and worker, unless MONGODB_URL and REDIS_URL are set: one process does both',
      'all',
    );
  }
  return roles;
}

/** Several processes may share it. */
function isShared(store: StoreConfig): boolean {
  return store.kind === 'cluster' && store.redisUrl !== undefined;
}

function readWhatsappWeb(reader: Reader): Config['whatsappWeb'] {
  const isOn = reader.choice('WHATSAPP_WEB', ['off', 'on'], 'off') === 'on';
  const executablePath = reader.isSet('PUPPETEER_EXECUTABLE_PATH')
    ? reader.path('PUPPETEER_EXECUTABLE_PATH', '')
    : undefined;
  return isOn ? { executablePath } : undefined;
}

function listOf(faults: readonly string[]): string {
  const head = faults.length === 1 ? 'one setting is wrong' : `${faults.length} settings are wrong`;
  return `${head}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`;
}

/** Bytes cannot be frozen; everything else is. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

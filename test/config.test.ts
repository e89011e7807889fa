import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../src/config/reader.ts';
import { type Config, publicUrlOf, readConfig, readFiles } from '../src/config.ts';
import { AppError } from '../src/errors.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const TWILIO = {
  TWILIO_ACCOUNT_SID: 'AC0123',
  TWILIO_AUTH_TOKEN: 'tok-secret',
  TWILIO_SMS_FROM: '+6281200000001',
};
const KANNEL = { KANNEL_URL: 'http://127.0.0.1:13013/', KANNEL_USER: 'loket', KANNEL_PASSWORD: 'k' };
const BSRE = { BSRE_URL: 'https://esign.example', BSRE_USER: 'loket', BSRE_PASSWORD: 'sandi' };
const SMSGATE = {
  SMSGATE_URL: 'http://10.0.0.2:8080',
  SMSGATE_USER: 'u',
  SMSGATE_PASSWORD: 'p',
  SMSGATE_SIGNING_KEY: 's',
};

function read(env: Record<string, string>): Config {
  return readConfig(env, '/srv/loket');
}

/** The lines of faults, without the head. */
function faultsOf(env: Record<string, string>): string[] {
  try {
    read(env);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('CONFIG_INVALID');
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

describe('readConfig', () => {
  it('needs nothing: the default is one process on the embedded store', () => {
    expect(read({})).toEqual({
      mode: 'development',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: undefined,
      trustedProxies: ['loopback'],
      dataDir: '/srv/loket/data',
      flowsFile: '/srv/loket/flows.yaml',
      officeFile: '/srv/loket/office.yaml',
      masterKey: undefined,
      masterKeyAlso: undefined,
      store: { kind: 'embedded' },
      roles: ['web', 'worker', 'whatsapp'],
      twilio: undefined,
      smsgate: undefined,
      kannel: undefined,
      smsProvider: undefined,
      whatsappWeb: undefined,
      isOcrOn: true,
      signing: undefined,
      isSimulatorOn: true,
      logLevel: 'info',
    });
  });

  it('takes every empty or blank variable for unset', () => {
    const blank = Object.fromEntries(VARIABLES.map((name, at) => [name, at % 2 ? '' : '  ']));
    expect(read(blank)).toEqual(read({}));
  });

  it('reads every variable of its list, and no other', () => {
    const asked = new Set<string>();
    const spy = (env: Record<string, string>) =>
      new Proxy(env, {
        get: (target, name) => {
          asked.add(String(name));
          return target[String(name)];
        },
      });
    readConfig(spy({}), '/');
    readConfig(
      spy({ ...TWILIO, ...KANNEL, ...SMSGATE, PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium' }),
      '/',
    );
    expect([...asked].sort()).toEqual([...VARIABLES].sort());
  });

  it('cannot be changed afterwards', () => {
    const config = read(TWILIO);
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config.twilio ?? {}, { authToken: 'x' })).toThrow(TypeError);
  });

  it('resolves paths against the working directory and drops the slash at the end of a URL', () => {
    const config = read({ DATA_DIR: 'd', FLOWS_FILE: '/etc/f.yaml', PUBLIC_URL: 'https://a.go.id/loket/' });
    expect(config).toMatchObject({
      dataDir: '/srv/loket/d',
      flowsFile: '/etc/f.yaml',
      publicUrl: 'https://a.go.id/loket',
    });
  });

  it('takes a master key of 32 bytes', () => {
    expect(read({ MASTER_KEY: KEY }).masterKey).toEqual(new Uint8Array(32).fill(7));
    expect(read({ MASTER_KEY_ALSO: KEY }).masterKeyAlso).toEqual(new Uint8Array(32).fill(7));
  });

  it('takes the socket or the address of a virus scanner', () => {
    expect(read({}).clamd).toBeUndefined();
    expect(read({ CLAMD_URL: 'unix:/run/clamav/clamd.ctl' }).clamd).toEqual({
      path: '/run/clamav/clamd.ctl',
    });
    expect(read({ CLAMD_URL: 'tcp://clamav' }).clamd).toEqual({ host: 'clamav', port: 3310 });
    expect(read({ CLAMD_URL: 'tcp://[::1]:3311' }).clamd).toEqual({ host: '::1', port: 3311 });
  });

  it('switches the simulator off in production, unless it is asked for', () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://a.go.id', MASTER_KEY: KEY };
    expect(read(production).isSimulatorOn).toBe(false);
    expect(read({ ...production, SIMULATOR: 'on' }).isSimulatorOn).toBe(true);
    expect(read({ SIMULATOR: 'off' }).isSimulatorOn).toBe(false);
  });

  it('gives each provider that is set up its own settings', () => {
    const config = read({
      ...TWILIO,
      ...KANNEL,
      ...SMSGATE,
      TWILIO_SIGNATURE: 'report',
      KANNEL_ALLOW: '10.0.0.0/8, ::1',
    });
    expect(config.twilio).toEqual({
      accountSid: 'AC0123',
      authToken: 'tok-secret',
      smsFrom: '+6281200000001',
      whatsappFrom: undefined,
      signature: 'report',
      apiUrl: 'https://api.twilio.com',
    });
    expect(config.kannel).toEqual({
      url: 'http://127.0.0.1:13013',
      user: 'loket',
      password: 'k',
      from: undefined,
      allow: ['10.0.0.0/8', '::1'],
    });
    expect(config.smsgate).toEqual({
      url: 'http://10.0.0.2:8080',
      user: 'u',
      password: 'p',
      signingKey: 's',
    });
  });

  it.each(['+6281200000001', 'MG0123456789abcdef0123456789abcdef', '62123', 'DUKCAPIL'])(
    'takes %s as SMS sender',
    (from) => {
      expect(read({ ...TWILIO, TWILIO_SMS_FROM: from }).twilio?.smsFrom).toBe(from);
    },
  );

  it('writes a WhatsApp number as Twilio wants it', () => {
    expect(read({ ...TWILIO, TWILIO_WHATSAPP_FROM: '+6281200000002' }).twilio?.whatsappFrom).toBe(
      'whatsapp:+6281200000002',
    );
  });

  it('lets the first provider that can send carry the SMS, or the one that is named', () => {
    expect(read({ ...KANNEL, ...SMSGATE }).smsProvider).toBe('smsgate');
    expect(read({ ...KANNEL, ...SMSGATE, SMS_PROVIDER: 'kannel' }).smsProvider).toBe('kannel');
    const { TWILIO_SMS_FROM: _, ...noSms } = { ...TWILIO, TWILIO_WHATSAPP_FROM: 'whatsapp:+6281200000001' };
    expect(read({ ...noSms, ...KANNEL }).smsProvider).toBe('kannel');
  });

  it.each<[Record<string, string>, RegExp]>([
    [
      { NODE_ENV: 'prod' },
      /^NODE_ENV must be one of development, production, test \(it is "prod"\); for example NODE_ENV=development$/,
    ],
    [{ PORT: '80a' }, /^PORT must be a whole number from 0 to 65535 \(it is "80a"\); for example PORT=3000$/],
    [{ PORT: '65536' }, /^PORT must be/],
    [{ PORT: '-1' }, /^PORT must be/],
    [
      { PUBLIC_URL: 'loket.go.id' },
      /^PUBLIC_URL must be an http or https URL.*for example PUBLIC_URL=https:/,
    ],
    [{ PUBLIC_URL: 'ftp://a' }, /^PUBLIC_URL must be/],
    [{ PUBLIC_URL: 'https://a.go.id/?x=1' }, /^PUBLIC_URL must be/],
    [{ PUBLIC_URL: 'https://u:p@a.go.id' }, /^PUBLIC_URL must be/],
    [{ MASTER_KEY: 'short' }, /^MASTER_KEY must be exactly 32 bytes in base64/],
    [
      { CLAMD_URL: '/run/clamav/clamd.ctl' },
      /^CLAMD_URL must be unix:\/path of its socket, or tcp:\/\/host:port/,
    ],
    [{ CLAMD_URL: 'tcp://clamav:99999' }, /^CLAMD_URL must be/],
    [{ MASTER_KEY_ALSO: 'short' }, /^MASTER_KEY_ALSO must be exactly 32 bytes in base64/],
    [{ TRUSTED_PROXIES: 'everybody' }, /^TRUSTED_PROXIES must be addresses, nets, loopback or/],
    [{ TRUSTED_PROXIES: 'loopback,10.0.0.0/33' }, /^TRUSTED_PROXIES must be/],
    [{ MASTER_KEY: `${KEY.slice(0, -1)}!` }, /^MASTER_KEY must be/],
    [{ MONGODB_URL: 'http://a' }, /^MONGODB_URL must begin with mongodb:\/\/ or mongodb\+srv:\/\//],
    [{ MONGODB_URL: 'mongodb://a', REDIS_URL: 'a:6379' }, /^REDIS_URL must begin with redis:\/\//],
    [{ REDIS_URL: 'redis://a' }, /^REDIS_URL needs MONGODB_URL beside it/],
    [{ ROLES: 'worker', MONGODB_URL: 'mongodb://a' }, /^ROLES must hold web and worker, unless/],
    [{ ROLES: 'web,boss' }, /^ROLES must be all, or some of web, worker, whatsapp/],
    [{ ROLES: 'web' }, /^ROLES must hold web and worker/],
    [{ TWILIO_ACCOUNT_SID: 'AC1' }, /^TWILIO_AUTH_TOKEN is missing/],
    [
      { ...TWILIO, TWILIO_ACCOUNT_SID: 'SK1' },
      /^TWILIO_ACCOUNT_SID must be an account SID, which begins with AC/,
    ],
    [
      { ...TWILIO, TWILIO_SMS_FROM: '' },
      /^TWILIO_SMS_FROM or TWILIO_WHATSAPP_FROM is missing: nothing could be sent/,
    ],
    [
      { ...TWILIO, TWILIO_SMS_FROM: '081200000001' },
      /^TWILIO_SMS_FROM must be a number with \+ and country code/,
    ],
    [
      { ...TWILIO, TWILIO_WHATSAPP_FROM: 'wa:62' },
      /^TWILIO_WHATSAPP_FROM must be .* for example TWILIO_WHATSAPP_FROM=whatsapp:\+62/,
    ],
    [{ TWILIO_SIGNATURE: 'off' }, /^TWILIO_SIGNATURE must be one of enforce, report/],
    [{ ...TWILIO, TWILIO_API_URL: 'api' }, /^TWILIO_API_URL must be an http or https URL/],
    [{ SMS_PROVIDER: 'kannel' }, /^SMS_PROVIDER names a provider that cannot send: set KANNEL_URL/],
    [{ SMS_PROVIDER: 'pigeon' }, /^SMS_PROVIDER must be one of twilio, smsgate, kannel/],
    [{ ...KANNEL, KANNEL_ALLOW: 'localhost' }, /^KANNEL_ALLOW must be IP addresses or nets/],
    [{ ...KANNEL, KANNEL_ALLOW: '10.0.0.0/33' }, /^KANNEL_ALLOW must be/],
    [{ ...SMSGATE, SMSGATE_SIGNING_KEY: '' }, /^SMSGATE_SIGNING_KEY is missing/],
    [{ WHATSAPP_WEB: 'yes' }, /^WHATSAPP_WEB must be one of off, on/],
    [{ SIGN_P12_PASSPHRASE: 'rahasia' }, /^SIGN_P12 is missing/],
    [{ SIGN_P12: 'a.p12', BSRE_URL: 'https://a' }, /^SIGN_P12 and BSRE_URL are both set/],
    [{ BSRE_URL: 'https://esign.example' }, /^BSRE_USER is missing[\s\S]*BSRE_PASSWORD is missing/],
    [{ ...BSRE, BSRE_URL: 'esign' }, /^BSRE_URL must be an http or https URL/],
    [{ ...BSRE, BSRE_VERSION: '3' }, /^BSRE_VERSION must be one of 1, 2/],
    [{ SIMULATOR: 'true' }, /^SIMULATOR must be one of on, off/],
    [{ OCR: 'yes' }, /^OCR must be one of on, off/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of fatal, error/],
  ])('refuses %j with what is wrong and an example', (env, expected) => {
    const faults = faultsOf(env);
    expect(faults.join('\n')).toMatch(expected);
    expect(faults[0]).toMatch(/; for example [A-Z0-9_]+=/);
  });

  it('asks for PUBLIC_URL and MASTER_KEY in production', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toEqual([
      expect.stringMatching(/^PUBLIC_URL is missing: production needs it/),
      expect.stringMatching(/^MASTER_KEY is missing: production needs it/),
    ]);
  });

  it('tells all faults at once, in the order of the table', () => {
    const names = faultsOf({ LOG_LEVEL: 'x', KANNEL_USER: 'u', PORT: 'x', ROLES: 'x' }).map(
      (line) => line.split(' ')[0],
    );
    expect(names).toEqual(['PORT', 'ROLES', 'KANNEL_URL', 'KANNEL_PASSWORD', 'LOG_LEVEL']);
  });

  it('signs with a certificate, or through BSrE in its newer version unless told otherwise', () => {
    const local = read({ SIGN_P12: 'keys/sign.p12' }).signing;
    expect(local).toEqual({ kind: 'local', file: '/srv/loket/keys/sign.p12', passphrase: undefined });
    expect(read({ SIGN_P12: '/a.p12', SIGN_P12_PASSPHRASE: 'sandi' }).signing).toMatchObject({
      passphrase: 'sandi',
    });
    const remote = { kind: 'bsre', url: 'https://esign.example', user: 'loket', password: 'sandi' };
    expect(read(BSRE).signing).toEqual({ ...remote, version: 2 });
    expect(read({ ...BSRE, BSRE_VERSION: '1' }).signing).toEqual({ ...remote, version: 1 });
  });

  it('never shows a secret in a fault', () => {
    const env = {
      MASTER_KEY: 'hunter2',
      MONGODB_URL: 'mongodb://u:hunter2@a',
      REDIS_URL: 'redis://:hunter2@a',
      KANNEL_URL: 'x://u:hunter2@a',
      SMSGATE_URL: 'hunter2',
      TWILIO_AUTH_TOKEN: 'hunter2',
      SIGN_P12_PASSPHRASE: 'hunter2',
      BSRE_URL: 'x://u:hunter2@a',
      BSRE_PASSWORD: 'hunter2',
    };
    expect(faultsOf(env).join('\n')).not.toContain('hunter2');
  });
});

describe('publicUrlOf', () => {
  it.each([
    [{ host: '127.0.0.1', publicUrl: undefined }, 'http://127.0.0.1:81'],
    [{ host: '0.0.0.0', publicUrl: undefined }, 'http://127.0.0.1:81'],
    [{ host: '::', publicUrl: undefined }, 'http://[::1]:81'],
    [{ host: '0.0.0.0', publicUrl: 'https://a.go.id' }, 'https://a.go.id'],
  ])('makes of %j and port 81 the address %s', (config, expected) => {
    expect(publicUrlOf(config, 81)).toBe(expected);
  });
});

describe('readFiles', () => {
  it('finds the two files though everything else is wrong', () => {
    expect(readFiles({ PORT: 'x', FLOWS_FILE: 'f.yaml' }, '/a')).toEqual({
      flowsFile: '/a/f.yaml',
      officeFile: '/a/office.yaml',
    });
  });
});

describe('a cluster', () => {
  const CLUSTER = { MONGODB_URL: 'mongodb://u:p@a,b/loket?replicaSet=r', REDIS_URL: 'rediss://:p@r:6380/1' };

  it('is MongoDB, and Redis for more than one process', () => {
    expect(readConfig(CLUSTER).store).toEqual({
      kind: 'cluster',
      mongodbUrl: CLUSTER.MONGODB_URL,
      redisUrl: CLUSTER.REDIS_URL,
    });
    expect(readConfig({ MONGODB_URL: 'mongodb://a' }).store).toMatchObject({ redisUrl: undefined });
  });

  it.each(['web', 'worker', 'whatsapp', 'web,worker'])('lets a process play %s only', (roles) => {
    const PUBLIC_URL = 'https://loket.example.id';
    expect(readConfig({ ...CLUSTER, PUBLIC_URL, ROLES: roles }).roles).toEqual(roles.split(','));
  });

  it('must be told its address where no process of the role web can know it', () => {
    expect(faultsOf({ ...CLUSTER, ROLES: 'worker' })).toEqual([
      expect.stringMatching(/^PUBLIC_URL is missing.*without the role web/),
    ]);
    expect(faultsOf({ ...CLUSTER, ROLES: 'web' })).toEqual([]);
  });
});

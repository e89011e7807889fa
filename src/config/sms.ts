/** The settings of those who carry messages: Twilio, SMSGate, Kannel. One variant each, undefined when off. */
import { isNet } from './nets.ts';
import type { Reader, Variable } from './reader.ts';

export interface TwilioConfig {
  accountSid: string;
  authToken: string;
  /** `+62...`, a short code, a sender name, or a messaging service (`MG...`). */
  smsFrom: string | undefined;
  /** `whatsapp:+62...` or a messaging service (`MG...`). */
  whatsappFrom: string | undefined;
  /** `report` only counts and logs bad signatures. */
  signature: 'enforce' | 'report';
  /** Without a slash at the end. */
  apiUrl: string;
}

export interface SmsgateConfig {
  url: string;
  user: string;
  password: string;
  signingKey: string;
}

export interface KannelConfig {
  url: string;
  user: string;
  password: string;
  from: string | undefined;
  /** Addresses or nets (`10.0.0.0/8`) that may deliver inbound SMS. */
  allow: string[];
}

const SMS_PROVIDERS = ['twilio', 'smsgate', 'kannel'] as const;
export type SmsProvider = (typeof SMS_PROVIDERS)[number];

/** Twilio: on with `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN`; needs at least one sender. */
export function readTwilio(reader: Reader): TwilioConfig | undefined {
  const signature = reader.choice('TWILIO_SIGNATURE', ['enforce', 'report'], 'enforce');
  const apiUrl = reader.url('TWILIO_API_URL', 'https://api.twilio.com') ?? 'https://api.twilio.com';
  if (
    !isAnySet(reader, ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_SMS_FROM', 'TWILIO_WHATSAPP_FROM'])
  ) {
    return undefined;
  }
  const accountSid = reader.required('TWILIO_ACCOUNT_SID', 'Twilio needs it', `AC${'0'.repeat(32)}`);
  if (accountSid && !/^AC[0-9A-Za-z]+$/.test(accountSid)) {
    reader.fault('TWILIO_ACCOUNT_SID', 'must be an account SID, which begins with AC', `AC${'0'.repeat(32)}`);
  }
  const authToken = reader.required('TWILIO_AUTH_TOKEN', 'Twilio needs it', 'the auth token of that account');
  const smsFrom = sender(
    reader,
    'TWILIO_SMS_FROM',
    /^(\+\d{6,15}|\d{3,8}|MG[0-9a-zA-Z]{10,}|(?=.*[A-Za-z])[\w &+-]{1,11})$/,
  );
  const whatsappFrom = sender(
    reader,
    'TWILIO_WHATSAPP_FROM',
    /^((whatsapp:)?\+\d{6,15}|MG[0-9a-zA-Z]{10,})$/,
  );
  if (!isAnySet(reader, ['TWILIO_SMS_FROM', 'TWILIO_WHATSAPP_FROM'])) {
    reader.fault(
      'TWILIO_SMS_FROM',
      'or TWILIO_WHATSAPP_FROM is missing: nothing could be sent',
      '+6281200000001',
    );
  }
  return {
    accountSid,
    authToken,
    smsFrom,
    whatsappFrom: whatsappFrom?.replace(/^\+/, 'whatsapp:+'),
    signature,
    apiUrl,
  };
}

/** An Android phone with SMSGate: on when one of its variables is set, and then all are needed. */
export function readSmsgate(reader: Reader): SmsgateConfig | undefined {
  if (!isAnySet(reader, ['SMSGATE_URL', 'SMSGATE_USER', 'SMSGATE_PASSWORD', 'SMSGATE_SIGNING_KEY']))
    return undefined;
  const why = 'SMSGate needs it';
  reader.required('SMSGATE_URL', why, 'http://192.168.1.20:8080');
  return {
    url: reader.url('SMSGATE_URL', 'http://192.168.1.20:8080') ?? '',
    user: reader.required('SMSGATE_USER', why, 'loket'),
    password: reader.required('SMSGATE_PASSWORD', why, 'the password that the phone shows'),
    signingKey: reader.required(
      'SMSGATE_SIGNING_KEY',
      why,
      'the signing key that the phone shows under webhooks',
    ),
  };
}

/** Kannel's smsbox: on when one of its variables is set; `KANNEL_ALLOW` is this machine by default. */
export function readKannel(reader: Reader): KannelConfig | undefined {
  if (!isAnySet(reader, ['KANNEL_URL', 'KANNEL_USER', 'KANNEL_PASSWORD', 'KANNEL_FROM', 'KANNEL_ALLOW']))
    return undefined;
  const why = 'Kannel needs it';
  reader.required('KANNEL_URL', why, 'http://127.0.0.1:13013');
  return {
    url: reader.url('KANNEL_URL', 'http://127.0.0.1:13013') ?? '',
    user: reader.required('KANNEL_USER', why, 'loket'),
    password: reader.required('KANNEL_PASSWORD', why, 'the password of that sendsms user'),
    from: reader.text('KANNEL_FROM'),
    allow: allowed(reader),
  };
}

/** Who sends SMS: the chosen one, or the first that is configured to; undefined when none is. */
export function readSmsProvider(
  reader: Reader,
  found: {
    twilio: TwilioConfig | undefined;
    smsgate: SmsgateConfig | undefined;
    kannel: KannelConfig | undefined;
  },
): SmsProvider | undefined {
  const isReady = {
    twilio: found.twilio?.smsFrom !== undefined,
    smsgate: !!found.smsgate,
    kannel: !!found.kannel,
  };
  const first = SMS_PROVIDERS.find((provider) => isReady[provider]);
  if (!reader.isSet('SMS_PROVIDER')) return first;
  const chosen = reader.choice('SMS_PROVIDER', SMS_PROVIDERS, first ?? 'twilio');
  if (!isReady[chosen]) {
    const needs = chosen === 'twilio' ? 'TWILIO_SMS_FROM' : `${chosen.toUpperCase()}_URL`;
    reader.fault(
      'SMS_PROVIDER',
      `names a provider that cannot send: set ${needs} and its companions`,
      first ?? chosen,
    );
  }
  return chosen;
}

function sender(reader: Reader, name: Variable, form: RegExp): string | undefined {
  const value = reader.text(name);
  if (value === undefined || form.test(value)) return value;
  const example = name === 'TWILIO_SMS_FROM' ? '+6281200000001' : 'whatsapp:+6281200000001';
  reader.fault(name, 'must be a number with + and country code, or a messaging service SID (MG...)', example);
  return undefined;
}

function allowed(reader: Reader): string[] {
  const entries = (reader.text('KANNEL_ALLOW') ?? '127.0.0.1,::1').split(',').map((entry) => entry.trim());
  for (const entry of entries) {
    if (isNet(entry)) continue;
    reader.fault('KANNEL_ALLOW', 'must be IP addresses or nets, with commas between', '127.0.0.1,10.0.0.0/8');
    break;
  }
  return entries;
}

function isAnySet(reader: Reader, names: readonly Variable[]): boolean {
  return names.some((name) => reader.isSet(name));
}

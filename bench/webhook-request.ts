/** Signed webhook calls as Twilio makes them, as bytes ready for a socket. */
import twilio from 'twilio';
import type { Said } from './dialogue.ts';

export const ACCOUNT_SID = `AC${'b'.repeat(32)}`;
export const AUTH_TOKEN = 'token-of-the-benchmark';
export const SENDER = '+628001234567';
export const WEBHOOK_PATH = '/webhooks/twilio';

let sent = 0;

/** The fields of a WhatsApp message (https://www.twilio.com/docs/messaging/guides/webhook-request); each has its own id. */
export function formOf({ phone, text }: Said): Record<string, string> {
  sent += 1;
  const sid = `SM${process.pid.toString(16).padStart(8, '0')}${sent.toString(16).padStart(24, '0')}`;
  return {
    SmsMessageSid: sid,
    NumMedia: '0',
    ProfileName: 'Siti',
    MessageType: 'text',
    SmsSid: sid,
    WaId: phone.slice(1),
    SmsStatus: 'received',
    Body: text,
    To: `whatsapp:${SENDER}`,
    NumSegments: '1',
    ReferralNumMedia: '0',
    MessageSid: sid,
    AccountSid: ACCOUNT_SID,
    From: `whatsapp:${phone}`,
    ApiVersion: '2010-04-01',
  };
}

/** The whole HTTP request; `base` is the URL of the server, without a path. */
export function requestOf(base: string, said: Said): string {
  const form = formOf(said);
  const signature = twilio.getExpectedTwilioSignature(AUTH_TOKEN, `${base}${WEBHOOK_PATH}`, form);
  const body = new URLSearchParams(form).toString();
  return [
    `POST ${WEBHOOK_PATH} HTTP/1.1`,
    `Host: ${base.slice('http://'.length)}`,
    'Content-Type: application/x-www-form-urlencoded; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'User-Agent: TwilioProxy/1.1',
    'Accept: */*',
    `X-Twilio-Signature: ${signature}`,
    '',
    body,
  ].join('\r\n');
}

/** Calls as the Bot Framework's channels make them, for Microsoft's bot; without a token, as its emulator does. */
import type { RequestOf } from './load.ts';
import { WEBHOOK_PATH } from './webhook-request.ts';

let sent = 0;

/** A message activity (https://github.com/microsoft/botframework-sdk, specs/botframework-activity); replies go to `serviceUrl`. */
export function activityTo(serviceUrl: string): RequestOf {
  return (base, { phone, text }) => {
    sent += 1;
    const body = JSON.stringify({
      type: 'message',
      id: `m${sent}`,
      timestamp: '2026-11-21T12:00:00.000Z',
      channelId: 'emulator',
      serviceUrl,
      from: { id: phone, name: 'Siti', role: 'user' },
      conversation: { id: phone },
      recipient: { id: 'bot', role: 'bot' },
      locale: 'id-ID',
      text,
    });
    return [
      `POST ${WEBHOOK_PATH} HTTP/1.1`,
      `Host: ${base.slice('http://'.length)}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  };
}

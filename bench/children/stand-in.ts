/** As much of Twilio's REST API as sending needs, as lean as it can be: it shares the machine with what is measured. */
import { createServer } from 'node:http';
import { type Child, listening } from '../child.ts';

/** Answers `sent` with how many messages it has taken. */
export async function start(): Promise<Child> {
  let sent = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      sent += 1;
      const sid = `SM${String(sent).padStart(32, '0')}`;
      const body = JSON.stringify({ ...MESSAGE, sid });
      response
        .writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': body.length })
        .end(body);
    });
  });
  return { ...(await listening(server)), ask: async () => sent };
}

/** An answer has this form and about this length (https://www.twilio.com/docs/messaging/api/message-resource). */
const MESSAGE = {
  account_sid: `AC${'b'.repeat(32)}`,
  api_version: '2010-04-01',
  body: 'Nomor Kartu Keluarga (KK)? 16 angka di bagian atas KK.',
  date_created: 'Sat, 21 Nov 2026 12:00:00 +0000',
  date_sent: null,
  date_updated: 'Sat, 21 Nov 2026 12:00:00 +0000',
  direction: 'outbound-api',
  error_code: null,
  error_message: null,
  from: 'whatsapp:+628001234567',
  messaging_service_sid: null,
  num_media: '0',
  num_segments: '1',
  price: null,
  price_unit: null,
  status: 'queued',
  subresource_uris: {},
  to: 'whatsapp:+62810000000001',
  uri: '/2010-04-01/Accounts/AC/Messages/SM.json',
};

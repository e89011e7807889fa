import dns from 'node:dns';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTwilioFetch } from '../../../src/channels/twilio/media-fetch.ts';
import { startTwilioStandIn, type TwilioStandIn } from '../twilio-standin.ts';
import { configFor, listen } from './world.ts';

const PHOTO = { contentType: 'image/jpeg', bytes: Buffer.from('photo of a family card') };
const MEDIA_PATH = '/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1';
const REAL = { accountSid: 'AC1', authToken: 't', apiUrl: 'https://api.twilio.com' };

let standIn: TwilioStandIn;

beforeEach(async () => {
  standIn = await startTwilioStandIn();
});

afterEach(async () => {
  vi.restoreAllMocks();
  nock.cleanAll();
  nock.enableNetConnect();
  await standIn.close();
});

const fetchFrom = (url: string, options = {}) => createTwilioFetch(configFor(standIn), options)(url);

describe('fetching a file from Twilio', () => {
  it('brings the bytes and the type', async () => {
    const file = await fetchFrom(standIn.addMedia(PHOTO));
    expect(file).toEqual({ bytes: PHOTO.bytes, contentType: 'image/jpeg' });
  });

  it('takes what is of the real API from TWILIO_API_URL', async () => {
    const url = standIn.addMedia(PHOTO).replace(standIn.url, 'https://api.twilio.com');
    expect(await fetchFrom(url)).toMatchObject({ contentType: 'image/jpeg' });
  });

  it('shows the account to Twilio, and to nobody it redirects to', async () => {
    const seen: (string | undefined)[] = [];
    const fileStore = await listen(() => (req, res) => {
      seen.push(req.headers.authorization);
      res.writeHead(200, { 'Content-Type': 'image/png' }).end('png');
    });
    const url = standIn.addMedia({
      contentType: 'text/plain',
      redirectTo: `${fileStore.url}/bucket/x?sig=1`,
    });
    expect(await fetchFrom(url)).toEqual({ bytes: Buffer.from('png'), contentType: 'image/png' });
    expect(seen).toEqual([undefined]);
    expect(standIn.requests[0]?.authorization).toMatch(/^Basic /);
    await fileStore.close();
  });

  it.each([404, 410])('says that a file is gone at %i', async (status) => {
    expect(await fetchFrom(standIn.addMedia({ ...PHOTO, status }))).toEqual({ gone: true });
  });

  it.each([
    [500, 'REMOTE_UNAVAILABLE'],
    [503, 'REMOTE_UNAVAILABLE'],
    [429, 'REMOTE_UNAVAILABLE'],
    [403, 'REMOTE_REFUSED'],
    [204, 'REMOTE_UNAVAILABLE'],
  ])('is a fault at %i: %s', async (status, code) => {
    await expect(fetchFrom(standIn.addMedia({ ...PHOTO, status }))).rejects.toMatchObject({ code });
  });

  it('is a fault when the token is wrong', async () => {
    const fetchRemote = createTwilioFetch({ ...configFor(standIn), authToken: 'wrong' });
    await expect(fetchRemote(standIn.addMedia(PHOTO))).rejects.toMatchObject({ code: 'REMOTE_REFUSED' });
  });

  it('takes a file as large as the limit and stops at one that is larger, or endless', async () => {
    const exact = standIn.addMedia({ ...PHOTO, bytes: Buffer.alloc(1000) });
    const larger = standIn.addMedia({ ...PHOTO, bytes: Buffer.alloc(1001) });
    expect(await fetchFrom(exact, { limitBytes: 1000 })).toMatchObject({ contentType: 'image/jpeg' });
    await expect(fetchFrom(larger, { limitBytes: 1000 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    const endless = await listen(() => (_req, res) => {
      const more = () => {
        while (!res.destroyed && res.write(Buffer.alloc(64 * 1024)));
      };
      res.on('drain', more).writeHead(200);
      more();
    });
    const url = standIn.addMedia({ contentType: 'x', redirectTo: endless.url });
    await expect(fetchFrom(url)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await endless.close();
  });

  it('gives up on a file that gets stuck', async () => {
    const url = standIn.addMedia({ ...PHOTO, isStuck: true });
    await expect(fetchFrom(url, { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'REMOTE_UNAVAILABLE',
      retry: true,
    });
  });

  it('gives up on redirects in a circle', async () => {
    const url = standIn.addMedia({
      contentType: 'x',
      redirectTo: MEDIA_PATH.replace('AC1', standIn.accountSid).replace('ME1', 'ME0'),
    });
    await expect(fetchFrom(url)).rejects.toMatchObject({ code: 'REMOTE_REFUSED' });
  });

  it.each([
    'https://example.com/x.jpg',
    'http://api.twilio.com/x',
    'https://api.twilio.com.penipu.id/x',
    'https://api.twilio.com:8443/x',
    'https://api.twilio.com@penipu.id/x',
    'https://evil-api.twilio.com.id/x',
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:1/x',
    'file:///etc/passwd',
    'nonsense',
    '',
  ])('does not touch %s', async (url) => {
    await expect(fetchFrom(url)).rejects.toMatchObject({ code: 'REMOTE_REFUSED', retry: false });
    expect(standIn.requests).toEqual([]);
  });
});

describe('a redirect of the real Twilio', () => {
  /** Had we called the target, the closed net would have made it REMOTE_UNAVAILABLE. */
  const redirectTo = (location: string) => {
    nock.disableNetConnect();
    nock('https://api.twilio.com').get(MEDIA_PATH).reply(307, undefined, { Location: location });
    return createTwilioFetch(REAL)(`https://api.twilio.com${MEDIA_PATH}`);
  };

  it('is followed to its file store', async () => {
    nock('https://mms.twiliocdn.com', { badheaders: ['authorization'] })
      .get('/f')
      .reply(200, 'jpg', { 'Content-Type': 'image/jpeg' });
    expect(await redirectTo('https://mms.twiliocdn.com/f')).toEqual({
      bytes: Buffer.from('jpg'),
      contentType: 'image/jpeg',
    });
  });

  it.each([
    'http://mms.twiliocdn.com/f',
    'https://127.0.0.1/f',
    'https://10.0.0.1/f',
    'https://169.254.169.254/f',
    'https://[::1]/f',
    'https://[::ffff:10.0.0.1]/f',
    'https://0x7f000001/f',
    'https://2130706433/f',
    'ftp://mms.twiliocdn.com/f',
  ])('is not followed to %s', async (location) => {
    await expect(redirectTo(location)).rejects.toMatchObject({ code: 'REMOTE_REFUSED' });
  });

  it('is not followed to a name that resolves to a private address', async () => {
    const answer = [
      { address: '103.10.66.1', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    const lookup = vi.spyOn(dns, 'lookup') as unknown as {
      mockImplementation(fn: (...args: unknown[]) => void): void;
    };
    lookup.mockImplementation((...args) =>
      (args.at(-1) as (error: null, found: typeof answer) => void)(null, answer),
    );
    const fetched = redirectTo('https://innocent.example/f');
    nock.enableNetConnect('innocent.example');
    await expect(fetched).rejects.toMatchObject({ code: 'REMOTE_REFUSED' });
  });
});

import { describe, expect, it } from 'vitest';
import { parseForm } from '../../../src/channels/twilio/form.ts';
import { parseInbound } from '../../../src/channels/twilio/inbound.ts';
import type { Content } from '../../../src/conversation/types.ts';

const URL0 = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1';

function inbound(params: Record<string, string>) {
  const form = { MessageSid: 'SM1', From: 'whatsapp:+6281200000001', NumMedia: '0', Body: '', ...params };
  return parseInbound(parseForm(new URLSearchParams(form).toString()), 1000);
}

function contentOf(params: Record<string, string>): Content {
  const read = inbound(params);
  if (!read.ok) throw new Error(read.reason);
  return read.message.content;
}

const file = (declaredType: string, url = URL0) => ({ source: { kind: 'remote', url }, declaredType });

describe('parseInbound', () => {
  it('reads a WhatsApp message', () => {
    expect(inbound({ Body: 'Bikin KTP' })).toEqual({
      ok: true,
      message: {
        id: 'SM1',
        via: 'twilio',
        from: { channel: 'whatsapp', id: '+6281200000001' },
        at: 1000,
        content: { type: 'text', text: 'Bikin KTP' },
      },
    });
  });

  it.each([
    ['+6281200000001', { channel: 'sms', id: '+6281200000001' }],
    ['whatsapp:+6281200000001', { channel: 'whatsapp', id: '+6281200000001' }],
    ['whatsapp:ID.13491208655302741918', { channel: 'whatsapp', id: 'ID.13491208655302741918' }],
  ])('reads the sender %s', (From, expected) => {
    expect(inbound({ From, Body: 'x' })).toMatchObject({ message: { from: expected } });
  });

  it('takes the WhatsApp user id when the phone number is hidden', () => {
    const read = inbound({ From: '', ExternalUserId: 'ID.1349', Body: 'halo' });
    expect(read).toMatchObject({ ok: true, message: { from: { channel: 'whatsapp', id: 'ID.1349' } } });
  });

  it('prefers the phone number to the user id', () => {
    expect(inbound({ ExternalUserId: 'ID.1349', Body: 'halo' })).toMatchObject({
      message: { from: { id: '+6281200000001' } },
    });
  });

  it.each([
    [{ MessageSid: '' }, 'malformed'],
    [{ From: '' }, 'malformed'],
    [{ From: 'TELKOMSEL' }, 'stranger'],
    [{ From: '3636' }, 'stranger'],
    [{ From: 'messenger:1234567' }, 'stranger'],
  ])('does not take %o: %s', (params, reason) => {
    expect(inbound({ Body: 'x', ...params })).toEqual({ ok: false, reason });
  });

  it('knows an SMS by its older id name', () => {
    expect(inbound({ MessageSid: '', SmsSid: 'SM9', Body: 'x' })).toMatchObject({ message: { id: 'SM9' } });
  });

  it.each<[string, Record<string, string>, Content]>([
    ['a button by its text', { ButtonText: 'Ya', ButtonPayload: 'yes' }, { type: 'text', text: 'Ya' }],
    ['a button by its payload at least', { ButtonPayload: 'yes' }, { type: 'text', text: 'yes' }],
    ['a list row by its title', { ListTitle: 'Akta', ListId: '1' }, { type: 'text', text: 'Akta' }],
    [
      'a place',
      { Latitude: '-0.5022', Longitude: '117.1536' },
      { type: 'location', latitude: -0.5022, longitude: 117.1536 },
    ],
    [
      'a place that is none as text',
      { Latitude: '91', Longitude: '0', Body: 'sini' },
      { type: 'text', text: 'sini' },
    ],
    [
      'a place with its name',
      { Latitude: '1', Longitude: '2', Body: 'Kantor' },
      { type: 'location', latitude: 1, longitude: 2 },
    ],
    ['nothing', {}, { type: 'unknown', kind: 'empty' }],
    ['blank text', { Body: ' \n ' }, { type: 'unknown', kind: 'empty' }],
    ['what WhatsApp calls something else', { MessageType: 'order' }, { type: 'unknown', kind: 'order' }],
    ['a strange MessageType', { MessageType: '<b>' }, { type: 'unknown', kind: 'empty' }],
    [
      'text with a NUL and RTL marks as it is',
      { Body: 'a\0b\u202Ec' },
      { type: 'text', text: 'a\0b\u202Ec' },
    ],
  ])('reads %s', (_, params, expected) => {
    expect(contentOf(params)).toEqual(expected);
  });

  it.each([
    ['audio/ogg', 'voice'],
    ['audio/mpeg; codecs=x', 'voice'],
    ['text/x-vcard', 'contact'],
    ['text/vcard', 'contact'],
    ['image/webp', 'sticker'],
  ])('calls %s a %s, which is no document', (MediaContentType0, kind) => {
    expect(contentOf({ NumMedia: '1', MediaUrl0: URL0, MediaContentType0 })).toEqual({
      type: 'unknown',
      kind,
    });
  });

  it('reads files with their caption and leaves them at Twilio', () => {
    const params = {
      NumMedia: '2',
      MediaUrl0: URL0,
      MediaContentType0: 'image/jpeg',
      MediaUrl1: `${URL0}b`,
      MediaContentType1: 'application/pdf',
    };
    expect(contentOf({ ...params, Body: 'KK saya' })).toEqual({
      type: 'media',
      files: [file('image/jpeg'), file('application/pdf', `${URL0}b`)],
      caption: 'KK saya',
    });
  });

  it('keeps the files of a message that also holds a voice note', () => {
    const params = {
      NumMedia: '2',
      MediaUrl0: `${URL0}v`,
      MediaContentType0: 'audio/ogg',
      MediaUrl1: URL0,
      MediaContentType1: 'image/png',
    };
    expect(contentOf(params)).toEqual({ type: 'media', files: [file('image/png')] });
  });

  it('reads a file of no declared type, for intake to look at', () => {
    expect(contentOf({ NumMedia: '1', MediaUrl0: URL0 })).toEqual({
      type: 'media',
      files: [file('application/octet-stream')],
    });
  });

  it.each(['1', '5', '999999999999', '-1', 'x'])('bears a NumMedia of %s without files', (NumMedia) => {
    expect(['media', 'empty']).toContain((contentOf({ NumMedia }) as { kind: string }).kind);
  });

  it('decodes a long SMS that an operator handed on as base64', () => {
    const text =
      'Saya mau membuat akta kelahiran anak saya yang lahir kemarin di rumah sakit, apa syaratnya?';
    const Body = Buffer.from(text).toString('base64');
    expect(contentOf({ Body })).toEqual({ type: 'text', text });
  });

  it.each(['a'.repeat(64), '6472012345678901'.repeat(4), `${'A'.repeat(60)} kata kata`])(
    'leaves %s alone, though long',
    (Body) => {
      expect(contentOf({ Body })).toEqual({ type: 'text', text: Body });
    },
  );
});

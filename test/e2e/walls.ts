/** An office with two cases, everybody who works there, and all ways to read a file. */
import { createMediaUrls } from '../../src/documents/media-urls.ts';
import { phoneOf, type Running, startWhole } from '../channels/simulator/phone.ts';
import { jpeg } from '../documents/samples.ts';
import { type Clerk, signInClerk } from './clerk.ts';

const ROLES = ['operator', 'verifier', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number] | 'supervisor';

/** One citizen's case. */
export interface Case {
  conversation: string;
  number: string;
  pin: string;
  /** What the citizen sent, and what the bot made. */
  photo: string;
  receipt: string;
}

export interface Walls {
  running: Running;
  url: string;
  staff: Record<Role, Clerk>;
  own: Case;
  other: Case;
  /** A photo that came with the report of an illegal fee. */
  reported: string;
  /** Of whoever brings files by SMS: the address of the upload page, and the phone. */
  uploadLink: string;
  sms: ReturnType<typeof phoneOf>;
  close(): Promise<void>;
}

export async function openWalls(): Promise<Walls> {
  const running = await startWhole({ LOG_LEVEL: 'silent' });
  const staff = await hire(running);
  const own = await fileCase(running, '+6281200000401', 1);
  const other = await fileCase(running, '+6281200000402', 2);
  const sms = phoneOf(running, '+6281200000403', 'sms');
  let said = '';
  for (const text of ['halo', 'ktp hilang', 'setuju', 'hilang', ...PERSON]) said = await sms.say(text);
  const [uploadLink = 'none'] = /http\S+\/f\/[\w-]+/.exec(said) ?? [];
  const reported = await report(running, '+6281200000404');
  return { running, url: running.url, staff, own, other, reported, uploadLink, sms, close: running.stop };
}

const PERSON = ['Siti Rahmawati', '6408044502900042', '6408041203150042', '081234567890'];

export async function hire(running: Running): Promise<Record<Role, Clerk>> {
  const { url, firstOperator } = running;
  if (!firstOperator) throw new Error('the first account is not there');
  const { username, password: oneTime } = firstOperator;
  const supervisor = await signInClerk(url, { username, oneTime });
  const hired = ROLES.map(async (role) => {
    const username = `staf-${role}`;
    const body = { username, name: role, role };
    const { password } = await supervisor.done<{ password: string }>(url, 'POST', '/operators', body);
    return [role, await signInClerk(url, { username, oneTime: password })] as const;
  });
  const others = Object.fromEntries(await Promise.all(hired)) as Record<(typeof ROLES)[number], Clerk>;
  return { supervisor, ...others };
}

/** A lost identity card, to be sent by WhatsApp. */
export async function fileCase(running: Running, from: string, page: 1 | 2): Promise<Case> {
  const phone = phoneOf(running, from);
  const photo = photoOf(page);
  const lines = ['halo', 'ktp hilang', 'setuju', 'hilang', ...PERSON, photo, photo, 'ya', '1'];
  const said: string[] = [];
  for (const line of lines) said.push(await phone.say(line));
  const { messages, state } = await phone.screen();
  const files = (direction: string) =>
    messages.filter((one) => one.direction === direction).flatMap(({ media }) => media.map(({ url }) => url));
  const idOf = (url: string | undefined) => url?.split('/').at(-1) ?? 'no file';
  const [, pin = ''] = /PIN\D{0,12}(\d{6})/.exec(messages.map(({ text }) => text).join('\n')) ?? [];
  const number = state.applications.at(-1) ?? 'no number';
  const found = await running.store.applications.find(number);
  return {
    ...{ conversation: found?.conversation ?? 'none', number, pin },
    photo: idOf(files('in').at(0)),
    receipt: idOf(files('out').at(-1)),
  };
}

/** Somebody was asked for money, and has a photo of it. */
async function report(running: Running, from: string): Promise<string> {
  const phone = phoneOf(running, from);
  for (const line of ['halo', 'lapor pungli', 'petugas', photoOf(0)]) await phone.say(line);
  const { messages } = await phone.screen();
  return (
    messages
      .flatMap(({ media }) => media)
      .at(-1)
      ?.url.split('/')
      .at(-1) ?? 'no file'
  );
}

function photoOf(page: 0 | 1 | 2) {
  const base64 = jpeg(0, page).toString('base64');
  return { media: [{ contentType: 'image/jpeg', fileName: 'KTP Siti.jpg', base64 }] };
}

/** The address that a provider is given for a file, good from now on. */
export function mediaUrlOf({ running, url }: Walls, file: string): Promise<string> {
  const { store, vault, clock } = running;
  const { mediaUrl } = createMediaUrls({ sealer: store.sealer, publicUrl: url, vault, clock });
  return mediaUrl({ file, contentType: 'image/jpeg', sizeBytes: 0 });
}

/** Ids as a guesser writes them, made of one that is right. */
export function crooked(id: string): string[] {
  return [
    id.toUpperCase() === id ? id.toLowerCase() : id.toUpperCase(),
    id.slice(0, -1),
    `${id}0`,
    `${id}%00`,
    `${id}%20`,
    `%20${id}`,
    `..%2f${id}`,
    `.%2f${id}`,
    `..%2f..%2f..%2fetc%2fpasswd`,
    `%2e%2e%2f${id}`,
    `%252e%252e%252f${id}`,
    `files%5c..%5c${id}`,
    `${id}%2f..%2f${id}`,
    `${id};x=1`,
    `${id}.jpg`,
    '%ff%fe',
    '0',
    'undefined',
    '__proto__',
  ];
}

/** Citizens who file a request over the simulator, papers and all. */
import { randomUUID } from 'node:crypto';
import type { Phone, Screen } from './phone.ts';

const PERSON = ['Siti Rahmawati', '6408044502900042', '6408041203150042', '081234567890'];
const FOUNDLING = [
  'keluarga',
  'anak temuan',
  '12-05-2020',
  'Bintang Fajar',
  'laki laki',
  'rumah',
  'Samarinda',
  ...['Budi Santoso', '6408041205900043', 'Ani Suryani', '6408044502900044'],
];

/** A lost identity card, with its two photos; answers the number. */
export async function fileLostCard(citizen: Citizen, photo: Buffer): Promise<string> {
  await citizen.phone.dialogue(['halo', 'ktp hilang', 'setuju', 'hilang', ...PERSON]);
  await citizen.send(photo, ({ state }) => state.step === 'kk_foto');
  await citizen.send(photo, ({ state }) => state.expects === 'confirm');
  await citizen.phone.dialogue(['ya']);
  await citizen.phone.say('1');
  return numberOf(await citizen.phone.until(({ state }) => state.applications.length > 0, 'the number'));
}

/** A birth certificate that goes out as PDF; answers the number. */
export async function fileBirth(citizen: Citizen, photo: Buffer): Promise<string> {
  await citizen.phone.dialogue(['bikin akta kelahiran', 'setuju', ...PERSON, 'lewati', ...FOUNDLING]);
  await citizen.send(photo, ({ messages }) => /SELESAI/.test(messages.at(-1)?.text ?? ''));
  await citizen.phone.dialogue(['selesai']);
  await citizen.send(photo, ({ state }) => state.step === 'ambil_cara');
  await citizen.phone.dialogue(['pdf']);
  await citizen.phone.say('ya');
  return numberOf(await citizen.phone.until(({ state }) => state.applications.length > 0, 'the number'));
}

/** A phone of the simulator that also sends photos. */
export interface Citizen {
  phone: Phone;
  /** Sends a photo; resolves when the screen is as wanted and the bot has answered. */
  send(photo: Buffer, isRight: (screen: Screen) => boolean): Promise<Screen>;
}

export function createCitizen(url: string, from: string, phone: Phone): Citizen {
  return {
    phone,
    async send(photo, isRight) {
      const before = (await phone.screen()).messages.length;
      const response = await fetch(`${url}/simulator/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          channel: 'whatsapp',
          from,
          id: randomUUID(),
          media: [{ contentType: 'image/jpeg', fileName: 'foto.jpg', base64: photo.toString('base64') }],
        }),
      });
      if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
      return phone.until(
        (screen) =>
          screen.messages.length > before + 1 &&
          screen.messages.at(-1)?.direction === 'out' &&
          isRight(screen),
        'the answer to a photo',
      );
    },
  };
}

function numberOf({ state }: Screen): string {
  return state.applications.at(-1) ?? 'no number';
}

/** Chats of the morning on which the pictures are taken. */
import type { Entry } from '../../src/conversation/types.ts';
import type { Papers } from './papers.ts';
import { birthAnswers, lostCardAnswers, person } from './people.ts';
import { act, type Team } from './team.ts';

/** Conversations, by what they show. */
export interface Chats {
  main: string;
  held: string;
  shut: string;
  complaint: string;
  photos: string;
  sms: string;
}

/** Those who wait, those who are being answered, and what was given up. */
export async function thisMorning(team: Team, papers: Papers): Promise<Chats> {
  const { office, siti, budi } = team;
  office.at('2026-11-23T08:50');
  const late = person(11);
  const shut = await office.say(late, [
    ...lostCardAnswers(late),
    'petugas',
    'KTP saya hilang di Balikpapan, surat polisinya dari sana. Apakah bisa dipakai?',
  ]);
  office.at('2026-11-24T08:12');
  const complaint = await office.say(person(12), [
    ...['mau lapor pungli', 'PETUGAS'],
    'Kemarin di kantor desa saya diminta Rp150.000 untuk surat pengantar KTP. Buktinya ada, ini fotonya.',
  ]);
  office.at('2026-11-24T08:31');
  const wife = { ...person(0), name: 'Dewi Lestari', nik: '6408045205919902', kk: '6408041203159901' };
  const main = await office.say(wife, [
    ...[...lostCardAnswers(wife), papers.policeLetter],
    ...[
      'KK saya ikut hilang',
      'yang ada hanya fotokopi dari 2015',
      'jadi bagaimana, apakah bisa pakai fotokopi?',
    ],
  ]);
  office.at('2026-11-24T08:44');
  await office.say(person(13), [
    ...['halo', 'ktp hilang'],
    'pelayanan kalian lama banget, sudah tiga kali saya ke kantor disuruh bolak balik terus',
  ]);
  office.at('2026-11-24T08:52');
  const sms = await office.say(person(14, 'sms'), [
    ...[...lostCardAnswers(person(14)).slice(0, 5), 'petugas'],
    'NIK saya di KK dan di KTP lama beda satu angka',
  ]);
  office.at('2026-11-24T08:57');
  const photos = await office.say(person(15), [
    ...[...birthAnswers(person(15)), papers.birthLetter, 'ya', papers.blurred, 'petugas'],
    'buku nikah saya sudah luntur, ini yang paling jelas',
  ]);
  office.at('2026-11-24T09:02');
  await office.say(person(16), [
    'akta kematian',
    'setuju',
    person(16).name,
    'petugas',
    'bapak saya meninggal di rumah, surat dari siapa ya?',
  ]);
  const held = await office.say(person(17), ['halo', 'petugas', 'kapan blangko KTP ada lagi?']);
  office.at('2026-11-24T09:18');
  await budi.call('POST', `/conversations/${held}/claim`);
  await budi.call('POST', `/conversations/${held}/reply`, act('Baik, Ibu. Saya periksa dahulu ya.'));
  await siti.call('POST', `/conversations/${main}/claim`);
  await siti.call(
    'POST',
    `/conversations/${main}/note`,
    act('Sudah saya cek: KK tahun 2015 ada di arsip. Bisa dicetak ulang hari ini.'),
  );
  await giveUp(team, [sms, shut]);
  return { main, held, shut, complaint, photos, sms };
}

/** The provider would not take a message, and a piece of work failed: both were tried in vain. */
async function giveUp({ office }: Team, [first = '', second = '']: readonly string[]): Promise<void> {
  const { conversations, jobs } = office.service.store;
  for (const [at, id] of [first, second].entries()) {
    const known = await conversations.load(id);
    if (!known) throw new Error('nobody has written');
    const version = known.version + 1;
    const effect = `${id}.${version}.e`;
    const entry: Entry = {
      id: `${id}.${version}.0`,
      direction: 'out',
      author: 'bot',
      at: office.service.clock.now(),
      text: 'Petugas kami segera menjawab.',
      files: [],
      status: 'failed',
    };
    await conversations.commit({
      conversation: { ...known, version },
      entries: at === 0 ? [entry] : [],
      effects: [
        at === 0
          ? { id: effect, type: 'say', params: { entry: entry.id } }
          : { id: effect, type: 'receipt', params: {} },
      ],
      timers: { set: [], cancel: [] },
      amended: [],
    });
    const buried = { at: office.service.clock.now(), tries: at === 0 ? 8 : 1 };
    await jobs.bury(effect, { ...buried, reason: at === 0 ? 'REMOTE_REFUSED' : 'BUG' });
  }
}

/** The days before: what the statistics, the closed chats and the filers show. */
import type { Clerk } from './office.ts';
import type { Papers } from './papers.ts';
import { birth, lostCard, lostCardAnswers, type Person, person } from './people.ts';
import { act, decide, file, type Team } from './team.ts';

/** How talks with a person begin; those who ask about a service are shown with its name. */
const ASKED: readonly (readonly string[])[] = [
  ['ktp hilang', 'setuju', 'petugas', 'kantor buka hari Jumat?'],
  ['akta kematian', 'setuju', 'petugas', 'ini untuk bapak saya, buka hari Jumat?'],
  ['halo', 'petugas', 'Jumat buka sampai jam berapa?'],
  ['anak saya baru lahir', 'setuju', 'petugas', 'hari Jumat bisa ambil?'],
];
let acts = 0;

/** Somebody asks, waits, is answered and handed back. */
async function answered(team: Team, by: Clerk, who: Person, at: { day: string; from: string; to: string }) {
  team.office.at(`${at.day}T${at.from}`);
  const chat = await team.office.say(who, [...(ASKED[acts++ % ASKED.length] ?? [])]);
  team.office.at(`${at.day}T${at.to}`);
  await by.call('POST', `/conversations/${chat}/claim`);
  await by.call(
    'POST',
    `/conversations/${chat}/reply`,
    act('Buka, Bapak/Ibu, pukul 08.00 sampai 10.00 WITA.'),
  );
  await by.call('POST', `/conversations/${chat}/resolve`);
}

const DAYS: readonly { day: string; filed: number; waits: readonly [string, string][] }[] = [
  {
    day: '2026-11-18',
    filed: 2,
    waits: [
      ['08:10', '08:22'],
      ['10:05', '10:11'],
      ['13:30', '14:20'],
    ],
  },
  {
    day: '2026-11-19',
    filed: 3,
    waits: [
      ['08:05', '08:09'],
      ['09:40', '10:02'],
    ],
  },
  {
    day: '2026-11-20',
    filed: 1,
    waits: [
      ['08:20', '08:24'],
      ['09:00', '09:16'],
      ['10:10', '10:13'],
    ],
  },
  {
    day: '2026-11-23',
    filed: 2,
    waits: [
      ['08:00', '08:03'],
      ['11:10', '11:19'],
      ['13:05', '13:11'],
      ['14:10', '14:14'],
    ],
  },
];

/** Four days of work. */
export async function pastDays(team: Team, papers: Papers): Promise<void> {
  let next = 30;
  for (const { day, filed, waits } of DAYS) {
    for (const [at, [from, to]] of waits.entries())
      await answered(team, at % 2 === 0 ? team.siti : team.budi, person(++next), { day, from, to });
    for (let one = 0; one < filed; one += 1) {
      team.office.at(`${day}T09:${String(20 + one * 7)}`);
      const who = person(++next, one === 1 ? 'sms' : 'whatsapp');
      const number = await file(team, who, one === 2 ? birth(who, papers) : lostCard(who, papers));
      team.office.at(`${day}T14:${String(10 + one)}`);
      await decide(one % 2 === 0 ? team.budi : team.rina, number, 'take', 'approve', 'produce', 'finish');
    }
    await begunOnly(team, day, next);
  }
}

/** Some stop on the way: the statistics show where. */
async function begunOnly({ office }: Team, day: string, next: number): Promise<void> {
  office.at(`${day}T19:00`);
  const stops = [4, 5, 5, 5, 6, 7];
  for (const [at, stop] of stops.slice(0, 3 + (next % 3)).entries()) {
    const who = person(200 + next * 7 + at);
    await office.say(who, lostCardAnswers(who).slice(0, stop));
  }
}

/** One phone that files for many families. */
export async function village({ office, budi, rina }: Team): Promise<void> {
  office.at('2026-11-20T08:00');
  let chat = '';
  for (const at of [60, 61, 62, 63, 64]) {
    const neighbour = { ...person(at), phone: '+6281299990909' };
    chat = await office.say(neighbour, [...lostCardAnswers(neighbour), 'loket', 'loket', 'ya', '1']);
  }
  const { applications } = await rina.call<{ applications: { number: string }[] }>(
    'GET',
    `/conversations/${chat}`,
  );
  const handedOver = { decision: 'hand-over', oldCard: false };
  for (const { number } of applications)
    await decide(budi, number, 'take', 'approve', 'produce', 'finish', handedOver);
}

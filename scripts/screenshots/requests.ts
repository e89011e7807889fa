/** Requests of the last days. */
import type { Papers } from './papers.ts';
import { birth, lostCard, person } from './people.ts';
import { decide, file, refuse, type Team } from './team.ts';

/** Numbers, by what they show. */
export interface Requests {
  checking: string;
  producing: string;
  ready: string;
}

/** One in each state, one of them late. */
export async function openRequests(team: Team, papers: Papers): Promise<Requests> {
  const { office, budi, rina } = team;
  office.at('2026-11-19T10:40');
  await file(team, person(2), lostCard(person(2), papers));
  const refused = await file(team, person(3), lostCard(person(3), papers));
  await decide(rina, refused, 'take', {
    decision: 'reject',
    reason: 'Bapak/Ibu terdaftar di kabupaten lain.',
  });

  office.at('2026-11-23T08:30');
  const correcting = await file(
    team,
    person(4),
    lostCard(person(4), { ...papers, familyCard: papers.faint }),
  );
  await decide(budi, correcting, 'take');
  await refuse(budi, correcting, 'kk_foto', 'Fotonya buram, tulisan belum terbaca.');
  await decide(budi, correcting, 'ask-correction');
  office.at('2026-11-23T09:00');
  const ready = await file(team, person(5), lostCard(person(5), papers));
  await decide(budi, ready, 'take', 'approve', 'produce', 'finish');
  office.at('2026-11-23T09:30');
  const approved = await file(team, person(6, 'sms'), lostCard(person(6, 'sms'), papers));
  await decide(rina, approved, 'take', 'approve');
  office.at('2026-11-23T11:00');
  const producing = await file(team, person(1), birth(person(1), papers));
  await decide(budi, producing, 'take', 'approve', 'produce');
  const checking = await file(team, person(7), birth(person(7), papers));
  await decide(budi, checking, 'take');

  office.at('2026-11-24T07:45');
  await file(team, person(8), lostCard(person(8), papers));
  await file(team, person(9, 'sms'), lostCard(person(9, 'sms'), papers));
  await file(team, person(10), birth(person(10), papers));
  return { checking, producing, ready };
}

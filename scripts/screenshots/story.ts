/** A believable week of a small office, and the morning on which the pictures are taken. */
import { type Chats, thisMorning } from './morning.ts';
import { openOffice } from './office.ts';
import type { Papers } from './papers.ts';
import { pastDays, village } from './past-days.ts';
import { openRequests, type Requests } from './requests.ts';
import type { Team } from './team.ts';
import { visitsOfToday } from './visits.ts';

export interface Story extends Team {
  chats: Chats;
  requests: Requests;
}

/** When the pictures are taken, in the office's time. */
export const NOW = '2026-11-24T09:20';

export async function tellStory(papers: Papers): Promise<Story> {
  const office = await openOffice();
  const siti = await office.hire('Siti Rahmah', 'siti', 'operator');
  const budi = await office.hire('Budi Santoso', 'budi', 'verifier');
  const rina = await office.hire('Rina Marlina', 'rina', 'supervisor');
  const team = { office, siti, budi, rina };
  await pastDays(team, papers);
  await village(team);
  const requests = await openRequests(team, papers);
  const chats = await thisMorning(team, papers);
  await visitsOfToday(team);
  return { ...team, chats, requests };
}

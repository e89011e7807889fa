/** Who comes today, the queue, and a district office without electricity. */
import { join } from 'node:path';
import { readOffice } from '../../src/read-files.ts';
import { bookCitizens } from '../../test/e2e/booked.ts';
import { person } from './people.ts';
import type { Team } from './team.ts';

const MAIN = 'kantor';
const office = readOffice({ officeFile: join(import.meta.dirname, '..', '..', 'office.yaml') });

/** After the day has begun: some are here, some are on their way, one waits for an answer. */
export async function visitsOfToday(team: Team): Promise<void> {
  const { service, at } = team.office;
  at('2026-11-24T07:55');
  const names = Array.from({ length: 24 }, (_, i) => person(30 + i).name);
  const here = { count: 14, office, point: MAIN, from: service.clock.now(), firstPhone: 99_100_000 };
  const today = await bookCitizens(service, { ...here, perSlot: 3, names });
  const thursday = service.clock.now() + 2 * 24 * 3_600_000;
  const district = { count: 18, office, point: 'kecamatan-hulu', from: thursday, firstPhone: 99_200_000 };
  await bookCitizens(service, { ...district, names });
  at('2026-11-24T09:05');
  const mark = (visit: number, kind: string) =>
    team.siti.call('POST', `/visits/${encodeURIComponent(today[visit]?.booking.id ?? '')}/marks`, {
      ...{ mark: kind, isOn: true },
    });
  for (const visit of [0, 1, 3, 4]) await mark(visit, 'served');
  for (const visit of [5, 6]) await mark(visit, 'arrived');
  await mark(2, 'missed');
  await queueUp(team);
  await team.rina.call('POST', '/outages', {
    ...{ point: 'kecamatan-hulu', cause: 'closed', reason: 'Listrik padam.', until: '2026-12-01' },
  });
}

async function queueUp({ office: { at }, siti }: Team): Promise<void> {
  const desk = { point: MAIN, activity: 'submit' };
  at('2026-11-24T08:20');
  for (let number = 0; number < 9; number += 1) await siti.call('POST', '/queue/tickets', desk);
  at('2026-11-24T09:05');
  const call = () => siti.call<{ ticket: { id: string } }>('POST', '/queue/call', desk);
  const { ticket } = await call();
  await siti.call('POST', `/queue/tickets/${encodeURIComponent(ticket.id)}`, { outcome: 'served' });
  await call();
  await call();
}

import { fullLoad } from '../load.ts';
import type { Finding, Measure } from '../measure.ts';
import { compare } from '../pairs.ts';
import { type ChildHandle, startChild } from '../start-child.ts';
import { loadTurn } from '../turn.ts';
import { detailOf } from '../words.ts';
import { startFloor } from './floors.ts';

const CONNECTIONS = 16;

/** Every reply goes to a stand-in for Twilio over HTTP, and is marked sent. */
export const roundTrip: Measure = {
  name: 'round-trip',
  title: 'Webhook, step, commit, reply sent to a stand-in for Twilio, marked sent',
  async run({ isQuick, note }) {
    const standIn = await startChild('stand-in');
    const [loket, floor] = [await startChild('loket', { apiUrl: standIn.url }), await startFloor(5)];
    const load = { connections: CONNECTIONS, seconds: isQuick ? 1 : 2 };
    note('warming up');
    await loadTurn(loket, { ...load, seconds: isQuick ? 3 : 12 });
    await loadTurn(floor, { ...load, seconds: isQuick ? 1 : 4 });
    note(`${CONNECTIONS} connections`);
    const found = await compare(
      () => loadTurn(loket, { ...load, isToTheEnd: true }),
      () => loadTurn(floor, load),
      isQuick ? 5 : 7,
    );
    const trip: Finding = {
      what: `full round trip, ${CONNECTIONS} connections`,
      value: found.rateRatio,
      unit: 'x floor 5',
      aim: { atLeast: 0.75 },
      detail: detailOf(found),
    };
    const kept: Finding[] = [];
    for (const connections of [CONNECTIONS, 64]) {
      note(`full load at ${connections} connections`);
      kept.push(await keepingUp(loket, standIn, { connections, seconds: isQuick ? 10 : 30 }));
    }
    await Promise.all([loket.stop(), floor.stop(), standIn.stop()]);
    return [trip, ...kept];
  },
};

/** Counts at the moment the load ends: what is still to be sent then counts as not sent. */
async function keepingUp(
  loket: ChildHandle,
  standIn: ChildHandle,
  load: { connections: number; seconds: number },
): Promise<Finding> {
  await loket.ask('drain');
  const before = await standIn.ask<number>('sent');
  const { requests } = await fullLoad({ url: loket.url, ...load });
  const sent = (await standIn.ask<number>('sent')) - before;
  const waiting = await loket.ask<number>('size');
  await loket.ask('drain');
  return {
    what: `replies sent by the end of ${load.seconds} s of full load, ${load.connections} connections`,
    value: sent / requests,
    unit: 'x accepted',
    aim: { atLeast: 0.99 },
    detail: `${requests} accepted, ${sent} sent, ${waiting} under way`,
  };
}

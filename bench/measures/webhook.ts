import type { Finding, Measure } from '../measure.ts';
import { compare } from '../pairs.ts';
import { startChild } from '../start-child.ts';
import { loadTurn } from '../turn.ts';
import { detailOf } from '../words.ts';
import { startFloor } from './floors.ts';

/**
 * The whole service as a web process beside floor 5: a message is authenticated, understood, answered in the transcript
 * and committed with the effects that it asks for. These wait for a worker, as floor 5's outbox does; the round trip
 * has the sending.
 */
export const webhook: Measure = {
  name: 'webhook',
  title: 'Signed Twilio webhook to durable commit of the whole step; replies wait in the store for a worker',
  async run({ isQuick, note }) {
    const [loket, floor] = [await startChild('loket', { isSending: false }), await startFloor(5)];
    const seconds = isQuick ? 1 : 2;
    note('warming up');
    await loadTurn(loket, { connections: 64, seconds: isQuick ? 3 : 12 });
    await loadTurn(floor, { connections: 64, seconds: isQuick ? 1 : 4 });
    const findings: Finding[] = [];
    for (const connections of [1, 16, 64, 256]) {
      note(`${connections} connections`);
      const load = { connections, seconds };
      const found = await compare(
        () => loadTurn(loket, load),
        () => loadTurn(floor, load),
        isQuick ? 5 : 7,
      );
      findings.push({
        what: `webhook to commit, ${connections} connections`,
        value: found.rateRatio,
        unit: 'x floor 5',
        ...(connections === 64 ? { aim: { atLeast: 1.1 } } : {}),
        detail: detailOf(found),
      });
    }
    await Promise.all([loket.stop(), floor.stop()]);
    return findings;
  },
};

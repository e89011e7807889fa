import type { Finding, Measure } from '../measure.ts';
import { compare } from '../pairs.ts';
import { type ChildHandle, startChild } from '../start-child.ts';
import { loadTurn } from '../turn.ts';
import { detailOf } from '../words.ts';

const NAMES: Record<number, string> = {
  1: 'floor 1: bare node:http',
  2: 'floor 2: express 5 with form parsing',
  3: 'floor 3: and twilio.validateRequest',
  4: 'floor 4: and a commit a request',
  6: 'floor 6: floor 5 without the fsync of each group',
};

/** What each layer costs on this machine: every floor beside floor 5. */
export const floors: Measure = {
  name: 'floors',
  title: 'The floors themselves, beside floor 5 (express 5, form, twilio.validateRequest, group commit FULL)',
  async run({ isQuick, note }) {
    const floor5 = await startFloor(5);
    const findings: Finding[] = [];
    for (const number of [1, 2, 3, 4, 6]) {
      const floor = await startFloor(number);
      for (const connections of isQuick ? [64] : [16, 64]) {
        note(`floor ${number} at ${connections} connections`);
        const load = { connections, seconds: isQuick ? 0.5 : 1 };
        const found = await compare(
          () => loadTurn(floor, load),
          () => loadTurn(floor5, load),
          5,
        );
        findings.push({
          what: `${NAMES[number]}, ${connections} connections`,
          value: found.rateRatio,
          unit: 'x floor 5',
          detail: detailOf(found),
        });
      }
      await floor.stop();
    }
    await floor5.stop();
    return findings;
  },
};

/** Starts floor 1 to 6 as a process of its own. */
export function startFloor(floor: number): Promise<ChildHandle> {
  return floor === 1 ? startChild('bare') : startChild('express', { floor });
}

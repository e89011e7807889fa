import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChance } from './seeded.ts';
import { loket, type ServiceProcess, startService, temporaryDir } from './service-process.ts';
import { walk } from './stranger.ts';

/** As `loket flows list --json` gives them. */
interface Listed {
  id: string;
  title: { id: string; en: string };
  mode: 'online' | 'appointment' | 'information';
  steps: { id: string; type: string; optional: boolean; condition: unknown }[];
}

/** Different answers to the same questions: other branches. */
const SEEDS = [1, 2, 3];
const CHANNELS = ['whatsapp', 'sms'] as const;

const data = temporaryDir();
let service: ServiceProcess;
let services: Listed[];
let phones = 0;

beforeAll(async () => {
  const [started, listed] = await Promise.all([
    startService({ DATA_DIR: data.dir, LOG_LEVEL: 'fatal' }),
    loket(['flows', 'list', '--json'], {}),
  ]);
  service = started;
  services = JSON.parse(listed.out);
}, 60_000);

afterAll(async () => {
  await service?.stop();
  data.remove();
});

function stranger(channel: 'whatsapp' | 'sms', seed: number) {
  const from = `+62877${10_000_000 + ++phones}`;
  return { url: service.url, channel, from, chance: createChance(seed) };
}

describe('somebody who knows only the contract', () => {
  it.each(CHANNELS)(
    'files every request on %s, whatever is chosen on the way',
    async (channel) => {
      const forms = services.filter(({ mode }) => mode !== 'information');
      expect(forms.map(({ id }) => id)).toContain('akta-kelahiran');
      const journeys = forms.flatMap(({ id, title }) =>
        SEEDS.map(async (seed) => {
          const { state } = await walk(stranger(channel, seed), seed % 2 ? title.id : title.en);
          return { id, seed, status: state.status, filed: state.applications.length };
        }),
      );
      for (const journey of await Promise.all(journeys)) {
        expect(journey).toEqual({ ...journey, status: 'idle', filed: 1 });
      }
    },
    60_000,
  );

  it.each(CHANNELS)(
    'is informed on %s by the title of every service that has no form',
    async (channel) => {
      const answers = services.filter(({ steps }) => steps.length === 0);
      const journeys = answers.map(async ({ id, title }) => {
        const { messages, state } = await walk(stranger(channel, 1), title.id);
        const [, reply] = messages;
        return { id, status: state.status, isLong: (reply?.text.length ?? 0) > 100 };
      });
      for (const journey of await Promise.all(journeys)) {
        expect(journey).toEqual({ ...journey, status: 'idle', isLong: true });
      }
    },
    30_000,
  );
});

/** The pure step alone: text of a stored conversation in, text of the next one and what follows out. No store. */

import { readFiles } from '../../src/config.ts';
import { createPresenter } from '../../src/conversation/present.ts';
import type { Step } from '../../src/conversation/step.ts';
import { createStep } from '../../src/conversation/step.ts';
import type { Conversation, Event, StepWorld } from '../../src/conversation/types.ts';
import { createCommands } from '../../src/flows/commands.ts';
import { createTalkMachine } from '../../src/flows/talk-machine.ts';
import { createUnderstanding } from '../../src/flows/understanding.ts';
import { readFlows } from '../../src/read-files.ts';
import { loadRegions } from '../../src/regions.ts';
import type { Child } from '../child.ts';
import { DIALOGUE } from '../dialogue.ts';

const TIME_ZONE = 'Asia/Makassar';
const CAN: StepWorld['can'] = {
  mediaIn: true,
  mediaOut: true,
  locationIn: true,
  textForm: 'long',
  textLimit: 1600,
};

/** Answers `run` {seconds} with the dialogues walked through. */
export async function start(): Promise<Child> {
  const step = realStep();
  return {
    url: '',
    ask: async (_question, details) => run(step, (details as { seconds: number }).seconds),
    stop: async () => {},
  };
}

function realStep(): Step {
  const flows = readFlows(readFiles({}));
  const words = { id: '-', en: '-' };
  const facts = { office: words, region: words, address: words, website: words, hours: words };
  return createStep({
    machine: createTalkMachine(flows),
    knowledge: {
      flows,
      commands: createCommands(flows),
      understanding: createUnderstanding(flows),
      answerContext: { timeZone: TIME_ZONE, regions: loadRegions() },
      places: { find: () => undefined },
    },
    presenter: createPresenter({ flows, facts: () => facts, timeZone: TIME_ZONE }),
    timeZone: TIME_ZONE,
  });
}

function run(step: Step, seconds: number): { steps: number; cpuUs: number } {
  const before = process.cpuUsage();
  const endMs = performance.now() + seconds * 1000;
  let steps = 0;
  while (performance.now() < endMs) steps += walk(step);
  const { user, system } = process.cpuUsage(before);
  return { steps, cpuUs: user + system };
}

function walk(step: Step): number {
  let stored = JSON.stringify(NEW);
  for (const [index, text] of DIALOGUE.entries()) {
    const event: Event = { type: 'citizen.message', id: `m${index}`, at: 0, content: { type: 'text', text } };
    const now = Date.now();
    const commit = step(JSON.parse(stored) as Conversation, { ...event, at: now }, { now, can: CAN });
    stored = JSON.stringify(commit.conversation);
  }
  return DIALOGUE.length;
}

const NEW: Conversation = {
  id: 'c'.repeat(32),
  version: 0,
  citizen: 'citizen',
  channel: 'whatsapp',
  via: 'twilio',
  address: '+62810000000001',
  flow: '',
  snapshot: null,
  attention: { status: 'bot' },
  lastInboundAt: 0,
  held: [],
  applications: [],
};

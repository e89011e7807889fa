/** Phones that file for many unrelated families: brokers, or village officers who may. */
import type { Clock } from '../../clock.ts';
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Flows } from '../../flows/schema.ts';
import type { Json } from '../../json.ts';
import { maskNumbers } from '../inbox/mask.ts';
import type { Filers } from '../schemas/supervision.ts';
import type { Officers } from './officers.ts';
import { eachApplication } from './pages.ts';
import type { FiledApplications } from './ports.ts';

/** One's own family, the parents' and the parents-in-law's are three; a helpful neighbour rarely needs a fourth in a season. */
const FAMILIES_OF_A_BROKER = 4;
const SPAN_MS = 90 * 24 * 3_600_000;

export interface FilerDeps {
  applications: Pick<FiledApplications, 'list'>;
  conversations: Pick<ConversationStore, 'load'>;
  flows: Pick<Flows, 'services'>;
  officers: Pick<Officers, 'list'>;
  clock: Clock;
}

interface Filing {
  applications: number;
  families: Set<string>;
  lastAt: number;
}

/**
 * Conversations with applications for at least `FAMILIES_OF_A_BROKER` numbers of family cards (KK) in the last 90 days, and
 * all that are known as officers; those who are not come first, then by families. Numbers of cards do not leave here.
 */
export async function listFilers(deps: FilerDeps): Promise<Filers> {
  const [filings, officers] = await Promise.all([readFilings(deps), deps.officers.list()]);
  const many = [...filings].filter(([, { families }]) => families.size >= FAMILIES_OF_A_BROKER);
  const ids = new Set([...many.map(([id]) => id), ...officers.keys()]);
  const rows = await Promise.all(
    [...ids].map(async (id) => {
      const conversation = await deps.conversations.load(id);
      const filing = filings.get(id);
      // Erased meanwhile.
      if (!conversation) return [];
      return [
        {
          conversation: id,
          address: maskNumbers(conversation.address),
          applications: filing?.applications ?? 0,
          families: filing?.families.size ?? 0,
          lastAt: filing?.lastAt ?? conversation.lastInboundAt,
          officer: officers.get(id) ?? null,
        },
      ];
    }),
  );
  const filers = rows
    .flat()
    .sort((a, b) => Number(!!a.officer) - Number(!!b.officer) || b.families - a.families);
  return { filers };
}

async function readFilings({ applications, flows, clock }: FilerDeps): Promise<Map<string, Filing>> {
  const filings = new Map<string, Filing>();
  const span = { submittedFrom: clock.now() - SPAN_MS };
  for await (const { conversation, service, answers, submittedAt } of eachApplication(applications, span)) {
    const filing = filings.get(conversation) ?? { applications: 0, families: new Set(), lastAt: 0 };
    filing.applications += 1;
    filing.lastAt = Math.max(filing.lastAt, submittedAt);
    const card = findCard(flows.services[service], answers);
    if (card) filing.families.add(card);
    filings.set(conversation, filing);
  }
  return filings;
}

/** The number of the first family card that the form asks for: the applicant's. */
function findCard(
  service: Flows['services'][string] | undefined,
  answers: { [step: string]: Json },
): string | undefined {
  const step = service?.steps.find(({ ask }) => ask === 'kk');
  const answer = step && answers[step.id];
  const value = typeof answer === 'object' && answer !== null && 'v' in answer ? answer.v : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The requests room put together: every endpoint about applications. */
import type { Clock } from '../../clock.ts';
import type { ConversationStore, Vault } from '../../conversation/ports.ts';
import type { Flows } from '../../flows/schema.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { createReveal } from '../api/reveal.ts';
import type { Inspect } from '../api/upload.ts';
import { createJournal } from '../inbox/journal.ts';
import type { AuditLog, OperatorStore } from '../ports.ts';
import { createOperatorActs } from './acts.ts';
import { createPaperEndpoints } from './paper-endpoints.ts';
import type { OfficePapers } from './paper-ports.ts';
import { createPaperActs } from './papers.ts';
import type { RequestActs, RequestReader } from './ports.ts';
import { createRequestEndpoints } from './request-endpoints.ts';
import { createRequestViews } from './views.ts';

export interface RequestDeps {
  requests: RequestReader;
  acts: RequestActs;
  flows: Flows;
  papers: OfficePapers;
  conversations: ConversationStore;
  operators: OperatorStore;
  vault: Vault;
  inspect: Inspect;
  audit: AuditLog;
  clock: Clock;
  /** A keyed hash (the store's sealer), for the keys of reveals. */
  hash: (kind: string, text: string) => string;
}

/** Builds the endpoints under `/api/requests`. */
export function createRequestsRoom(given: RequestDeps): Endpoint[] {
  const deps = { ...given, journal: createJournal(given) };
  const reveal = createReveal(deps);
  return [
    ...createRequestEndpoints({
      ...deps,
      views: createRequestViews(deps),
      acts: createOperatorActs(deps),
      reveal,
    }),
    ...createPaperEndpoints({ papers: createPaperActs(deps), reveal }),
  ];
}

/** The inbox put together: every endpoint about chats and their files. */
import type { Engine, Hub, Vault } from '../../conversation/ports.ts';
import type { Ids } from '../../ids.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { createReveal } from '../api/reveal.ts';
import type { Inspect } from '../api/upload.ts';
import type { OperatorStore } from '../ports.ts';
import type { OfficePapers } from '../requests/paper-ports.ts';
import { createChatEndpoints } from './chat-endpoints.ts';
import type { ItemDeps } from './chat-item.ts';
import { createChatLists } from './chat-lists.ts';
import { createChatViews } from './chat-view.ts';
import { createClaims } from './claims.ts';
import { createColleagueEndpoint } from './colleague-endpoint.ts';
import { createFileEndpoints } from './file-endpoint.ts';
import { createJournal } from './journal.ts';
import { createListEndpoints } from './list-endpoints.ts';
import type { InboxPorts } from './ports.ts';
import type { Presence } from './presence.ts';
import { createReplies } from './replies.ts';
import { createStandIn } from './stand-in.ts';

export interface InboxDeps extends ItemDeps, InboxPorts {
  engine: Engine;
  operators: OperatorStore;
  hub: Hub;
  vault: Vault;
  ids: Pick<Ids, 'id'>;
  /** A keyed hash (the store's sealer), for the keys of reveals. */
  hash: (kind: string, text: string) => string;
  inspect: Inspect;
  papers: Pick<OfficePapers, 'checklist'>;
}

/** Builds the endpoints; `presence` knows which colleagues are here. */
export function createInboxEndpoints(given: InboxDeps & { presence: Presence }): Endpoint[] {
  const deps = { ...given, journal: createJournal(given), reveal: createReveal(given) };
  const claims = createClaims(deps);
  return [
    ...createListEndpoints(createChatLists(deps)),
    ...createChatEndpoints({
      views: createChatViews(deps),
      claims,
      replies: createReplies({ ...deps, claims }),
      standIn: createStandIn({ ...deps, claims }),
    }),
    ...createFileEndpoints(deps),
    createColleagueEndpoint(deps),
  ];
}

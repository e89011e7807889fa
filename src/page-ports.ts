/** What the pages of one-time links need of the other rooms. */
import { checkPin } from './applications/pin.ts';
import type { Clock } from './clock.ts';
import type { Description } from './conversation/describe.ts';
import type { Engine, Vault } from './conversation/ports.ts';
import type { Conversation } from './conversation/types.ts';
import type { Inspector } from './documents/intake/inspector.ts';
import { createLinks } from './documents/links.ts';
import type { PageDeps } from './documents/pages/pages.ts';
import { AppError } from './errors.ts';
import type { Flows } from './flows/schema.ts';
import type { Office } from './office.ts';
import type { Store } from './store/open.ts';

interface PagePortsDeps {
  store: Store;
  clock: Clock;
  publicUrl: string;
  flows: Flows;
  office: Office;
  engine: Pick<Engine, 'accept'>;
  vault: Vault;
  inspector: Pick<Inspector, 'inspect'>;
  describe(conversation: Conversation): Description;
}

/** The ports of `createDocumentRoutes`. */
export function createPagePorts(deps: PagePortsDeps): PageDeps {
  const { store, clock, flows, engine } = deps;
  return {
    clock,
    vault: deps.vault,
    files: store.files,
    sealer: store.sealer,
    limits: store.shared?.limits,
    inspector: deps.inspector,
    links: createLinks({ store: store.links, sealer: store.sealer, clock, publicUrl: deps.publicUrl }),
    issued: store.issued,
    officeName: deps.office.shortName,
    timeZone: deps.office.timeZone,
    serviceTitle: (id) => flows.services[id]?.title,
    checkPin: async (application, pin) => {
      const verdict = await checkPin(store.applications, clock, application, pin);
      return verdict === 'unknown' ? 'wrong' : verdict;
    },
    async describeUpload(id, stepId) {
      const conversation = await store.conversations.load(id);
      if (!conversation) return undefined;
      const { service: serviceId, language, step: stands } = deps.describe(conversation);
      const service = serviceId === null ? undefined : flows.services[serviceId];
      const step = service?.steps.find((one) => one.id === stepId);
      if (stands !== stepId || step?.ask !== 'document' || !service) return undefined;
      const { label: document, accept, pages } = step;
      return { document, service: service.title, language, accept, pages };
    },
    async acceptUpload(id, files, uploadId) {
      const conversation = await store.conversations.load(id);
      if (!conversation)
        throw new AppError('NOT_FOUND', { detail: 'an upload for a conversation that does not exist' });
      const { via, channel, address } = conversation;
      await engine.accept({
        id: uploadId,
        via,
        from: { channel, id: address },
        at: clock.now(),
        content: { type: 'media', files },
      });
    },
  };
}

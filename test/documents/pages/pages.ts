/** The citizens' pages over real HTTP, with what they ask of other rooms under the test's hand. */
import type { IncomingFile } from '../../../src/conversation/types.ts';
import { createDocumentRoutes, type PageDeps } from '../../../src/documents/pages/pages.ts';
import type { UploadAsk } from '../../../src/documents/pages/upload-form.ts';
import { inspector } from '../inspector.ts';
import { openWorld, PUBLIC_URL, serve } from '../world.ts';

export type Pages = Awaited<ReturnType<typeof openPages>>;

export async function openPages() {
  const world = await openWorld();
  const desk = {
    ask: {
      document: { id: 'Kartu Keluarga', en: 'Family card' },
      service: { id: 'Akta Kelahiran', en: 'Birth certificate' },
    } as UploadAsk | undefined,
    /** Ids of what the pages kept, in order. */
    kept: [] as string[],
    accepted: [] as { conversation: string; files: IncomingFile[]; id: string }[],
    pin: '482913',
    isLocked: false,
  };
  const deps = {
    limits: undefined,
    links: world.links,
    vault: {
      ...world.vault,
      put: (owner, file) => {
        desk.kept.push(file.id ?? '');
        return world.vault.put(owner, file);
      },
    },
    files: world.store.files,
    sealer: world.store.sealer,
    inspector,
    issued: world.store.issued,
    clock: world.clock,
    officeName: 'Disdukcapil <Contoh>',
    timeZone: 'Asia/Makassar',
    serviceTitle: (id) => (id === 'kia' ? { id: 'Kartu Identitas Anak', en: 'Child ID card' } : undefined),
    describeUpload: async () => desk.ask,
    acceptUpload: async (conversation, files, id) => {
      desk.accepted.push({ conversation, files, id });
    },
    checkPin: async (_application, pin) => (desk.isLocked ? 'locked' : pin === desk.pin ? 'ok' : 'wrong'),
  } satisfies PageDeps as PageDeps;
  const server = await serve(createDocumentRoutes(deps));
  return {
    ...world,
    desk,
    url: server.url,
    /** The same store behind another process's pages. */
    serveAgain: () => serve(createDocumentRoutes(deps)),
    /** A link's address at the test's server. */
    local: (url: string) => server.url + url.slice(PUBLIC_URL.length),
    uploadLink: async () =>
      server.url +
      (await world.links.create('talk.1.0', { kind: 'upload', conversation: 'talk', step: 'kk' })).slice(
        PUBLIC_URL.length,
      ),
    close: async () => {
      await server.close();
      await world.close();
    },
  };
}

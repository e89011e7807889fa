/** The way out when a finished document was not taken as a file: its news again, with a one-time link. */
import type { Engine } from '../conversation/ports.ts';
import type { StoredFile } from '../conversation/types.ts';
import type { Application, ApplicationStore } from './ports.ts';

interface Deps {
  applications: Pick<ApplicationStore, 'findByConversation'>;
  engine: Pick<Engine, 'handle'>;
  /** The address of a page from which the file is fetched with the application's PIN; the same file, the same address. */
  linkTo(application: Application, file: string): Promise<string>;
}

/**
 * Creates the function. It answers true when the entry carried a finished document, whose news is then told with a link:
 * once for each entry, however often it is called. Any other file has no PIN to be opened with: false.
 */
export function createTellByLink({ applications, engine, linkTo }: Deps) {
  return async (
    conversation: string,
    entry: { id: string; files: readonly StoredFile[] },
  ): Promise<boolean> => {
    const lost = new Set(entry.files.map(({ file }) => file));
    if (lost.size === 0) return false;
    for (const application of await applications.findByConversation(conversation)) {
      const found = application.result.find(({ file }) => lost.has(file));
      if (!found) continue;
      const { number, service } = application;
      const url = await linkTo(application, found.file);
      const news = { number, service, kind: 'result', url } as const;
      await engine.handle(conversation, { type: 'application.news', id: `link:${entry.id}`, news });
      return true;
    }
    return false;
  };
}

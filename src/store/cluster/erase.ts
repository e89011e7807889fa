/** Erasing a person, or one case. */
import type { Connection } from 'mongoose';
import { ownersOf } from '../application-body.ts';
import type { Store } from '../types.ts';
import { blankApplication, blankApplications } from './applications.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { findFilesOf, removeFiles, removeFilesOf } from './files.ts';
import type { ClusterKeyring } from './keyring.ts';
import { LINKS } from './schema-documents.ts';
import { forgetHolder } from './tickets.ts';

/**
 * Destroys an owner's key and those of their cases, so that nothing sealed for them opens again, here or in a copy of the files, and removes
 * their conversation, transcript, due work, links and files. Of their applications the skeleton stays (number,
 * service, state, times, who checked it), and nothing finds it; so do papers issued and numbers of the queue, which
 * carry no personal data.
 * The same person may write again: that is a new conversation, with a new key.
 *
 * Not one write: an erasure that dies on its way has to be asked for again, and finishes then. Each part finds what
 * is left of its own, and none needs what another removes.
 */
export function createEraser(deps: {
  connection: Connection;
  keyring: ClusterKeyring;
  /** Leaves nothing but a tombstone of a conversation's steps. */
  buryConversation: (conversation: string) => Promise<void>;
}): Store['eraseOwner'] {
  const { connection, keyring, buryConversation } = deps;
  return (owner) =>
    reach(async () => {
      await buryConversation(owner);
      await keyring.destroy(owner);
      // A step that another process took in between is sealed with the destroyed key: it must not stay.
      await buryConversation(owner);
      await collectionOf(connection, LINKS).deleteMany({ conversation: owner });
      await forgetHolder(connection, owner);
      await removeFilesOf(connection, owner);
      await blankApplications(connection, owner);
    });
}

/**
 * Implements `Store.eraseCase`. The empty version decides, and comes first: whoever changes the application meanwhile
 * conflicts. What is left by an erasure that dies after it are files of a case of which there is but a skeleton:
 * retention finds those by themselves.
 */
export function createCaseEraser(deps: {
  connection: Connection;
  keyring: ClusterKeyring;
}): Store['eraseCase'] {
  const { connection, keyring } = deps;
  return ({ number, version, files }) =>
    reach(async () => {
      const erased = await blankApplication(connection, number, version);
      if (!erased) return 'conflict';
      const { conversation } = erased;
      const owned = await findFilesOf(connection, conversation, files);
      const owners = new Set([ownersOf(erased)[0], ...owned.map(({ owner }) => owner)]);
      owners.delete(conversation);
      for (const owner of owners) {
        await keyring.destroy(owner);
        await removeFilesOf(connection, owner);
      }
      await removeFiles(
        connection,
        owned.map(({ id }) => id),
      );
      await collectionOf(connection, LINKS).deleteMany({ application: number });
      return 'erased';
    });
}

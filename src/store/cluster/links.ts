/**
 * One-time links, in MongoDB. A link is never changed: that it was used, and each wrong PIN, is a document of its own
 * beside it, under an id that only one can insert. So one caller uses it, and no wrong PIN goes uncounted.
 */
import type { Connection } from 'mongoose';
import type { Link, LinkStore } from '../../documents/ports.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import { LINKS, type LinkDocument } from './schema-documents.ts';

const BATCH = 100;

/** Implements the port; see there for the promises. `fail` of an unknown link answers 0. */
export function createLinkStore(connection: Connection): LinkStore {
  const links = collectionOf(connection, LINKS);
  const look = async (tokenHash: string) => readLink(await links.find({ link: tokenHash }).toArray());
  const mark = (link: Link, name: string, at?: number) =>
    isInserted(
      links.insertOne({
        _id: `${link.tokenHash}.${name}`,
        link: link.tokenHash,
        conversation: link.conversation,
        ...(at === undefined ? {} : { usedAt: at }),
      }),
    );

  return {
    create: ({ tokenHash, ...facts }) =>
      reach(async () => {
        await isInserted(links.insertOne({ _id: tokenHash, link: tokenHash, ...facts }));
      }),
    find: (tokenHash) => reach(() => look(tokenHash)),
    use: (tokenHash, at) =>
      reach(async () => {
        const link = await look(tokenHash);
        return link !== undefined && link.usedAt === undefined && (await mark(link, 'used', at));
      }),
    fail: (tokenHash) =>
      reach(async () => {
        const link = await look(tokenHash);
        if (!link) return 0;
        let failures = link.failures + 1;
        while (!(await mark(link, `wrong-${failures}`))) failures++;
        return failures;
      }),
    countExpired: (before) => reach(() => links.countDocuments({ expiresAt: { $lt: before } })),
    removeExpired: (before) =>
      reach(async () => {
        let count = 0;
        for (;;) {
          const found = await links
            .find({ expiresAt: { $lt: before } })
            .limit(BATCH)
            .toArray();
          if (found.length === 0) return count;
          // The marks first: the link is how a repeat finds them.
          const of = { link: { $in: found.map(({ link }) => link) } };
          await links.deleteMany({ ...of, expiresAt: { $exists: false } });
          count += (await links.deleteMany(of)).deletedCount;
        }
      }),
  };
}

/** From the link and its marks; `undefined` when there are but marks, or nothing. */
export function readLink(documents: LinkDocument[]): Link | undefined {
  const made = documents.find(({ kind }) => kind !== undefined);
  if (made?.kind === undefined || made.expiresAt === undefined) return undefined;
  const { _id: tokenHash, kind, conversation, step, file, application, expiresAt, failures = 0 } = made;
  const usedAt = documents.find((document) => document.usedAt !== undefined)?.usedAt;
  return {
    tokenHash,
    kind,
    conversation,
    ...(step === undefined ? {} : { step }),
    ...(file === undefined ? {} : { file }),
    ...(application === undefined ? {} : { application }),
    expiresAt,
    ...(usedAt === undefined ? {} : { usedAt }),
    failures: failures + documents.filter(({ _id }) => _id.startsWith(`${tokenHash}.wrong-`)).length,
  };
}

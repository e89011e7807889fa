/**
 * What each application has booked, version by version: a version is a document, and its unique insert the
 * compare-and-set, as with settings.
 */
import type { Connection } from 'mongoose';
import { AppError } from '../../errors.ts';
import { collectionOf } from './collections.ts';
import { isInserted } from './insert.ts';
import { AGENDAS, type AgendaDocument, type AgendaVisit } from './schema-bookings.ts';

/** Version 0 has no document: nothing was ever booked. */
export interface Agenda {
  version: number;
  visits: AgendaVisit[];
}

export interface Agendas {
  newest(application: string): Promise<Agenda>;
  /** Of each of them. */
  newestOf(applications: Iterable<string>): Promise<Map<string, Agenda>>;
  /** `false` when that version is there already: look again. */
  append(application: string, agenda: Agenda): Promise<boolean>;
}

/** How often a reader looks again when what it reads is replaced meanwhile. */
const READS = 10;
/** Applications asked for in one command. */
const PAGE = 500;

export function createAgendas(connection: Connection): Agendas {
  const agendas = collectionOf(connection, AGENDAS);

  async function newest(application: string): Promise<Agenda> {
    for (let reads = 0; reads < READS; reads++) {
      const [found] = await agendas.find({ application }).sort({ version: -1 }).limit(1).toArray();
      if (!found) return { version: 0, visits: [] };
      if (found.visits) return { version: found.version, visits: found.visits };
    }
    throw new AppError('STORE_UNAVAILABLE', { detail: 'the bookings of an application cannot be read back' });
  }

  async function newestOf(applications: Iterable<string>): Promise<Map<string, Agenda>> {
    const asked = [...new Set(applications)];
    const all = new Map<string, Agenda>();
    for (let at = 0; at < asked.length; at += PAGE) {
      const page = asked.slice(at, at + PAGE);
      const found = agendas.find({ application: { $in: page }, visits: { $exists: true } });
      for (const { application, version, visits = [] } of await found.toArray())
        if (version > (all.get(application)?.version ?? 0)) all.set(application, { version, visits });
      // One that was emptied meanwhile has a successor that this may have passed by.
      for (const application of page)
        if (!all.has(application)) all.set(application, await newest(application));
    }
    return all;
  }

  async function append(application: string, { version, visits }: Agenda): Promise<boolean> {
    const document: AgendaDocument = { _id: `${application}.${version}`, application, version, visits };
    if (!(await isInserted(agendas.insertOne(document)))) return false;
    if (version > 1)
      await agendas.updateMany(
        { application, version: { $lt: version }, visits: { $exists: true } },
        { $unset: { visits: true } },
      );
    return true;
  }

  return { newest, newestOf, append };
}

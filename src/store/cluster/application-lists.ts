/** Applications by what they are found by, in MongoDB. */
import type { mongo } from 'mongoose';
import {
  APPLICATION_STATES,
  type Application,
  type ApplicationQuery,
  type ApplicationState,
  type ApplicationStore,
} from '../../applications/ports.ts';
import { searchNewest, type Versions } from './application-versions.ts';
import { reach } from './connection.ts';
import type { VersionDocument } from './schema-applications.ts';

type Lists = Pick<ApplicationStore, 'findByMark' | 'list' | 'countStates' | 'listUntold'>;

const BY_MARK_LIMIT = 50;
const DUE_FIRST = { dueAt: 1, number: 1 } as const;
const OLDEST_FIRST = { seq: 1, number: 1 } as const;
const NEWEST_FIRST = { seq: -1, number: -1 } as const;

/**
 * Implements that part of the port; each costs two round trips. `countStates` may count an application twice while an
 * update of it is under way.
 */
export function createApplicationLists(
  versions: Versions,
  read: (document: VersionDocument) => Promise<Application>,
): Lists {
  const search = (...[filter, options]: [Filter, Parameters<typeof searchNewest>[2]]) =>
    reach(async () => Promise.all((await searchNewest(versions, filter, options)).map(read)));

  async function countBy(filter: Filter): Promise<Map<ApplicationState, number>> {
    const counts = await versions
      .aggregate<{ _id: ApplicationState; count: number }>([
        { $match: { state: { $in: [...APPLICATION_STATES] }, ...filter } },
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ])
      .toArray();
    return new Map(counts.map(({ _id, count }) => [_id, count]));
  }

  return {
    // Not the plain value: FerretDB 1.24 looks for that before it looks into arrays, and finds none.
    findByMark: (mark) =>
      search({ marks: { $elemMatch: { $eq: mark } } }, { sort: NEWEST_FIRST, limit: BY_MARK_LIMIT }),
    list: (query) => search(filterOf(query), { sort: DUE_FIRST, limit: query.limit }),
    countStates: (now) =>
      reach(async () => {
        const [all, late] = await Promise.all([countBy({}), countBy({ dueAt: { $lt: now } })]);
        return [...all].map(([state, count]) => ({ state, count, late: late.get(state) ?? 0 }));
      }),
    listUntold: (limit) => search({ untold: true }, { sort: OLDEST_FIRST, limit }),
  };
}

type Filter = mongo.Filter<VersionDocument>;

/** Always with states: what is emptied has none. */
function filterOf(query: ApplicationQuery): Filter {
  const {
    states = APPLICATION_STATES,
    service,
    assignee,
    submittedFrom,
    submittedUntil,
    isKept,
    after,
  } = query;
  return {
    state: { $in: [...states] },
    ...(service === undefined ? {} : { service }),
    ...(isKept ? { erased: { $exists: false } } : {}),
    ...(assignee === undefined ? {} : assigneeFilter(assignee)),
    submittedAt: {
      $gte: submittedFrom ?? Number.MIN_SAFE_INTEGER,
      $lt: submittedUntil ?? Number.MAX_SAFE_INTEGER,
    },
    ...(after ? behind(after) : {}),
  };
}

function assigneeFilter(operator: string | null): Filter {
  return operator === null ? { assignee: { $exists: false } } : { 'assignee.id': operator };
}

/** The first condition is what the index looks up. */
function behind({ dueAt, number }: NonNullable<ApplicationQuery['after']>): Filter {
  return { dueAt: { $gte: dueAt }, $or: [{ dueAt: { $gt: dueAt } }, { number: { $gt: number } }] };
}

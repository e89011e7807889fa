/** Operators and their sessions, in MongoDB. */
import type { Connection } from 'mongoose';
import { AppError } from '../../errors.ts';
import type { Operator, OperatorStore, Session } from '../../handoff/ports.ts';
import { collectionOf } from './collections.ts';
import { isDuplicate, reach } from './connection.ts';
import { isInserted } from './insert.ts';
import { OPERATORS, type OperatorDocument, SESSIONS, type SessionDocument } from './schema-operators.ts';

/** Implements the port. `update` throws AppError TAKEN for another's username, NOT_FOUND for an unknown id. */
export function createOperatorStore(connection: Connection): OperatorStore {
  const operators = collectionOf(connection, OPERATORS);
  const sessions = collectionOf(connection, SESSIONS);

  async function update({ id, ...facts }: Operator): Promise<void> {
    const key = usernameKey(facts.username);
    const taken = new AppError('TAKEN', { detail: 'the username belongs to another operator' });
    const owner = await operators.findOne({ usernameKey: key });
    if (owner && owner._id !== id) throw taken;
    // The unique index decides between two that ask at once.
    const updated = await operators
      .updateOne({ _id: id }, { $set: { ...facts, usernameKey: key } })
      .catch((cause) => {
        throw isDuplicate(cause) ? taken : cause;
      });
    if (updated.matchedCount === 0) throw new AppError('NOT_FOUND', { detail: `no operator ${id}` });
  }

  async function openSession({ tokenHash, ...session }: Session): Promise<void> {
    await sessions.deleteMany({ expiresAt: { $lte: session.createdAt } });
    await sessions.insertOne({ _id: tokenHash, ...session });
  }

  return {
    add: (operator) =>
      reach(async () =>
        (await isInserted(operators.insertOne(operatorDocument(operator)))) ? 'added' : 'taken',
      ),
    update: (operator) => reach(() => update(operator)),
    findByUsername: (username) =>
      reach(async () => read(await operators.findOne({ usernameKey: usernameKey(username) }))),
    find: (id) => reach(async () => read(await operators.findOne({ _id: id }))),
    list: () =>
      reach(async () => (await operators.find().sort({ usernameKey: 1 }).toArray()).map(readOperator)),
    openSession: (session) => reach(() => openSession(session)),
    findSession: (tokenHash) =>
      reach(async () => {
        const found = await sessions.findOne({ _id: tokenHash });
        return found ? readSession(found) : undefined;
      }),
    closeSession: (tokenHash) =>
      reach(async () => {
        await sessions.deleteOne({ _id: tokenHash });
      }),
    closeSessions: (operator) =>
      reach(async () => {
        await sessions.deleteMany({ operator });
      }),
  };
}

const usernameKey = (username: string) => username.normalize('NFC').toLowerCase();

export const operatorDocument = ({ id, ...facts }: Operator): OperatorDocument => ({
  _id: id,
  ...facts,
  usernameKey: usernameKey(facts.username),
});

const read = (found: OperatorDocument | null) => (found ? readOperator(found) : undefined);

export function readOperator({ _id: id, usernameKey: _, ...facts }: OperatorDocument): Operator {
  return { id, ...facts };
}

export function readSession({ _id: tokenHash, ...session }: SessionDocument): Session {
  return { tokenHash, ...session };
}

/** Operators and their sessions, in MongoDB. */
import type { Connection } from 'mongoose';
import { AppError } from '../../errors.ts';
import type { Operator, OperatorStore, Session } from '../../handoff/ports.ts';
import { OFFICE, type SealedOperator } from '../records.ts';
import { collectionOf } from './collections.ts';
import { isDuplicate, reach } from './connection.ts';
import { isInserted } from './insert.ts';
import type { ClusterKeyring } from './keyring.ts';
import { OPERATORS, type OperatorDocument, SESSIONS, type SessionDocument } from './schema-operators.ts';

/** Implements the port. `update` throws AppError TAKEN for another's username, NOT_FOUND for an unknown id. */
export function createOperatorStore(connection: Connection, keyring: ClusterKeyring): OperatorStore {
  const operators = collectionOf(connection, OPERATORS);
  const sessions = collectionOf(connection, SESSIONS);

  async function seal({ totp, ...operator }: Operator): Promise<SealedOperator> {
    if (!totp) return operator;
    const sealed = await keyring.seal(OFFICE, 'totp', operator.id, JSON.stringify(totp));
    return { ...operator, totp: sealed };
  }

  async function open(document: OperatorDocument): Promise<Operator> {
    const { totp, ...operator } = readOperator(document);
    if (!totp) return operator;
    const opened = await keyring.open(OFFICE, 'totp', operator.id, totp);
    return { ...operator, totp: JSON.parse(opened.toString()) };
  }

  const find = async (filter: { _id: string } | { usernameKey: string }) => {
    const found = await operators.findOne(filter);
    return found ? open(found) : undefined;
  };

  async function update(operator: Operator): Promise<void> {
    const { id, ...facts } = await seal(operator);
    const key = usernameKey(facts.username);
    const taken = new AppError('TAKEN', { detail: 'the username belongs to another operator' });
    const owner = await operators.findOne({ usernameKey: key });
    if (owner && owner._id !== id) throw taken;
    // The unique index decides between two that ask at once.
    const updated = await operators
      .updateOne({ _id: id }, { $set: { ...facts, usernameKey: key }, ...(facts.totp ? {} : WITHOUT_TOTP) })
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
        (await isInserted(operators.insertOne(operatorDocument(await seal(operator))))) ? 'added' : 'taken',
      ),
    update: (operator) => reach(() => update(operator)),
    findByUsername: (username) => reach(() => find({ usernameKey: usernameKey(username) })),
    find: (id) => reach(() => find({ _id: id })),
    list: () =>
      reach(async () => Promise.all((await operators.find().sort({ usernameKey: 1 }).toArray()).map(open))),
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

const WITHOUT_TOTP = { $unset: { totp: true } } as const;

const usernameKey = (username: string) => username.normalize('NFC').toLowerCase();

/** As it is stored. */
export const operatorDocument = ({ id, ...facts }: SealedOperator): OperatorDocument => ({
  _id: id,
  ...facts,
  usernameKey: usernameKey(facts.username),
});

/** As copies carry it. */
export function readOperator({ _id: id, usernameKey: _, ...facts }: OperatorDocument): SealedOperator {
  return { id, ...facts };
}

export function readSession({ _id: tokenHash, ...session }: SessionDocument): Session {
  return { tokenHash, ...session };
}

/** The first start: nobody can log in yet, so one account is made and told once, on the terminal. */
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { AuditLog, OperatorStore } from '../ports.ts';
import { hashPassword } from './passwords.ts';

/** Without 0, 1, i, l, o: it is read from a screen and typed. 31 signs, 16 of them: 79 bits. */
const SIGNS = '23456789abcdefghjkmnpqrstuvwxyz';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/**
 * Makes the supervisor `admin` with a random password that must be changed at the first log-in, when there is no
 * operator at all; undefined otherwise, or when another process was faster. The password exists nowhere else.
 */
export async function ensureFirstOperator(
  store: OperatorStore,
  deps: { clock: Clock; audit: AuditLog; ids: Pick<Ids, 'id'> },
): Promise<{ username: string; password: string } | undefined> {
  if ((await store.list()).length > 0) return undefined;
  const password = createOneTimePassword(deps.ids);
  const id = deps.ids.id();
  const now = deps.clock.now();
  const added = await store.add({
    id,
    username: 'admin',
    name: 'Admin',
    // In a small office one person is all of it; a larger one gives the roles out from here.
    role: 'supervisor',
    passwordHash: await hashPassword(password),
    mustChangePassword: true,
    disabled: false,
    createdAt: now,
    failures: 0,
    lockedUntil: 0,
  });
  if (added === 'taken') return undefined;
  await deps.audit.append({
    at: now,
    actor: 'system',
    action: 'operator.add',
    subject: id,
    details: { role: 'supervisor' },
  });
  return { username: 'admin', password };
}

/** A random password in groups, easy to read out and to type: `k7mq-w2xd-9tfa-hh3p`. */
export function createOneTimePassword(ids: Pick<Ids, 'id'>): string {
  const signs = writeInSigns(ids.id(), GROUPS * GROUP_LENGTH);
  return (signs.match(new RegExp(`.{${GROUP_LENGTH}}`, 'g')) ?? []).join('-');
}

/** The id's 128 bits as a number to the base of the signs; its last digits are as good as equally likely. */
function writeInSigns(id: string, length: number): string {
  const base = BigInt(SIGNS.length);
  let rest = BigInt(`0x${Buffer.from(id, 'base64url').toString('hex')}`);
  let text = '';
  while (text.length < length) {
    text += SIGNS[Number(rest % base)] ?? '';
    rest /= base;
  }
  return text;
}

/** The calls of accounts, of one's own account and of the audit log; each throws ApiFailure. */
import type { Account, Accounts, Me, Totp } from '../../schemas/accounts.ts';
import type { Audit, AuditCheck } from '../../schemas/supervision.ts';
import { ask } from '../shell/api.ts';

export type Role = Account['role'];

/** What can be changed of an account. */
export interface AccountChange {
  name?: string;
  role?: Role;
  disabled?: boolean;
  totp?: false;
}

/** An account with the password that is shown this once. */
export interface WithPassword {
  account: Account;
  password: string;
}

/** What of the log is shown; '' for everything. Days are `YYYY-MM-DD`. */
export interface AuditFilter {
  actor: string;
  action: string;
  subject: string;
  from: string;
  until: string;
}

const at = (id: string) => `/operators/${encodeURIComponent(id)}`;

export const adminApi = {
  accounts: () => ask<Accounts>('GET', '/operators'),
  add: (account: { username: string; name: string; role: Role }) =>
    ask<WithPassword>('POST', '/operators', account),
  change: (id: string, change: AccountChange) => ask<Account>('POST', at(id), change),
  resetPassword: (id: string) => ask<WithPassword>('POST', `${at(id)}/password`),

  beginTotp: (password: string) => ask<Totp>('POST', '/totp', { password }),
  confirmTotp: (secret: string, code: string) => ask<Me>('POST', '/totp/confirm', { secret, code }),
  removeTotp: (password: string) => ask<Me>('POST', '/totp/remove', { password }),

  /** One page, newest first; `before` is the `next` of the page before. */
  audit(filter: AuditFilter, before: number | null): Promise<Audit> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter)) if (value !== '') query.set(name, value);
    if (before !== null) query.set('before', String(before));
    return ask('GET', `/audit?${query}`);
  },
  check: () => ask<AuditCheck>('GET', '/audit/check'),
};

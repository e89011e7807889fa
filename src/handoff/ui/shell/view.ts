/** What every view of the web app is given. A view is a module of its own, fetched when it is first opened. */
import type { Me } from '../../schemas/accounts.ts';

export interface ViewProps {
  me: Me;
  /** The service's clock, ms since the epoch. */
  now: number;
  /** What follows the view's name in the address: `#/requests/KL-2611-0001-7` -> `KL-2611-0001-7`; '' for nothing. */
  rest: string;
  /** Rises when the server says that something in this view may have changed. */
  news: number;
}

/** Whether the signed-in operator may do something (accounts/roles.ts); the server asks again. */
export function can(me: Me, permission: string): boolean {
  return me.permissions.includes(permission);
}

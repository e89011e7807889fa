/** Which services a notice of the office concerns, and what of it citizens read. */
import type { Service } from '../flows/schema.ts';
import type { Notice } from './types.ts';

/** States of an application that no notice can delay any more. */
const DONE: readonly string[] = ['ready', 'completed', 'rejected', 'cancelled', 'expired'];

/** The notices that concern a service. SIAK is needed for everything that is filed, blank cards for what names them. */
export function noticesFor(notices: readonly Notice[], service: Service | undefined): Notice[] {
  if (service?.outcome !== 'application') return [];
  return notices.filter(({ kind }) => kind === 'siak' || service.needs.includes(kind));
}

/** Whether what the office cannot do for now still matters to an application. */
export function isOpenState(state: string): boolean {
  return !DONE.includes(state);
}

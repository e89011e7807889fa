/** What is photographed, and what stands on it. */
import type { Sheet } from './sheet.ts';

export interface Subject {
  sheet: Sheet;
  /** By element of `READINGS`, in the form in which a reading gives it. */
  truth: Readonly<Record<string, string>>;
}

/** In which words a step speaks: texts of flows.yaml in the language and form of one conversation. */
import { formatDateTime } from '../flows/format.ts';
import type { Flows, Language, Text } from '../flows/schema.ts';
import { type Form, render, type Values } from '../flows/texts.ts';
import type { StepWorld } from './types.ts';

/**
 * Facts of the office that any text may use: `{office}`, `{region}`, `{hours}`, `{address}`, `{website}`; and `{kiosk}`,
 * which is empty where there is none, for the texts that are said only where there is one.
 */
export type Facts = { [name: string]: { id: string; en: string } };

/** What a text depends on beside its values. */
export interface Voice {
  flows: Flows;
  facts: Facts;
  timeZone: string;
  language: Language;
  form: Form;
  world: StepWorld;
}

/** Empty when there is no such text. */
export function text(voice: Voice, source: Text | undefined, values?: Values): string {
  if (!source) return '';
  return render(source, values ? { ...voice.facts, ...values } : voice.facts, voice.language, voice.form);
}

/** True while a kiosk is open to citizens. */
export function hasKiosk({ facts }: Voice): boolean {
  return (facts.kiosk?.id ?? '') !== '';
}

/** Parts that are not empty, set apart. */
export function paragraphs(voice: Voice, parts: string[]): string {
  return parts.filter((part) => part !== '').join(voice.form === 'sms' ? '\n' : '\n\n');
}

/** A list to choose from: a line each, in an SMS one after the other. */
export function numbered({ form }: Voice, entries: [number, string][]): string {
  if (form === 'sms') return entries.map(([n, label]) => `${n} ${label}`).join(', ');
  return entries.map(([n, label]) => `*${n}* ${label}`).join('\n');
}

/** Day and time in the office's zone. */
export function dateTime(voice: Voice, at: number): string {
  return formatDateTime(at, voice.language, voice.timeZone, voice.form);
}

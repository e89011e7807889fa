/** Ids of entries and effects, `<conversation>.<version>.<name>`, and the marks of messages that were taken. */
import { hash } from 'node:crypto';
import { AppError } from '../errors.ts';

export interface StepId {
  conversation: string;
  version: number;
  name: string;
}

/** `undefined` when it is not the id of an entry or effect. */
export function parseStepId(id: string): StepId | undefined {
  const [conversation, version, name, ...rest] = id.split('.');
  if (!conversation || !version || !name || rest.length > 0 || !/^[1-9]\d{0,8}$/.test(version))
    return undefined;
  return { conversation, version: Number(version), name };
}

/** The id of what a step named so. */
export function stepId(conversation: string, version: number, name: string): string {
  return `${conversation}.${version}.${name}`;
}

/**
 * The name of an entry or effect within its own step.
 * Throws AppError INVALID_REQUEST when the id is of another step or has no such form: look-ups rely on it.
 */
export function nameIn({ id, version }: { id: string; version: number }, ofStep: string): string {
  const prefix = `${id}.${version}.`;
  const name = ofStep.slice(prefix.length);
  if (ofStep.startsWith(prefix) && NAME.test(name) && !id.includes('.')) return name;
  throw new AppError('INVALID_REQUEST', {
    detail: 'ids of entries and effects are <conversation>.<version>.<name>, of the step that brings them',
  });
}

/** A name is a field of a document: no dot, no dollar at its beginning. */
const NAME = /^[\w-]+$/;

/**
 * Says of a provider's message that its conversation took it: 32 hex digits, the first twelve of them made from the
 * conversation, so that one person's marks lie together.
 */
export function inboundMark(conversation: string, inbound: string): string {
  return markPrefix(conversation) + ownMark(inbound);
}

/** The part of `inboundMark` that tells the messages of one conversation apart: 20 hex digits. */
export function ownMark(inbound: string): string {
  return hash('sha256', inbound).slice(0, 20);
}

/** What the marks of a conversation begin with. */
export function markPrefix(conversation: string): string {
  return hash('sha256', conversation).slice(0, 12);
}

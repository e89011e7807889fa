import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ApplicationState } from '../../src/applications/ports.ts';
import { TEXT_PLACEHOLDERS } from '../../src/flows/placeholders.ts';
import type { StepType } from '../../src/flows/schema.ts';
import { TEXT_KEYS } from '../../src/flows/text-keys.ts';
import { REASONS, STATES } from '../../src/flows/vocabulary.ts';

const ANSWERS = new URL('../../src/flows/answers/', import.meta.url);

describe('the vocabulary of flows.yaml', () => {
  it('knows every reason that a parser of answers writes out', () => {
    const files = readdirSync(ANSWERS).map((name) => name.replace(/\.ts$/, ''));
    const kinds = files.filter((name): name is StepType => Object.hasOwn(REASONS, name));
    expect(kinds).toContain('nik');
    for (const kind of kinds) {
      const code = readFileSync(new URL(`${kind}.ts`, ANSWERS), 'utf8');
      const written = [...code.matchAll(/reason: '([a-z0-9-]+)'/g)].map(([, reason]) => reason);
      expect(REASONS[kind], `reasons of ${kind}`).toEqual(expect.arrayContaining(written));
    }
  });

  it('has words for every state of an application, and for no other', () => {
    const states: { [state in ApplicationState]: true } = {
      draft: true,
      submitted: true,
      verification: true,
      correction: true,
      approved: true,
      production: true,
      ready: true,
      completed: true,
      rejected: true,
      cancelled: true,
      expired: true,
    };
    expect([...STATES].sort()).toEqual(Object.keys(states).sort());
  });

  it('says of every text which placeholders it may hold', () => {
    expect(Object.keys(TEXT_PLACEHOLDERS).sort()).toEqual([...TEXT_KEYS].sort());
  });
});

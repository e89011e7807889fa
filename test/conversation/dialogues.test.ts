import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { type Dialogue, type Outcome, playDialogue, type Turn } from './dialogue.ts';

const folder = join(import.meta.dirname, '..', 'dialogues');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const mustWrite = process.env.UPDATE_DIALOGUES === '1';

describe('dialogues', () => {
  it.each(files)('%s goes as it is written', async (name) => {
    const file = join(folder, name);
    const document = parseDocument(readFileSync(file, 'utf8'));
    const dialogue = document.toJS() as Dialogue;
    const outcomes = await playDialogue(dialogue);
    if (mustWrite) {
      const turns = document.get('turns') as YAMLSeq<YAMLMap>;
      outcomes.forEach((outcome, i) => {
        const turn = turns.items[i];
        for (const key of ['said', 'effects', 'state'] as const) {
          turn?.delete(key);
          if (outcome[key] !== undefined) turn?.set(key, document.createNode(outcome[key]));
        }
      });
      writeFileSync(file, document.toString({ lineWidth: 0, blockQuote: 'literal' }));
      return;
    }
    expect(outcomes).toEqual(dialogue.turns.map(writtenOutcome));
  });
});

function writtenOutcome({ said, effects, state }: Turn): Partial<Outcome> {
  return { ...(said ? { said } : {}), ...(effects ? { effects } : {}), ...(state ? { state } : {}) };
}

import { describe, expect, it } from 'vitest';
import type { ConversationView } from '../../../src/handoff/schemas/inbox.ts';
import { awaited, readQuestion } from '../../../src/handoff/ui/counter/question.ts';

const LIST = 'KTP-nya hilang atau rusak?\n*1* Hilang\n*2* Rusak';
const HANDED = 'Saya teruskan ke petugas.';

const said = (text: string, author: 'bot' | 'citizen') => ({
  ...{ id: text, author, text, at: 0, files: [], status: 'delivered' as const },
  direction: author === 'bot' ? ('out' as const) : ('in' as const),
});

/** A chat that an operator has, at a question of the kind `ask`. */
function held(ask: string): ConversationView {
  const chat: Partial<ConversationView> = {
    attention: { status: 'claimed' } as ConversationView['attention'],
    ...{ expects: null, step: 'keadaan' },
    steps: [{ id: 'keadaan', label: 'Keadaan KTP', ask, isAnswered: false }],
    transcript: [said(LIST, 'bot'), said('petugas', 'citizen'), said(HANDED, 'bot')],
  };
  return chat as ConversationView;
}

describe('the question of a chat that an operator has', () => {
  it('awaits the kind of answer that the bot goes on with', () => {
    expect(awaited(held('document'))).toBe('document');
    expect(awaited({ ...held('document'), step: null })).toBeNull();
  });

  it('offers what the bot offered, and does not show its words about the hand-over as a question', () => {
    const { choices, entries, isWorking } = readQuestion(held('choice'));
    expect(choices.map(({ words }) => words)).toEqual(['Hilang', 'Rusak']);
    expect([entries, isWorking]).toEqual([[], false]);
    expect(readQuestion(held('name')).choices).toEqual([]);
  });
});

describe('the question of a chat that the bot has', () => {
  it('is known to propose what was read off a photo, for buttons of yes and no', () => {
    const chat = {
      ...held('nik'),
      ...{ attention: { status: 'bot' }, expects: 'nik', isProposed: true },
    } as ConversationView;
    expect(readQuestion(chat).isProposed).toBe(true);
    expect(readQuestion(held('nik')).isProposed).toBe(false);
  });
});

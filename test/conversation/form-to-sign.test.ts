/** Forms to sign: when their question waits for them, and when it does not. The dialogues tell the whole (talk.form-to-sign). */
import { describe, expect, it } from 'vitest';
import type { ChannelKind, Content, Conversation, Event } from '../../src/conversation/types.ts';
import type { Talk } from '../../src/flows/talk.ts';
import type { Json } from '../../src/json.ts';
import { photos, say } from './answers.ts';
import { tell } from './play.ts';
import { createTalking, newConversation, realFlows, take } from './world.ts';

const talking = createTalking(realFlows());
const QUESTION = 'formulir F-1.06';
const NOTE = 'Formulirnya kami kirim bersama pesan ini';
const ANI = { id: 'op-1', name: 'Ani' };

/** All answers of a change to the family card before its form. Photos come in by the upload page, too. */
const BEFORE: Content[] = [
  ...['ubah KK', 'setuju', 'Siti Aminah Putri', '7371011505900002'].map(say),
  photos(1),
  ...['7371011201100003', '081234567890', 'LEWATI', '1', '8', 'Budi Santoso', '7371011505900002'].map(say),
];

/** The talk before the answer after which the form is due. */
const almost = (channel: ChannelKind) =>
  BEFORE.reduce((chat, content) => tell(talking, chat, content).conversation, newConversation(channel));

/** That answer, and nothing of what its effects bring. */
function asked(chat: Conversation) {
  const content = say('nama ibu: Aminah');
  return take(talking, chat, { type: 'citizen.message', id: 'last', at: 0, content });
}

const done = (step: string, file: Json): Event => ({
  type: 'effect.done',
  effect: 'talk.99.0',
  effectType: 'form',
  params: {},
  result: { step, file },
});
const FILE = { file: 'form-1', contentType: 'application/pdf', sizeBytes: 9, name: 'formulir-F-1.06.pdf' };

const saidIn = (commit: ReturnType<typeof take>) =>
  commit.entries
    .filter(({ direction }) => direction === 'out')
    .map(({ text }) => text)
    .join('\n');
const talkOf = ({ snapshot }: Conversation) => (snapshot as unknown as { context: Talk }).context;
const effectsOf = (commit: ReturnType<typeof take>) => commit.effects.map(({ type }) => type);

describe('the question for a signed form', () => {
  it.each(['whatsapp', 'counter'] as const)(
    'waits on %s for its form, and is one message with it',
    (channel) => {
      const first = asked(almost(channel));
      expect(effectsOf(first)).toEqual(['form']);
      const second = take(talking, first.conversation, done('f106', FILE));
      expect(second.entries).toHaveLength(1);
      expect(second.entries[0]).toMatchObject({ files: [{ file: 'form-1' }] });
      expect(saidIn(second)).toMatch(new RegExp(`${QUESTION}[^]*${NOTE}`));
    },
  );

  it('is asked at once by SMS, where no file can go, and no form is made', () => {
    const commit = asked(almost('sms'));
    expect(effectsOf(commit)).not.toContain('form');
    const all = saidIn(take(talking, commit.conversation, linked()));
    expect(all).toContain('F-1.06');
    expect(all).not.toContain(NOTE);
  });

  it('stands alone when the form could not be made', () => {
    const commit = take(talking, asked(almost('whatsapp')).conversation, done('f106', null));
    expect(saidIn(commit)).toContain(QUESTION);
    expect(saidIn(commit)).not.toContain(NOTE);
    expect(commit.entries[0]?.files).toEqual([]);
  });

  it('takes a form once: another result for it, or for another question, is not heard', () => {
    const asking = asked(almost('whatsapp')).conversation;
    expect(take(talking, asking, done('bukti_lahir', FILE)).entries).toEqual([]);
    const { conversation } = take(talking, asking, done('f106', FILE));
    expect(take(talking, conversation, done('f106', { ...FILE, file: 'form-2' })).entries).toEqual([]);
  });

  it('takes a photo also while the form is on its way', () => {
    const { conversation } = asked(almost('whatsapp'));
    const photo = tell(talking, conversation, photos(1));
    expect(talking.describe(photo.conversation, 0).step).toBe('bukti_lahir');
    expect(take(talking, photo.conversation, done('f106', FILE)).entries).toEqual([]);
  });

  it('is there again, without a form that nobody waits for, when a person has had the chat meanwhile', () => {
    const held = take(talking, asked(almost('whatsapp')).conversation, {
      type: 'operator.claim',
      operator: ANI,
    });
    expect(take(talking, held.conversation, done('f106', FILE)).entries).toEqual([]);
    const back = take(talking, held.conversation, { type: 'operator.resolve', operator: ANI });
    expect(effectsOf(back)).toContain('form');
    const phone = take(talking, asked(almost('whatsapp')).conversation, {
      ...{ type: 'phone.reply', id: 'p1', at: 0, text: 'Halo' },
    });
    const quiet = take(
      talking,
      phone.conversation,
      { type: 'timer.due', timer: 'phone', dueAt: 0 },
      Date.now() * 2,
    );
    expect([quiet.entries, quiet.effects]).toEqual([[], []]);
    expect(saidIn(take(talking, quiet.conversation, reminderOf(quiet)))).toContain(QUESTION);
  });

  it('forgets what was sent when the draft ends', () => {
    const { conversation } = take(talking, asked(almost('whatsapp')).conversation, done('f106', FILE));
    expect(talkOf(conversation).forms).toEqual({ f106: 'form-1' });
    const paused = tell(talking, conversation, say('MENU')).conversation;
    expect(talkOf(paused)).not.toHaveProperty('forms');
    expect(talkOf(paused).paused?.forms).toEqual({ f106: 'form-1' });
    const resumed = tell(talking, paused, say('LANJUT')).conversation;
    expect(talkOf(resumed)).toHaveProperty('forms.f106');
  });
});

/** The upload page of the question. */
function linked(): Event {
  const result = { step: 'f106', url: 'https://layanan.contohkab.go.id/f/7Gq0mXh2bVw9RkTzLp4sYA' };
  return { type: 'effect.done', effect: 'talk.99.1', effectType: 'link', params: {}, result };
}

/** The reminder that this step has set. */
function reminderOf({ timers }: ReturnType<typeof take>): Event {
  const timer = timers.set.find(({ id }) => id.includes('.nudge.'))?.id ?? '';
  return { type: 'timer.due', timer, dueAt: 0 };
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationStore } from '../../src/conversation/ports.ts';
import type { Step } from '../../src/conversation/step.ts';
import type { Event } from '../../src/conversation/types.ts';
import { type EngineWorld, gate, message, openEngineWorld } from './engine-world.ts';
import { newsOf } from './news.ts';
import { createTalking, realFlows } from './world.ts';

let world: EngineWorld;

beforeEach(async () => {
  world = await openEngineWorld();
});
afterEach(() => world.close());

const idOf = (phone: number) => message(phone, '', '').from.id.replace('+', 'c');
const talk = createTalking(realFlows());

describe('one message', () => {
  it('is durable when accepted, answered once, and its answer is marked as sent', async () => {
    const { engine, quiet, sent } = world.process();
    expect(await engine.accept(message(1, 'a', 'halo', 5))).toBe('accepted');
    await quiet();
    const entries = await world.store.conversations.transcript(idOf(1));
    expect(entries.map(({ direction, status }) => [direction, status])).toEqual([
      ['in', 'received'],
      ['out', 'sent'],
    ]);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('Selamat datang');
  });

  it('that comes again has no second effect, also after a restart', async () => {
    const first = world.process();
    await first.engine.accept(message(1, 'a', 'halo'));
    await first.quiet();
    const again = world.process();
    expect(await first.engine.accept(message(1, 'a', 'halo'))).toBe('duplicate');
    expect(await again.engine.accept(message(1, 'a', 'halo'))).toBe('duplicate');
    await again.quiet();
    expect((await world.store.conversations.load(idOf(1)))?.version).toBe(1);
    expect([...first.sent, ...again.sent]).toHaveLength(1);
  });

  it('to a conversation that does not exist is nothing for other events', async () => {
    const { engine } = world.process();
    expect(await engine.handle('nobody', { type: 'timer.due', timer: 'burst', dueAt: 0 })).toBeUndefined();
  });
});

describe('many messages', () => {
  it('of one conversation are handled one by one, in the order in which they came', async () => {
    const { engine, quiet } = world.process();
    const texts = Array.from({ length: 20 }, (_, i) => `MENU`.padEnd(4 + i, '!'));
    await Promise.all(texts.map((text, i) => engine.accept(message(1, `m${i}`, text))));
    await quiet();
    const entries = await world.store.conversations.transcript(idOf(1));
    expect(entries.filter(({ direction }) => direction === 'in').map(({ text }) => text)).toEqual(texts);
    expect((await world.store.conversations.load(idOf(1)))?.version).toBe(20);
  });

  it('of other conversations do not wait for one that hangs', async () => {
    const held = gate();
    const { conversations } = world.store;
    const commit: ConversationStore['commit'] = async (one) => {
      if (one.conversation.id === idOf(1)) await held.promise;
      return conversations.commit(one);
    };
    const { engine, quiet } = world.process({ store: { conversations: { ...conversations, commit } } });
    const slow = engine.accept(message(1, 'a', 'halo'));
    expect(await engine.accept(message(2, 'a', 'halo'))).toBe('accepted');
    expect(await conversations.load(idOf(1))).toBeUndefined();
    held.resolve();
    expect(await slow).toBe('accepted');
    await quiet();
  });

  it('that two processes take at once are both kept, each once', async () => {
    const both = [world.process(), world.process()];
    const rounds = Array.from({ length: 10 }, (_, i) => i);
    await Promise.all(
      rounds.flatMap((i) => both.map(({ engine }, p) => engine.accept(message(1, `${p}-${i}`, 'halo')))),
    );
    for (const { quiet } of both) await quiet();
    const entries = await world.store.conversations.transcript(idOf(1));
    expect(entries.filter(({ direction }) => direction === 'in')).toHaveLength(20);
    expect((await world.store.conversations.load(idOf(1)))?.version).toBe(20);
  });

  it('beyond any human pace are told once to slow down, then kept in silence; nobody else notices', async () => {
    const { engine, quiet, sent } = world.process();
    const flood = Array.from({ length: 300 }, (_, i) => engine.accept(message(1, `m${i}`, 'MENU')));
    await Promise.all([...flood, engine.accept(message(2, 'a', 'halo'))]);
    await quiet();
    expect(sent.filter((text) => text.includes('cepat sekali'))).toHaveLength(1);
    expect(sent.filter((text) => text.includes('Selamat datang'))).toHaveLength(1);
    const entries = await world.store.conversations.transcript(idOf(1));
    expect(entries.filter(({ direction }) => direction === 'in')).toHaveLength(300);
    expect(entries.length).toBeLessThan(460);
    world.clock.pass(60_000);
    await engine.accept(message(1, 'later', 'MENU'));
    await quiet();
    expect(sent.at(-1)).toContain('ingin mengurus apa');
  });
});

describe('while an effect is under way', () => {
  it('nothing that the citizen writes leads away from its result', async () => {
    const held = gate();
    const { engine, quiet, sent } = world.process({
      handlers: {
        status: async () => {
          await held.promise;
          return { result: { ok: false, reason: 'unknown' } };
        },
      },
    });
    await engine.accept(message(1, 'a', 'status KL-2611-0001-7 123456'));
    for (const [i, text] of ['MENU', 'BATAL', 'ULANG', 'LANJUT', 'halo?'].entries())
      await engine.accept(message(1, `m${i}`, text));
    held.resolve();
    await quiet();
    expect(sent.filter((text) => text.includes('Sebentar'))).toHaveLength(5);
    expect(sent.at(-1)).toContain('belum cocok');
  });
});

describe('a step that throws', () => {
  const breaking: Step = (conversation, event, moment) => {
    const isBad =
      event.type === 'citizen.message' && event.content.type === 'text' && event.content.text === 'rusak';
    if (isBad) throw new TypeError('a bug of ours');
    return talk.step(conversation, event, moment);
  };

  it('keeps the message, calls a person, and tells the citizen so', async () => {
    const { engine, quiet, sent } = world.process({ step: breaking });
    await engine.accept(message(1, 'a', 'halo'));
    expect(await engine.accept(message(1, 'b', 'rusak'))).toBe('accepted');
    await quiet();
    const { conversations } = world.store;
    expect((await conversations.load(idOf(1)))?.attention).toMatchObject({
      status: 'waiting',
      reason: 'bug',
    });
    expect((await conversations.transcript(idOf(1))).map(({ text }) => text)).toContain('rusak');
    expect(sent.at(-1)).toContain('gangguan di sistem kami');
  });

  it('does not stop others, nor the next message of the same citizen, and a person ends it', async () => {
    const { engine, quiet, sent } = world.process({ step: breaking });
    await engine.accept(message(1, 'b', 'rusak'));
    await engine.accept(message(2, 'a', 'halo'));
    await engine.accept(message(1, 'c', 'halo'));
    await quiet();
    expect(sent.filter((text) => text.includes('Selamat datang'))).toHaveLength(2);
    const waiting = await world.store.conversations.load(idOf(1));
    expect(waiting?.attention.status).toBe('waiting');
    const after = await engine.handle(idOf(1), {
      type: 'operator.resolve',
      operator: { id: 'o', name: 'Ani' },
    });
    expect(after?.attention).toEqual({ status: 'bot' });
  });
});

describe('a result', () => {
  it('that comes twice is taken once', async () => {
    const { engine, quiet, sent } = world.process();
    for (const [i, text] of ['status KL-2611-0001-7 123456'].entries())
      await engine.accept(message(1, `m${i}`, text));
    await quiet();
    const before = await world.store.conversations.load(idOf(1));
    const replies = sent.length;
    const again = await engine.handle(idOf(1), {
      type: 'effect.done',
      effect: `${idOf(1)}.1.0`,
      effectType: 'status',
      params: {},
      result: { ok: false, reason: 'unknown' },
    });
    await quiet();
    expect(again?.version).toBe(before?.version);
    expect(sent).toHaveLength(replies);
  });
});

describe('what the office does', () => {
  const operator = { id: 'o', name: 'Ani' };

  it('has its effect once, also when it comes again: replies, notes, answers, news, the phone', async () => {
    const { engine, quiet, sent } = world.process();
    for (const text of ['ktp hilang', 'SETUJU', '1']) await engine.accept(message(1, text, text));
    await engine.handle(idOf(1), { type: 'operator.claim', operator });
    const events: Event[] = [
      { type: 'operator.reply', operator, id: 'x', text: 'Baik Bu' },
      { type: 'operator.note', operator, id: 'x', text: 'Catatan' },
      { type: 'operator.answer', operator, id: 'x', step: 'pemohon_nama', answer: { v: 'Siti Aminah' } },
      { type: 'phone.reply', id: 'x', at: 0, text: 'Halo' },
      newsOf('approved'),
    ];
    const done = async () => {
      for (const event of events) await engine.handle(idOf(1), event);
      await quiet();
      const entries = await world.store.conversations.transcript(idOf(1));
      return entries.slice(-events.length).map(({ author, direction }) => [author, direction]);
    };
    const once = await done();
    expect(once).toEqual([
      ['Ani', 'out'],
      ['Ani', 'note'],
      ['Ani', 'note'],
      ['phone', 'out'],
      ['bot', 'out'],
    ]);
    const before = sent.length;
    expect(await done()).toEqual(once);
    expect(sent).toHaveLength(before);
  });

  it('sends neither notes nor what was said on the phone', async () => {
    const { engine, quiet, sent } = world.process();
    await engine.accept(message(1, 'a', 'halo'));
    await engine.handle(idOf(1), { type: 'operator.note', operator, id: 'n', text: 'Catatan rahasia' });
    await engine.handle(idOf(1), { type: 'phone.reply', id: 'p', at: 0, text: 'Halo Bu' });
    await quiet();
    expect(sent).toHaveLength(1);
  });

  it('reaches the citizen as a notice, and every commit is counted once', async () => {
    const { engine, quiet, sent, counted } = world.process({ notices: [{ kind: 'siak', since: 0 }] });
    await engine.accept(message(1, 'a', 'ktp hilang'));
    await engine.accept(message(1, 'a', 'ktp hilang'));
    await quiet();
    expect(sent[0]).toContain('SIAK');
    expect(counted).toEqual(['begun:ktp-hilang-rusak']);
  });

  it('is written under the name of who writes for the citizen', async () => {
    const { engine, quiet } = world.process();
    await engine.accept({ ...message(1, 'a', 'halo'), by: operator });
    await quiet();
    const [first] = await world.store.conversations.transcript(idOf(1));
    expect(first).toMatchObject({ direction: 'in', author: 'Ani' });
  });
});

import { describe, expect, it } from 'vitest';
import type { Attention, Conversation, Event } from '../../src/conversation/types.ts';
import type { Talk } from '../../src/flows/talk.ts';
import { photos, say } from './answers.ts';
import { play, tell } from './play.ts';
import { messageOf, standsOf } from './stands.ts';
import { createTalking, NOW, newConversation, realFlows, take } from './world.ts';

const talking = createTalking(realFlows());
/** Somebody has written in each. */
const stands = standsOf(talking).filter(({ snapshot }) => snapshot !== null);
const siti = { id: 'op-1', name: 'Siti' };
const budi = { id: 'op-2', name: 'Budi' };
const MINUTE_MS = 60_000;

const at = (conversation: Conversation) => talking.describe(conversation, NOW);
const talkOf = ({ snapshot }: Conversation) => (snapshot as unknown as { context: Talk }).context;

/** One event after the other; each may come at a time of its own. */
function told(start: Conversation, ...events: (Event | [Event, number])[]): Conversation {
  return events.reduce((conversation, one) => {
    const [event, now] = Array.isArray(one) ? one : [one, NOW];
    return take(talking, conversation, event, now).conversation;
  }, start);
}

const claim: Event = { type: 'operator.claim', operator: siti };
const release: Event = { type: 'operator.release', operator: siti };
const resolve: Event = { type: 'operator.resolve', operator: siti };
const phone: Event = { type: 'phone.reply', id: 'p1', at: NOW, text: 'Halo Bu' };
const fill = (step: string, v: string): Event => ({
  type: 'operator.answer',
  operator: siti,
  id: `a-${step}`,
  step,
  answer: { v },
});

/** In the form of a lost KTP, at its second question. */
const inForm = ['ktp hilang', 'SETUJU', '1'].reduce(
  (conversation, text) => tell(talking, conversation, say(text)).conversation,
  newConversation('whatsapp'),
);

describe('an operator who opens a chat', () => {
  it('may do so wherever the bot has it, tells the citizen nothing, and gives it back at the very place', () => {
    for (const before of stands.filter(({ attention }) => attention.status === 'bot')) {
      const opened = take(talking, before, claim);
      expect(opened.entries).toEqual([]);
      expect(opened.effects).toEqual([]);
      expect(opened.conversation.attention).toMatchObject({
        status: 'claimed',
        reason: 'opened',
        operator: siti,
      });
      expect(opened.conversation.attention).not.toHaveProperty('unanswered');
      const [then, now] = [at(before), at(opened.conversation)];
      if (then.expects !== 'menu') expect(now).toMatchObject({ service: then.service, step: then.step });
      const back = take(talking, opened.conversation, resolve);
      expect(at(back.conversation), JSON.stringify(then)).toEqual(then);
      expect(back.conversation.attention).toEqual({ status: 'bot' });
    }
  });

  it('leaves the menu with a short word and no menu', () => {
    const { entries } = take(talking, told(newConversation('whatsapp'), claim), resolve);
    expect(entries.map(({ text }) => text)).toEqual([talking.flows.texts.handoffEnded.id]);
  });

  it('cannot end what a colleague holds', () => {
    const held = told(inForm, claim);
    for (const type of ['operator.resolve', 'operator.release'] as const)
      expect(told(held, { type, operator: budi }).attention).toMatchObject({ operator: siti });
    const late = { type: 'operator.resolve', operator: budi } as const;
    expect(told(held, [late, NOW + 6 * MINUTE_MS]).attention).toEqual({ status: 'bot' });
  });
});

describe('a claim', () => {
  it('goes to a colleague by the holder only, with a lease of its own', () => {
    const held = told(inForm, claim);
    const later = NOW + 4 * MINUTE_MS;
    const given = told(held, [{ type: 'operator.transfer', operator: siti, to: budi }, later]);
    expect(given.attention).toMatchObject({ operator: budi, until: later + 5 * MINUTE_MS });
    const taken = told(held, { type: 'operator.transfer', operator: budi, to: budi });
    expect(taken.attention).toMatchObject({ operator: siti });
  });

  it('goes over the head of its holder when a supervisor says so, and of nobody else', () => {
    const over = { type: 'operator.transfer', operator: budi, to: budi, over: true } as const;
    const held = told(inForm, claim);
    expect(told(held, over).attention).toMatchObject({ operator: budi, until: NOW + 5 * MINUTE_MS });
    expect(told(inForm, over).attention).toEqual(inForm.attention);
  });

  it('is renewed by who has it, and a renewal opens nothing', () => {
    const renew: Event = { type: 'operator.claim', operator: siti, renew: true };
    const held = told(inForm, claim);
    const late = NOW + 9 * MINUTE_MS;
    expect(told(held, [renew, late]).attention).toMatchObject({ until: late + 5 * MINUTE_MS });
    expect(told(inForm, renew).attention).toEqual(inForm.attention);
    const given = told(held, [{ type: 'operator.claim', operator: budi }, late]);
    expect(told(given, [renew, late + 9 * MINUTE_MS]).attention).toMatchObject({ operator: budi });
  });

  it('is renewed by a reply, and not lost to who comes too early', () => {
    const reply: Event = { type: 'operator.reply', operator: siti, id: 'r', text: 'Baik' };
    const held = told(inForm, claim, [reply, NOW + 4 * MINUTE_MS]);
    const early: Event = { type: 'operator.claim', operator: budi };
    expect(told(held, [early, NOW + 8 * MINUTE_MS]).attention).toMatchObject({ operator: siti });
    expect(told(held, [early, NOW + 10 * MINUTE_MS]).attention).toMatchObject({ operator: budi });
  });
});

describe('a reply', () => {
  const held = told(inForm, claim);

  it('is one message with its files, and says how it is to be sent', () => {
    const file = { file: 'f', contentType: 'image/png', sizeBytes: 3 };
    const template = { id: 'HX1', values: { nama: 'Siti' } };
    const { entries, effects, inbound } = take(talking, held, {
      type: 'operator.reply',
      operator: siti,
      id: 'r1',
      text: 'Lihat ini\n\nya Bu',
      files: [file],
      as: 'sms',
      template,
    });
    expect(entries).toMatchObject([
      {
        direction: 'out',
        author: 'Siti',
        text: 'Lihat ini\n\nya Bu',
        files: [file],
        status: 'queued',
      },
    ]);
    expect(effects).toMatchObject([{ type: 'say', params: { entry: entries[0]?.id, as: 'sms', template } }]);
    expect(inbound).toBe('reply:r1');
  });

  it('of somebody who does not hold the chat is not sent, and may be sent later under the same id', () => {
    const reply: Event = { type: 'operator.reply', operator: budi, id: 'r1', text: 'Halo' };
    for (const conversation of [held, inForm]) {
      const commit = take(talking, conversation, reply);
      expect(commit.entries).toEqual([]);
      expect(commit).not.toHaveProperty('inbound');
    }
  });
});

describe('a note', () => {
  it('is kept in every state, is sent to nobody, and changes nothing', () => {
    const note: Event = { type: 'operator.note', operator: budi, id: 'n1', text: 'Sudah menelepon' };
    for (const before of stands) {
      const { conversation, entries, effects, inbound } = take(talking, before, note);
      expect(entries).toMatchObject([
        { direction: 'note', author: 'Budi', text: 'Sudah menelepon', status: 'received' },
      ]);
      expect(effects).toEqual([]);
      expect(inbound).toBe('note:n1');
      expect(conversation.attention).toEqual(before.attention);
      expect(at(conversation)).toEqual(at(before));
    }
  });
});

describe('an answer on the behalf of a citizen', () => {
  it('is noted without its value, and the form goes on after it', () => {
    const filled = take(talking, told(inForm, claim), fill('pemohon_nama', 'Siti Aminah'));
    expect(filled.entries).toMatchObject([
      { direction: 'note', author: 'Siti', text: 'Mengisi: Nama pemilik KTP' },
    ]);
    expect(JSON.stringify(filled.entries)).not.toContain('Aminah');
    expect(filled.inbound).toBe('answer:a-pemohon_nama');
    expect(at(filled.conversation).answers.at(-1)).toMatchObject({ id: 'pemohon_nama', text: 'Siti Aminah' });
    expect(at(told(filled.conversation, resolve))).toMatchObject({ step: 'pemohon_nik' });
    expect(at(told(filled.conversation, release, messageOf(say('MENU'))))).toMatchObject({
      step: 'pemohon_nik',
    });
  });

  it('to a later question leaves the open one open, and is not asked for when its turn comes', () => {
    const filled = told(inForm, claim, fill('pemohon_nik', '7371011505900002'), resolve);
    expect(at(filled)).toMatchObject({ step: 'pemohon_nama' });
    expect(at(tell(talking, filled, say('Siti Aminah')).conversation)).toMatchObject({ step: 'pemohon_kk' });
  });

  it('is refused to who does not hold the chat, and where no form is being filled in', () => {
    const consent = tell(talking, newConversation('whatsapp'), say('ktp hilang')).conversation;
    const cases: Conversation[] = [
      inForm,
      told(inForm, { type: 'operator.claim', operator: budi }),
      told(newConversation('whatsapp'), claim),
      told(consent, claim),
    ];
    for (const conversation of cases) {
      const commit = take(talking, conversation, fill('pemohon_nama', 'Siti Aminah'));
      expect(commit.entries).toEqual([]);
      expect(commit).not.toHaveProperty('inbound');
      expect(talkOf(commit.conversation).answers).not.toHaveProperty('pemohon_nama');
    }
  });

  it('keeps the pages that were sent for another document', () => {
    const ready = ['Siti Aminah Putri', 'PN Makassar', '12/Pdt.G/2026/PN Mks', '01-09-2026'];
    let conversation = tell(talking, newConversation('whatsapp'), say('akta perceraian')).conversation;
    conversation = tell(talking, conversation, say('SETUJU')).conversation;
    const texts: Record<string, string> = {
      pemohon_nama: ready[0] ?? '',
      pemohon_nik: '7371011505900002',
      pemohon_kk: '7371011201100003',
      pemohon_hp: '081234567890',
      mantan_nama: 'Andi Baso',
      pengadilan: ready[1] ?? '',
      putusan_nomor: ready[2] ?? '',
      putusan_tanggal: ready[3] ?? '',
    };
    while (at(conversation).step !== 'putusan')
      conversation = tell(
        talking,
        conversation,
        say(texts[at(conversation).step ?? ''] ?? 'lewati'),
      ).conversation;
    conversation = tell(talking, conversation, photos(2)).conversation;
    const helped = told(conversation, claim, fill('mantan_nama', 'Andi Baso Tiro'), resolve);
    expect(at(helped)).toMatchObject({ step: 'putusan' });
    expect(talkOf(helped).pages).toHaveLength(2);
  });
});

describe('a question that an operator asks again', () => {
  it('gives the chat back there, without its old answer', () => {
    const named = tell(talking, inForm, say('Siti Aminah')).conversation;
    const asked = take(talking, told(named, claim), {
      type: 'operator.ask',
      operator: siti,
      step: 'pemohon_nama',
    });
    expect(asked.conversation.attention).toEqual({ status: 'bot' });
    expect(at(asked.conversation)).toMatchObject({ step: 'pemohon_nama' });
    expect(talkOf(asked.conversation).answers).not.toHaveProperty('pemohon_nama');
    expect(asked.entries[0]?.text).toContain('Nama lengkap pemilik KTP?');
  });
});

describe('somebody who answers from the phone of the office', () => {
  const answered = take(talking, inForm, phone);

  it('is noted as said and sent nowhere, and the bot is silent', () => {
    expect(answered.entries).toMatchObject([
      { direction: 'out', author: 'phone', text: 'Halo Bu', status: 'sent' },
    ]);
    expect(answered.effects).toEqual([]);
    expect(answered.inbound).toBe('phone:p1');
    expect(answered.timers.set).toEqual([{ id: 'phone', dueAt: NOW + 30 * MINUTE_MS }]);
    expect(answered.conversation.attention).toMatchObject({
      status: 'claimed',
      reason: 'phone',
      operator: { id: 'phone', name: 'Telepon kantor' },
    });
    expect(tell(talking, answered.conversation, say('Siti Aminah')).said).toEqual([]);
  });

  it('is followed by the bot after half an hour, at the same question and without a word', () => {
    const now = NOW + 30 * MINUTE_MS;
    const over = take(talking, answered.conversation, { type: 'timer.due', timer: 'phone', dueAt: now }, now);
    expect(over.entries).toEqual([]);
    expect(at(over.conversation)).toEqual(at(inForm));
    expect(over.conversation.attention).toEqual({ status: 'bot' });
  });

  it('is followed by the bot also when the citizen is faster than the timer', () => {
    const now = NOW + 31 * MINUTE_MS;
    const late = tell(talking, answered.conversation, say('Siti Aminah'), { now });
    expect(at(late.conversation)).toMatchObject({ status: 'bot', step: 'pemohon_nik' });
  });

  it('is followed by the queue when the citizen has written in between', () => {
    const now = NOW + 30 * MINUTE_MS;
    const asked = tell(talking, answered.conversation, say('Berapa lama?')).conversation;
    const due: Event = { type: 'timer.due', timer: 'phone', dueAt: now };
    expect(told(asked, [due, now]).attention).toMatchObject({ status: 'waiting', unansweredSince: NOW });
  });

  it('leaves a claim of an operator as it is, and keeps no operator from taking the chat', () => {
    expect(told(inForm, claim, phone).attention).toMatchObject({ operator: siti });
    expect(told(inForm, phone, claim).attention).toMatchObject({ operator: siti });
    const due: Event = { type: 'timer.due', timer: 'phone', dueAt: NOW + 30 * MINUTE_MS };
    expect(told(inForm, phone, claim, [due, NOW + 30 * MINUTE_MS]).attention).toMatchObject({
      operator: siti,
    });
  });
});

describe('messages that no person has answered', () => {
  const counted = (attention: Attention) =>
    attention.status === 'bot' ? null : [attention.unanswered, attention.unansweredSince];
  const message = messageOf(say('halo?'));
  const asked = told(inForm, messageOf(say('PETUGAS')));

  it('are counted from the one that called a person, and keep its time', () => {
    expect(counted(asked.attention)).toEqual([1, NOW]);
    expect(counted(told(asked, [message, NOW + 1000], [message, NOW + 2000]).attention)).toEqual([3, NOW]);
  });

  it('stay counted through claim, note, transfer and release, and are gone with a reply', () => {
    const reply: Event = { type: 'operator.reply', operator: siti, id: 'r', text: 'Ya Bu' };
    const held = told(asked, claim, { type: 'operator.note', operator: siti, id: 'n', text: 'x' });
    expect(counted(held.attention)).toEqual([1, NOW]);
    expect(counted(told(held, release).attention)).toEqual([1, NOW]);
    const done = told(held, reply);
    expect(done.attention).not.toHaveProperty('unanswered');
    expect(counted(told(done, [message, NOW + 9000]).attention)).toEqual([1, NOW + 9000]);
  });

  it('are not those that an operator writes for the citizen', () => {
    const spoken: Event = { ...message, by: siti } as Event;
    expect(counted(told(asked, claim, spoken).attention)).toEqual([1, NOW]);
  });
});

describe('an operator who writes for the citizen', () => {
  it('is the author of an answer that counts as the citizen’s own; the window of the phone stays as it was', () => {
    const event: Event = { ...messageOf(say('Siti Aminah')), by: siti } as Event;
    const { conversation, entries } = take(talking, inForm, event, NOW + 5000);
    expect(entries[0]).toMatchObject({ direction: 'in', author: 'Siti', text: 'Siti Aminah' });
    expect(at(conversation)).toMatchObject({ step: 'pemohon_nik' });
    expect(conversation.lastInboundAt).toBe(inForm.lastInboundAt);
  });

  it('is answered at once also when it is not understood: nobody waits for more words at the counter', () => {
    const atNik = tell(talking, inForm, say('Siti Aminah')).conversation;
    const unclear: Event = { ...messageOf(say('hmm')), by: siti } as Event;
    const { conversation, entries } = take(talking, atNik, unclear);
    expect(conversation.held).toEqual([]);
    expect(entries.filter(({ direction }) => direction === 'out')).toHaveLength(1);
    expect(take(talking, atNik, messageOf(say('hmm'))).conversation.held).toEqual(['hmm']);
  });

  it('serves a walk-in from the first question to the receipt', () => {
    let conversation = newConversation('counter');
    const texts = ['ktp hilang', 'SETUJU', '2', 'Siti Aminah', '7371011505900002', '7371011201100003'];
    for (const text of [...texts, '081234567890', 'LOKET', 'ya', '1'])
      conversation = play(talking, conversation, {
        ...messageOf(say(text)),
        by: siti,
      } as Event).conversation;
    expect(conversation.applications).toHaveLength(1);
    expect(at(conversation)).toMatchObject({ status: 'idle' });
  });
});

import { describe, expect, it } from 'vitest';
import { smsSegments } from '../../src/channels/segments.ts';
import type { ApplicationNews, Conversation, Event, NewsKind } from '../../src/conversation/types.ts';
import type { Talk } from '../../src/flows/talk.ts';
import { photos, say } from './answers.ts';
import { FILED, NEWS_KINDS, NEWS_NUMBER, newsOf, slotAt } from './news.ts';
import { play, tell } from './play.ts';
import { standsOf } from './stands.ts';
import { createTalking, NOW, newConversation, realFlows, take } from './world.ts';

const talking = createTalking(realFlows());
const stands = standsOf(talking);
const at = (conversation: Conversation) => talking.describe(conversation, NOW);
const talkOf = ({ snapshot }: Conversation) => (snapshot as unknown as { context: Talk }).context;
const muted = (conversation: Conversation) => tell(talking, conversation, say('STOP')).conversation;

/** Who wrote STOP is spared these. */
const SPARED: readonly NewsKind[] = ['visit-reminder', 'visit-soon', 'visit-missed'];

describe.each(NEWS_KINDS)('news of the kind %s', (kind) => {
  it('is told in every state, and nothing that is going on is lost by it', () => {
    for (const before of SPARED.includes(kind) ? stands : [...stands, muted(newConversation('whatsapp'))]) {
      const { conversation, entries, inbound } = take(talking, before, newsOf(kind));
      const where = JSON.stringify(at(before));
      const text = entries.map((entry) => entry.text).join('\n');
      expect(text, where).toContain(NEWS_NUMBER);
      expect(text).not.toMatch(/\{\w+\}|undefined|\[object|\bnull\b|NaN/);
      expect(inbound).toBe(`news:${NEWS_NUMBER}.${kind}`);
      expect(conversation.attention).toEqual(before.attention);
      if (before.snapshot !== null && at(before).expects !== 'menu')
        expect(at(conversation), where).toEqual(at(before));
      if (before.channel === 'sms')
        for (const entry of entries) expect(smsSegments(entry.text).segments).toBeLessThanOrEqual(2);
    }
  });

  it('repeats the open question at the end, in a form', () => {
    for (const before of stands.filter((one) => at(one).step === 'pemohon_nama')) {
      const { entries } = take(talking, before, newsOf(kind));
      const { service, step } = at(before);
      const question = talking.flows.services[service ?? '']?.steps.find(({ id }) => id === step);
      if (before.attention.status === 'bot') expect(entries.at(-1)?.text).toContain(question?.text.id);
    }
  });
});

describe('the finished document', () => {
  const [sms, whatsapp] = (['sms', 'whatsapp'] as const).map(newConversation);

  it('goes as a file where files can go, and as a link elsewhere', () => {
    const asFile = take(talking, whatsapp as Conversation, newsOf('result')).entries[0];
    expect(asFile?.files).toHaveLength(1);
    expect(asFile?.text).not.toContain('https://layanan');
    expect(asFile?.text).toContain('HVS A4 80 gram');
    const asLink = take(talking, sms as Conversation, newsOf('result')).entries[0];
    expect(asLink?.files).toEqual([]);
    expect(asLink?.text).toContain('https://layanan');
  });

  it('never comes in one message with its PIN', () => {
    const { entries } = take(talking, whatsapp as Conversation, newsOf('pin'));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ files: [], text: expect.stringContaining('482913') });
  });
});

describe('what is ready', () => {
  it('is offered a time in the menu, and by UBAH JADWAL when something else was going on', () => {
    const now = play(talking, newConversation('whatsapp'), newsOf('ready'));
    expect(now.effects.map(({ type }) => type)).toContain('offer');
    expect(at(now.conversation)).toMatchObject({ expects: 'slot' });
    const form = tell(talking, newConversation('whatsapp'), say('akta lahir')).conversation;
    const told = play(talking, form, newsOf('ready'));
    expect(told.effects.map(({ type }) => type)).toEqual(['say']);
    const found = { number: NEWS_NUMBER, service: 'ktp-hilang-rusak', activity: 'pickup' } as const;
    const luck = { fail: [], taken: 0, cases: [found] };
    const asked = tell(talking, told.conversation, say('UBAH JADWAL'), { luck });
    expect(asked.effects.find(({ type }) => type === 'offer')?.params).toMatchObject({
      application: NEWS_NUMBER,
      activity: 'pickup',
    });
  });

  it('is fetched at the time that is booked for it, and offered one where none is', () => {
    const ofBirth = { service: 'akta-kelahiran' };
    const booked = play(
      talking,
      newConversation('whatsapp'),
      newsOf('ready', { ...ofBirth, slot: slotAt(22) }),
    );
    expect(booked.effects.map(({ type }) => type)).toEqual(['say']);
    expect(booked.said[0]?.text).toContain('Rabu 25 November 2026 pukul 08.00-08.30 WITA');
    expect(booked.said[0]?.text).toContain('UBAH JADWAL');
    for (const slot of [undefined, slotAt(-22)]) {
      const news = newsOf('ready', { ...ofBirth, ...(slot ? { slot } : {}) });
      const { effects } = play(talking, newConversation('whatsapp'), news);
      expect(effects.find(({ type }) => type === 'offer')?.params).toMatchObject({ activity: 'pickup' });
    }
  });

  it('is not offered a time after STOP', () => {
    const { effects } = play(talking, muted(newConversation('whatsapp')), newsOf('ready'));
    expect(effects.map(({ type }) => type)).toEqual(['say']);
  });
});

describe('a visit', () => {
  it('that was missed is offered another time in the menu, and by UBAH JADWAL elsewhere or when it was too often', () => {
    const news = newsOf('visit-missed', { slot: { ...slotAt(-3), activity: 'submit' } });
    const told = play(talking, newConversation('whatsapp'), news);
    expect(told.effects.find(({ type }) => type === 'offer')?.params).toMatchObject({
      application: NEWS_NUMBER,
      activity: 'submit',
    });
    const { again: _, ...rest } = (news as { news: ApplicationNews }).news;
    const often = play(talking, newConversation('whatsapp'), { ...news, news: rest } as Event);
    const form = tell(talking, newConversation('whatsapp'), say('akta lahir')).conversation;
    for (const { effects, said } of [often, play(talking, form, news)]) {
      expect(effects.map(({ type }) => type)).toEqual(['say']);
      expect(said[0]?.text).toContain('UBAH JADWAL');
    }
  });

  it.each(SPARED)('is no reason to write to who wrote STOP: %s', (kind) => {
    const { said, effects } = play(talking, muted(newConversation('whatsapp')), newsOf(kind));
    expect([...said, ...effects]).toEqual([]);
  });

  it.each(['visit-reminder', 'visit-soon'] as const)('that has begun is not reminded of: %s', (kind) => {
    const { said } = play(talking, newConversation('whatsapp'), newsOf(kind, { slot: slotAt(-1) }));
    expect(said).toEqual([]);
  });

  it('names the papers that were not sent, and none of another form that is open', () => {
    const answers = { surat_polisi: { v: { counter: true } } };
    const told = play(
      talking,
      newConversation('whatsapp'),
      newsOf('visit-reminder', { answers, slot: { ...slotAt(22), activity: 'submit' } }),
    );
    expect(told.said[0]?.text).toMatch(/Bawa: .*[Ss]urat kehilangan/);
    const bare = play(talking, newConversation('whatsapp'), newsOf('visit-reminder'));
    expect(bare.said[0]?.text).not.toMatch(/Bawa: .*[Ss]urat kehilangan dari/);
  });
});

describe('a correction', () => {
  const filing = Object.entries(talking.flows.services).filter(
    ([, { outcome }]) => outcome === 'application',
  );
  const steps = filing.flatMap(([service, { steps: all }]) => all.map(({ id }) => ({ service, step: id })));

  it('asks for what was refused and for nothing else, then sends exactly that', () => {
    const refused = [
      { step: 'pemohon_kk', reason: 'salah' },
      { step: 'surat_polisi', reason: 'buram' },
    ];
    let { conversation } = play(talking, newConversation('whatsapp'), newsOf('correction', { refused }));
    expect(at(conversation)).toMatchObject({ step: 'pemohon_kk' });
    conversation = tell(talking, conversation, say('7371011201100004')).conversation;
    expect(at(conversation)).toMatchObject({ step: 'surat_polisi' });
    const done = tell(talking, conversation, photos(1));
    const sent = done.effects.find(({ type }) => type === 'correct')?.params;
    expect(sent).toMatchObject({ number: NEWS_NUMBER });
    expect(Object.keys(sent?.answers as object)).toEqual(['pemohon_kk', 'surat_polisi']);
    expect(at(done.conversation)).toMatchObject({ status: 'idle', service: null });
    expect(talkOf(done.conversation)).not.toHaveProperty('correcting');
  });

  it.each(steps)('of $step of $service begins there', ({ service, step }) => {
    const { steps: all } = talking.flows.services[service] ?? { steps: [] };
    // Everything is answered, whatever applies: only what was refused is open.
    const answers = Object.fromEntries(all.map((one) => [one.id, { v: sample(one) }]));
    const isAsked = play(
      talking,
      newConversation('whatsapp'),
      newsOf('correction', { service, answers, refused: [{ step, reason: 'salah' }] }),
    );
    const description = at(isAsked.conversation);
    // A question whose condition does not hold is not asked: then it is told, and nothing begins.
    if (description.service !== null) expect(description).toMatchObject({ service, step });
    else expect(all.find(({ id }) => id === step)?.when).toBeDefined();
  });

  it('takes nothing back that was accepted', () => {
    const { conversation } = play(talking, newConversation('whatsapp'), newsOf('correction'));
    const back = tell(talking, conversation, say('ULANG'));
    expect(at(back.conversation)).toMatchObject({ step: 'surat_polisi' });
    expect(talkOf(back.conversation).answers).toEqual(
      Object.fromEntries(Object.entries(FILED).filter(([step]) => step !== 'surat_polisi')),
    );
  });

  it('asks for what a new answer makes necessary, and sends it too', () => {
    const { surat_polisi: _none, ...rest } = FILED;
    const refused = [{ step: 'keadaan', reason: 'KTP-nya hilang' }];
    const answers = { ...rest, keadaan: { v: 'rusak' } };
    let { conversation } = play(
      talking,
      newConversation('whatsapp'),
      newsOf('correction', { refused, answers }),
    );
    conversation = tell(talking, conversation, say('1')).conversation;
    expect(at(conversation)).toMatchObject({ step: 'surat_polisi' });
    const sent = tell(talking, conversation, photos(1)).effects.find(({ type }) => type === 'correct');
    expect(Object.keys(sent?.params.answers as object)).toEqual(['keadaan', 'surat_polisi']);
  });

  it('that the office has closed meanwhile is said to have changed nothing', () => {
    const { conversation } = play(talking, newConversation('whatsapp'), newsOf('correction'));
    const photo = take(talking, conversation, {
      type: 'citizen.message',
      id: 'm',
      at: NOW,
      content: say('LOKET'),
    });
    const correct = photo.effects.find(({ type }) => type === 'correct');
    const closed = take(talking, photo.conversation, {
      type: 'effect.done',
      effect: correct?.id ?? '',
      effectType: 'correct',
      params: correct?.params ?? {},
      result: { ok: false, reason: 'closed' },
    });
    expect(closed.entries[0]?.text).toContain('tidak menunggu perbaikan');
    expect(at(closed.conversation)).toMatchObject({ status: 'idle' });
  });

  it('that waits goes when its application is closed', () => {
    const form = tell(talking, newConversation('whatsapp'), say('akta lahir')).conversation;
    const waits = play(talking, form, newsOf('correction')).conversation;
    expect(talkOf(waits).corrections).toHaveLength(1);
    expect(talkOf(play(talking, waits, newsOf('correction')).conversation).corrections).toHaveLength(1);
    expect(talkOf(play(talking, waits, newsOf('cancelled')).conversation).corrections).toEqual([]);
  });

  it('of a service that nobody knows is told, and begins nothing', () => {
    const { conversation, said } = play(
      talking,
      newConversation('whatsapp'),
      newsOf('correction', { service: 'dulu' }),
    );
    expect(said[0]?.text).toContain(NEWS_NUMBER);
    expect(at(conversation)).toMatchObject({ status: 'idle' });
  });
});

function sample(step: { ask: string; options?: { id: string }[] }) {
  if (step.ask === 'yes-no') return true;
  if (step.ask === 'number') return 3;
  if (step.ask === 'choice') return step.options?.[0]?.id ?? '';
  return step.ask === 'document' || step.ask === 'location' ? { files: [] } : '2026-01-05';
}

import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredFile } from '../../../src/conversation/types.ts';
import { createFormHandler } from '../../../src/documents/papers/form-effect.ts';
import { createPaperMaker } from '../../../src/documents/papers/make.ts';
import type { Answers } from '../../../src/flows/talk.ts';
import { createFormFacts } from '../../../src/form-facts.ts';
import { realFlows } from '../../conversation/world.ts';
import { officeOf, REMBANG } from '../../pickup/world.ts';
import { describeWith } from '../../services.ts';
import { context, effect, NOW, openWorld, PUBLIC_URL, type World } from '../world.ts';

const ANSWERS: Answers = {
  pemohon_nama: { v: 'Siti Aminah Putri' },
  pemohon_nik: { v: '7371011505900002' },
  pemohon_kk: { v: '7371011201100003' },
  jenis: { v: 'ubah_data' },
  elemen: { v: 'orang_tua' },
  anggota_nama: { v: 'Budi Santoso' },
  data_benar: { v: 'nama ibu: Aminah' },
};

let world: World;
let logged: object[];
beforeEach(async () => {
  world = await openWorld();
  logged = [];
});
afterEach(() => world.close());

async function run(
  answers: Answers = ANSWERS,
  about: { draft?: number; application?: string; form?: string } = {},
) {
  const { store, clock } = world;
  const papers = createPaperMaker({
    ...world,
    issued: store.issued,
    sealer: store.sealer,
    publicUrl: PUBLIC_URL,
  });
  const forms = createFormFacts({
    ...{ flows: realFlows(), office: officeOf(REMBANG), applications: store.applications, clock },
  });
  const handler = createFormHandler({
    papers,
    factsOf: (service, given, code) => {
      if (service === 'broken') throw new Error('no such facts');
      return forms.ofDraft(service, given, code);
    },
    sealer: store.sealer,
    log: { error: (line: object) => logged.push(line) },
  });
  const { form = 'F-1.06', draft = 7, application } = about;
  const params = {
    ...{ step: 'f106', service: form === 'F-1.06' ? 'kk-perubahan' : 'broken', form: 'F-1.06', draft },
    ...(application === undefined ? {} : { application }),
    answers: answers as never,
  };
  const outcome = await handler.run(effect('form', params), context());
  return outcome.result as { step: string; file: StoredFile | null };
}
const made = async (...given: Parameters<typeof run>): Promise<StoredFile> => {
  const { file } = await run(...given);
  if (!file) throw new Error('no form was made');
  return file;
};
const issuedFor = (subject: string) => world.store.issued.findCurrent('form', subject);

describe('the effect form', () => {
  test('keeps the form with the case that it belongs to, under a name without a person', async () => {
    const file = await made();
    expect(file).toMatchObject({ contentType: 'application/pdf', name: 'formulir-F-1.06.pdf' });
    expect(await world.vault.get(file.file)).toMatchObject({ owner: 'talk', draft: 7 });
  });

  test('gives the same file for the same answers, another for others, and the first again for the first', async () => {
    const first = await made();
    world.clock.at += 60_000;
    expect((await made()).file).toBe(first.file);
    const other = await made({ ...ANSWERS, data_benar: { v: 'nama ibu: Aminah Putri' } });
    expect(other.file).not.toBe(first.file);
    // What replaced it is replaced in turn.
    expect((await made()).file).not.toBe(other.file);
    expect((await made({ ...ANSWERS, pemohon_email: { v: 'siti@contoh.id' } })).file).not.toBe(other.file);
  });

  test('belongs to one draft: the same answers in another are another form', async () => {
    expect((await made()).file).not.toBe((await made(ANSWERS, { draft: 8 })).file);
  });

  test('is issued for a number once it is filed, and before for nothing that tells whose it is', async () => {
    await made(ANSWERS, { application: 'KL-2611-0001-7' });
    expect(await issuedFor('KL-2611-0001-7/F-1.06')).toMatchObject({ kind: 'form', issuedAt: NOW });
    const subject = `${world.store.sealer.hash('form-draft', 'talk:7').slice(0, 16)}/F-1.06`;
    expect(await issuedFor(subject)).toBeUndefined();
    await made();
    expect(await issuedFor(subject)).toMatchObject({ kind: 'form' });
  });

  test('that cannot be made gives none, and the log says which without its answers', async () => {
    expect(await run(ANSWERS, { form: 'other' })).toEqual({ step: 'f106', file: null });
    expect(logged).toMatchObject([{ effect: 'talk.4.0', form: 'F-1.06' }]);
    expect(JSON.stringify(logged)).not.toContain('Siti');
  });
});

describeWith('pdftotext', 'the form to sign', () => {
  test('is filled in with what was answered', async () => {
    const bytes = (await world.vault.get((await made()).file))?.bytes ?? new Uint8Array();
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' });
    for (const words of ['F-1.06', 'Siti Aminah Putri', 'nama ibu: Aminah']) expect(text).toContain(words);
  });
});

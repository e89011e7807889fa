import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCasePapers } from '../../../src/documents/papers/case-papers.ts';
import { createPaperMaker } from '../../../src/documents/papers/make.ts';
import { createReceiptHandler } from '../../../src/documents/papers/receipt.ts';
import type { ReceiptFacts } from '../../../src/documents/papers/receipt-facts.ts';
import type { SlipFacts } from '../../../src/documents/papers/slip-facts.ts';
import type { Signed, Signer } from '../../../src/documents/signing/signer.ts';
import { AppError } from '../../../src/errors.ts';
import { context, effect, FACTS, NOW, openWorld, PUBLIC_URL, type World } from '../world.ts';

let world: World;
let facts: ReceiptFacts;
let slip: SlipFacts | undefined;
let signer: Signer | undefined;
let logged: object[];
beforeEach(async () => {
  world = await openWorld();
  [slip, signer, logged] = [undefined, undefined, []];
  facts = FACTS;
});
afterEach(() => world.close());

const papers = () => {
  const deps = { ...world, issued: world.store.issued, sealer: world.store.sealer, publicUrl: PUBLIC_URL };
  return createCasePapers({
    papers: createPaperMaker(deps),
    facts: {
      keeperOf: async () => ({ owner: 'talk', draft: 7 }),
      receipt: async () => facts,
      slip: async () => slip,
      form: async () => {
        throw new Error('no form was asked for');
      },
      checklist: () => undefined,
    },
    signer,
    log: { error: (line: object) => logged.push(line) },
  });
};

const run = async (id = 'talk.4.0', asLink = false) => {
  const handler = createReceiptHandler({ papers: papers(), links: world.links });
  const outcome = await handler.run(
    effect('receipt', { application: 'KL-2611-0001-7', asLink }, id),
    context(),
  );
  return outcome.result as { file: { file: string; sizeBytes: number }; url: string | null; paper: string };
};
const bytesOf = async (file: string) => Buffer.from((await world.vault.get(file))?.bytes ?? []);
/** The code is found through the page's address, which the paper's own metadata repeat. */
const codeOn = (pdf: Buffer) => {
  const code = /([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3})/.exec(pdf.toString('latin1'))?.[1] ?? '';
  return code.replaceAll('-', '');
};

describe('the effect receipt', () => {
  test('keeps the paper in the vault of its conversation', async () => {
    const { file, url } = await run();
    expect(file).toMatchObject({ contentType: 'application/pdf', name: 'tanda-terima-KL-2611-0001-7.pdf' });
    expect(url).toBeNull();
    expect(await world.vault.get(file.file)).toMatchObject({ owner: 'talk', draft: 7 });
    expect((await bytesOf(file.file)).length).toBe(file.sizeBytes);
  });

  test('issues it with a code that says what it is, and nothing of whom', async () => {
    const pdf = await bytesOf((await run()).file.file);
    const issued = await world.store.issued.find(codeOn(pdf));
    expect(issued).toEqual({
      code: codeOn(pdf),
      kind: 'receipt',
      application: 'KL-2611-0001-7',
      issuedAt: NOW,
      sha256: createHash('sha256').update(pdf).digest('hex'),
    });
  });

  test('run again gives the same paper and link, even when the case has changed', async () => {
    const first = await run('talk.4.0', true);
    const before = await bytesOf(first.file.file);
    world.clock.at += 60_000;
    facts = { ...FACTS, pin: '000000' };
    expect(await run('talk.4.0', true)).toEqual(first);
    expect((await bytesOf(first.file.file)).equals(before)).toBe(true);
  });

  test('a later receipt takes the place of the earlier one', async () => {
    const first = codeOn(await bytesOf((await run('talk.4.0')).file.file));
    const second = codeOn(await bytesOf((await run('talk.9.1')).file.file));
    expect(await world.store.issued.find(first)).toMatchObject({ supersededBy: second });
    expect(await world.store.issued.find(second)).not.toHaveProperty('supersededBy');
  });

  test('as a link leads to the file of this application', async () => {
    const { file, url } = await run('talk.4.0', true);
    const token = url?.slice(`${PUBLIC_URL}/f/`.length) ?? '';
    expect(await world.links.find(token)).toMatchObject({
      state: 'open',
      link: { kind: 'download', file: file.file, application: 'KL-2611-0001-7' },
    });
  });

  test('that was broken off before it was issued is issued the next time', async () => {
    const issue = world.store.issued.issue;
    world.store.issued.issue = async () => {
      throw new AppError('STORE_UNAVAILABLE', { detail: 'stand-in' });
    };
    await expect(run()).rejects.toMatchObject({ retry: true });
    world.store.issued.issue = issue;
    const pdf = await bytesOf((await run()).file.file);
    expect(await world.store.issued.find(codeOn(pdf))).toMatchObject({
      sha256: createHash('sha256').update(pdf).digest('hex'),
    });
  });

  test('gives a pick-up slip once there is something to collect', async () => {
    expect((await run()).paper).toBe('receipt');
    const { application, service, office } = FACTS;
    const visit = { startAt: NOW, endAt: NOW + 1_800_000, place: { id: 'Loket 2', en: 'Counter 2' } };
    slip = { application, service, document: service, visit, bring: [], office };
    const { file, paper } = await run('talk.8.0');
    expect(paper).toBe('slip');
    const pdf = await bytesOf(file.file);
    expect(await world.store.issued.find(codeOn(pdf))).toMatchObject({ kind: 'slip', application });
  });

  test('of a visit that was changed says so by its code, and the slip of the new time is the one that counts', async () => {
    const { application, service, office } = FACTS;
    const slipAt = (startAt: number): SlipFacts => ({
      ...{ application, service, document: service, bring: [], office },
      visit: { startAt, endAt: startAt + 1_800_000, place: { id: 'Loket 2', en: 'Counter 2' } },
    });
    slip = slipAt(NOW);
    const before = codeOn(await bytesOf((await run('talk.8.0')).file.file));
    slip = slipAt(NOW + 86_400_000);
    const after = codeOn(await bytesOf((await run('talk.9.0')).file.file));
    expect(after).not.toBe(before);
    expect((await world.store.issued.find(before))?.supersededBy).toBe(after);
    expect((await world.store.issued.find(after))?.supersededBy).toBeUndefined();
  });

  test('reprinted at the counter is the one that the citizen has', async () => {
    const { file } = await run();
    facts = { ...FACTS, pin: '000000' };
    expect((await papers().receipt('KL-2611-0001-7')).file.file).toBe(file.file);
  });
});

describe('a receipt and the electronic signature', () => {
  const signing = (sign: () => Promise<Signed>, isUnattended = true): Signer => ({
    ...{ kind: 'local', isUnattended, sign },
  });
  const SIGNED = new TextEncoder().encode('signed bytes');

  test('is signed where nobody need type a passphrase', async () => {
    signer = signing(async () => ({ ok: true, bytes: SIGNED }));
    expect((await bytesOf((await run()).file.file)).toString()).toBe('signed bytes');
  });

  test('is not where somebody must', async () => {
    signer = signing(async () => ({ ok: true, bytes: SIGNED }), false);
    expect((await bytesOf((await run()).file.file)).toString('latin1')).toMatch(/^%PDF/);
  });

  test.each([
    ['refused', async (): Promise<Signed> => ({ ok: false, reason: 'certificate' })],
    ['out of reach', () => Promise.reject(new AppError('REMOTE_UNAVAILABLE', { detail: 'stand-in' }))],
  ])('goes out without when signing is %s, and the log says so', async (_name, sign) => {
    signer = signing(sign);
    expect((await bytesOf((await run()).file.file)).toString('latin1')).toMatch(/^%PDF/);
    expect(logged).toHaveLength(1);
  });
});

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createReceiptHandler } from '../../../src/documents/papers/receipt.ts';
import type { ReceiptFacts } from '../../../src/documents/papers/receipt-facts.ts';
import { AppError } from '../../../src/errors.ts';
import { context, effect, FACTS, NOW, openWorld, PUBLIC_URL, type World } from '../world.ts';

let world: World;
let facts: ReceiptFacts;
beforeEach(async () => {
  world = await openWorld();
  facts = FACTS;
});
afterEach(() => world.close());

const run = async (id = 'talk.4.0', asLink = false) => {
  const handler = createReceiptHandler({
    receiptFacts: async () => facts,
    vault: world.vault,
    issued: world.store.issued,
    links: world.links,
    sealer: world.store.sealer,
    clock: world.clock,
    publicUrl: PUBLIC_URL,
  });
  const outcome = await handler.run(
    effect('receipt', { application: 'KL-2611-0001-7', asLink }, id),
    context(),
  );
  return outcome.result as { file: { file: string; sizeBytes: number }; url: string | null };
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
    expect(await world.vault.get(file.file)).toMatchObject({ owner: 'talk' });
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
});

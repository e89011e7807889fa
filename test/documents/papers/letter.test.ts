import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLetters, type LetterOrder } from '../../../src/documents/papers/letter.ts';
import { createPaperMaker } from '../../../src/documents/papers/make.ts';
import { isOwnPaper } from '../../../src/documents/papers/own-paper.ts';
import type { Signed, Signer, SigningAct } from '../../../src/documents/signing/signer.ts';
import { AppError } from '../../../src/errors.ts';
import { FACTS, openWorld, PUBLIC_URL, type World } from '../world.ts';

const NUMBER = FACTS.application;
const ORDER: LetterOrder = {
  ...{ act: 'act-1', subject: 'Undangan', to: 'Siti', body: ['Mohon hadir.'] },
  signer: { title: 'Kepala Dinas', name: 'Nama Pejabat' },
  sign: { passphrase: 'rahasia sekali', nik: '6402015509900001', visible: true },
};

let world: World;
let acts: SigningAct[];
beforeEach(async () => {
  world = await openWorld();
  acts = [];
});
afterEach(() => world.close());

function letters(outcome: () => Promise<Signed>) {
  const signer: Signer = {
    ...{ kind: 'local', isUnattended: false },
    sign: async (paper, act) => {
      expect(isOwnPaper(paper)).toBe(true);
      acts.push(act);
      return outcome();
    },
  };
  const { issued, sealer } = world.store;
  return createLetters({
    papers: createPaperMaker({ ...world, issued, sealer, publicUrl: PUBLIC_URL }),
    facts: {
      keeperOf: async () => ({ owner: 'talk' }),
      letter: async () => ({ application: NUMBER, service: FACTS.service.id, office: FACTS.office }),
    },
    signer,
  });
}
const SIGNED: Signed = { ok: true, bytes: new TextEncoder().encode('signed bytes') };

describe('a letter that is signed', () => {
  test('is kept as it was signed; the signer is told where it is seen', async () => {
    const made = await letters(async () => SIGNED).write(NUMBER, ORDER);
    if (!made.ok) throw new Error(made.reason);
    const kept = await world.vault.get(made.file.file);
    expect(Buffer.from(kept?.bytes ?? []).toString()).toBe('signed bytes');
    expect(acts).toMatchObject([
      { passphrase: 'rahasia sekali', visible: { page: 1 }, reason: `Surat ${NUMBER}` },
    ]);
  });

  test('is signed once, however often it is asked for', async () => {
    const { write } = letters(async () => SIGNED);
    expect(await write(NUMBER, ORDER)).toEqual(await write(NUMBER, ORDER));
    expect(acts).toHaveLength(1);
  });

  test.each([
    ['passphrase', async (): Promise<Signed> => ({ ok: false, reason: 'passphrase' })],
    ['certificate', async (): Promise<Signed> => ({ ok: false, reason: 'certificate' })],
    ['refused', async (): Promise<Signed> => ({ ok: false, reason: 'refused' })],
    ['unknown', () => Promise.reject(new AppError('OUTCOME_UNKNOWN', { detail: 'stand-in' }))],
    ['unavailable', () => Promise.reject(new AppError('REMOTE_UNAVAILABLE', { detail: 'stand-in' }))],
  ])('is not made when signing ends in %s', async (reason, outcome) => {
    expect(await letters(outcome).write(NUMBER, ORDER)).toEqual({ ok: false, reason });
    expect(await world.store.issued.findCurrent('letter', `${NUMBER}/act-1`)).toBeUndefined();
  });
});

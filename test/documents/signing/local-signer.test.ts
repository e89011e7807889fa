import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OwnPaper } from '../../../src/documents/papers/own-paper.ts';
import { createLocalSigner } from '../../../src/documents/signing/local-signer.ts';
import { type Identity, openP12 } from '../../../src/documents/signing/p12.ts';
import { describeWith } from '../../services.ts';
import { makeCertificates, PASSPHRASE, SIGNER } from './certificates.ts';
import { bytesOf, checkStructure, judgeSignature, paper, partsOf, save } from './papers.ts';

const YEAR_MS = 366 * 24 * 60 * 60 * 1000;
const PLACE = { page: 1, x: 320, y: 120, width: 210, height: 72 };

let certificates: ReturnType<typeof makeCertificates>;
let identity: Identity;
/** In the first minute of the certificate. */
let startsAt: number;
let act: { reason: string; at: number };

describeWith(['openssl', 'pdfsig', 'qpdf'], 'signing with a certificate of the office', () => {
  beforeAll(async () => {
    certificates = makeCertificates();
    identity = await open(certificates.file);
    startsAt = identity.validFrom + 60_000;
    act = { reason: 'Surat resmi 470/001', at: startsAt };
  });
  afterAll(() => certificates.remove());

  it('gives a signature that pdfsig finds valid, over the whole paper, in the form that PAdES asks for', async () => {
    const signed = bytesOf(await signer().sign(await paper(), act));
    const verdict = judgeSignature(certificates.folder, signed);
    expect(verdict).toContain('Signature is Valid');
    expect(verdict).toContain('Total document signed');
    expect(verdict).toContain('ETSI.CAdES.detached');
    expect(verdict).toContain(`Certificate Common Name: ${SIGNER}`);
    checkStructure(certificates.folder, signed);
  });

  it('is found good by openssl against the authority that stands above the certificate', async () => {
    const { folder, authorityPath } = certificates;
    const { signature, signed } = partsOf(bytesOf(await signer().sign(await paper(), act)));
    const [der, content] = [join(folder, 'signature.der'), join(folder, 'content')];
    writeFileSync(der, signature);
    writeFileSync(content, signed);
    const args = ['-binary', '-inform', 'DER', '-in', der, '-content', content, '-CAfile', authorityPath];
    execFileSync(
      'openssl',
      ['cms', '-verify', '-cades', '-purpose', 'any', ...args, '-out', join(folder, 'out')],
      { stdio: 'pipe' },
    );
    const parsed = execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', der], {
      encoding: 'utf8',
    });
    expect(parsed).toContain('id-smime-aa-signingCertificateV2');
    expect(parsed).not.toContain('signingTime');
  });

  it('says when and why in its own fields', async () => {
    const signed = bytesOf(await signer().sign(await paper(), act)).toString('latin1');
    const stamp = new Date(startsAt).toISOString().replace(/[-:T]/g, '').slice(0, 14);
    expect(signed).toContain(`/M (D:${stamp}Z)`);
    expect(signed).toContain(`/Reason <feff${Buffer.from(act.reason, 'utf16le').swap16().toString('hex')}>`);
  });

  it('leaves the paper as it was, and writes behind it', async () => {
    const before = await paper();
    const signed = bytesOf(await signer().sign(before, act));
    expect(signed.subarray(0, before.length).equals(Buffer.from(before))).toBe(true);
  });

  it('is no longer valid once a byte of the paper is another', async () => {
    const signed = bytesOf(await signer().sign(await paper(), act));
    const at = signed.indexOf('/Title');
    signed[at + 30] = (signed[at + 30] ?? 0) ^ 1;
    expect(judgeSignature(certificates.folder, signed)).not.toContain('Signature is Valid');
  });

  it('gives the same bytes for the same paper and time, and others a second later', async () => {
    const [one, again, later] = [
      bytesOf(await signer().sign(await paper(), act)),
      bytesOf(await signer().sign(await paper(), act)),
      bytesOf(await signer().sign(await paper(), { ...act, at: startsAt + 1000 })),
    ];
    expect(one.equals(again)).toBe(true);
    expect(one.equals(later)).toBe(false);
  });

  it('shows a box where it is told to, says the same to readers aloud, and stays valid', async () => {
    const signed = bytesOf(await signer().sign(await paper(2), { ...act, visible: { ...PLACE, page: 2 } }));
    const { folder } = certificates;
    expect(judgeSignature(folder, signed)).toContain('Signature is Valid');
    checkStructure(folder, signed);
    expect(await inkIn(signed, 1)).toBe(0);
    expect(await inkIn(signed, 2)).toBeGreaterThan(0.1);
    expect(execFileSync('pdfinfo', ['-struct', save(folder, signed)], { encoding: 'utf8' })).toMatch(
      /Form\n\s+Object/,
    );
    expect(signed.toString('latin1')).toContain(
      Buffer.from('Ditandatangani', 'utf16le').swap16().toString('hex'),
    );
    expect(signed.length).toBeLessThan(200_000);
  });

  it('shows nothing when it is not to be seen', async () => {
    const [plain, signed] = [await paper(), bytesOf(await signer().sign(await paper(), act))];
    expect((await picture(signed, 1)).equals(await picture(plain, 1))).toBe(true);
  });

  it('draws a long reason and a strange name without leaving the box', async () => {
    const reason = 'Surat keterangan yang sangat panjang sekali '.repeat(20);
    const signed = bytesOf(await signer().sign(await paper(), { reason, at: startsAt, visible: PLACE }));
    checkStructure(certificates.folder, signed);
    expect(await inkIn(signed, 1, { ...PLACE, x: PLACE.x - 40, width: 38 })).toBe(0);
    expect(await inkIn(signed, 1, { ...PLACE, x: PLACE.x + PLACE.width + 2, width: 38 })).toBe(0);
  });

  it('signs with a key on an elliptic curve as well', async () => {
    const other = makeCertificates('ec');
    try {
      const ec = createLocalSigner({ ...signerDeps(), file: other.file, identity: await open(other.file) });
      const signed = bytesOf(await ec.sign(await paper(), { ...act, visible: PLACE }));
      expect(judgeSignature(other.folder, signed)).toContain('Signature is Valid');
    } finally {
      other.remove();
    }
  });

  it('signs nothing but papers that we drew: neither a PDF of others nor a copy', async () => {
    const attached = Buffer.from(await paper()) as unknown as OwnPaper;
    await expect(signer().sign(attached, act)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    const signed = bytesOf(await signer().sign(await paper(), act)) as unknown as OwnPaper;
    await expect(signer().sign(signed, act)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it('takes a passphrase for one act, and says when it is wrong or none was given', async () => {
    const attended = createLocalSigner({ ...signerDeps(), identity: undefined });
    expect(attended.isUnattended).toBe(false);
    expect(await attended.sign(await paper(), { ...act, passphrase: PASSPHRASE })).toMatchObject({
      ok: true,
    });
    expect(await attended.sign(await paper(), act)).toEqual({ ok: false, reason: 'passphrase' });
    expect(await attended.sign(await paper(), { ...act, passphrase: 'salah' })).toEqual({
      ok: false,
      reason: 'passphrase',
    });
  });

  it('makes who guesses passphrases wait, and lets them try again a minute later', async () => {
    let now = startsAt;
    const attended = createLocalSigner({ ...signerDeps(), identity: undefined, clock: { now: () => now } });
    const own = await paper();
    for (let guess = 0; guess < 5; guess += 1)
      await attended.sign(own, { ...act, passphrase: `salah${guess}` });
    const right = { ...act, passphrase: PASSPHRASE };
    await expect(attended.sign(own, right)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    now += 60_001;
    expect(await attended.sign(own, right)).toMatchObject({ ok: true });
  });

  it('signs nothing before the certificate begins and after it has ended', async () => {
    for (const at of [startsAt - YEAR_MS, startsAt + YEAR_MS]) {
      expect(await signer().sign(await paper(), { ...act, at })).toEqual({
        ok: false,
        reason: 'certificate',
      });
    }
  });

  it('says of a file that is broken or holds no key that it is no certificate', async () => {
    const broken = createLocalSigner({
      ...signerDeps(),
      file: certificates.file.subarray(0, 400),
      identity: undefined,
    });
    const result = await broken.sign(await paper(), { ...act, passphrase: PASSPHRASE });
    expect(result).toEqual({ ok: false, reason: 'certificate' });
  });
});

function signerDeps() {
  return { file: certificates.file, identity, timeZone: 'Asia/Makassar', clock: { now: () => startsAt } };
}

function signer() {
  return createLocalSigner(signerDeps());
}

async function open(file: Uint8Array): Promise<Identity> {
  const opened = await openP12(file, PASSPHRASE);
  if (!opened.ok) throw new Error(opened.reason);
  return opened.identity;
}

/** A page as poppler draws it: one pixel a point, grey, as PGM. */
async function picture(bytes: Uint8Array, page: number): Promise<Buffer> {
  const path = save(certificates.folder, bytes);
  const number = String(page);
  return execFileSync('pdftoppm', ['-r', '72', '-gray', '-f', number, '-l', number, path]);
}

/** How much of a place is not white, from 0 to 1. */
async function inkIn(bytes: Uint8Array, page: number, place = PLACE): Promise<number> {
  const pgm = await picture(bytes, page);
  const head = /^P5\s(\d+) (\d+)\s255\s/.exec(pgm.toString('latin1', 0, 32)) ?? [''];
  const [width, height] = [Number(head[1]), Number(head[2])];
  const pixels = pgm.subarray(head[0].length);
  let dark = 0;
  for (let y = 0; y < place.height; y += 1) {
    const row = (height - 1 - place.y - y) * width + place.x;
    dark += pixels.subarray(row, row + place.width).filter((grey) => grey < 255).length;
  }
  return dark / (place.width * place.height);
}

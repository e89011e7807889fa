/** An office that signs: its receipts by themselves, its letters by the passphrase of who sends them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Running, startWhole } from '../channels/simulator/phone.ts';
import { makeCertificates, PASSPHRASE, SIGNER } from '../documents/signing/certificates.ts';
import { checkStructure, judgeSignature } from '../documents/signing/papers.ts';
import { describeWith } from '../services.ts';
import type { Clerk } from './clerk.ts';
import { type Case, fileCase, hire, type Role } from './walls.ts';

let certificates: ReturnType<typeof makeCertificates>;
let running: Running;
let filed: Case;
let staff: Record<Role, Clerk>;

describeWith(['openssl', 'pdfsig', 'qpdf'], 'an office that signs', () => {
  beforeAll(async () => {
    certificates = makeCertificates();
    running = await startWhole({ SIGN_P12: certificates.path, SIGN_P12_PASSPHRASE: PASSPHRASE });
    running.clock.set(Date.now() + 60_000);
    [filed, staff] = [await fileCase(running, '+6281200000501', 1), await hire(running)];
  }, 90_000);
  afterAll(async () => {
    await running?.stop();
    certificates?.remove();
  });

  it('gives receipts that are signed, and that its own page calls genuine', async () => {
    const bytes = await bytesOf(filed.receipt);
    expect(judgeSignature(certificates.folder, bytes)).toContain('Signature is Valid');
    checkStructure(certificates.folder, bytes);
    const issued = await running.store.issued.findCurrent('receipt', filed.number);
    const told = await fetch(`${running.url}/v/${issued?.code}`, { headers: { Accept: 'application/json' } });
    const stored = await running.vault.get(filed.receipt);
    expect(await told.json()).toMatchObject({ status: 'genuine', sha256: stored?.sha256 });
  });

  it('signs a letter by a passphrase typed for it, and says when it is wrong', async () => {
    const { url } = running;
    const at = `/requests/${filed.number}`;
    type Offered = { letter: { signers: { id: string }[]; signing: string | null } };
    const { letter } = await staff.verifier.done<Offered>(url, 'GET', `${at}/papers`);
    expect(letter.signing).toBe('local');
    const [named] = letter.signers;
    const write = (passphrase: string) =>
      staff.verifier.call<{ signed: boolean; file: { file: string }; error?: { code: string } }>(
        url,
        'POST',
        `${at}/letter`,
        {
          ...{
            id: randomUUID(),
            subject: 'Undangan',
            to: 'Siti Rahmawati',
            body: 'Mohon datang.',
            send: false,
          },
          signer: named ? { id: named.id } : { title: 'Kepala Dinas', name: SIGNER },
          sign: { passphrase, visible: true },
        },
      );
    const refused = await write('salah-sandi');
    expect(refused.body.error?.code).toBe('WRONG_PASSPHRASE');
    const written = await write(PASSPHRASE);
    expect(written.body).toMatchObject({ signed: true });
    const verdict = judgeSignature(certificates.folder, await bytesOf(written.body.file.file));
    expect(verdict).toContain('Signature is Valid');
    expect(verdict).toContain(SIGNER);
  });

  it('keeps passphrases out of the audit log', async () => {
    const log = JSON.stringify(await running.store.audit.list({ limit: 1000 }));
    expect(log).not.toMatch(new RegExp(`${PASSPHRASE}|salah-sandi`));
  });
});

async function bytesOf(file: string): Promise<Uint8Array> {
  const kept = await running.vault.get(file);
  if (!kept) throw new Error('the paper is not kept');
  return kept.bytes;
}

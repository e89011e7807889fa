/** Papers to sign, and what the programs of others say of them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderPaper } from '../../../src/documents/papers/paper.ts';
import type { Signed } from '../../../src/documents/signing/signer.ts';
import { FACTS, NOW, PUBLIC_URL } from '../world.ts';

const issue = { code: '7K2M9QX4TR', issuedAt: NOW, verifyUrl: `${PUBLIC_URL}/v/7K2M9QX4TR` };

/** A paper of some pages. */
export function paper(pages = 1) {
  return renderPaper({ title: 'Surat', subject: 'Letter', office: FACTS.office, issue }, (pen) => {
    for (let page = 1; page <= pages; page += 1) {
      if (page > 1) pen.need(10_000);
      pen.write('P', `Halaman ${page}`, { x: 60, y: 80 }, { size: 12 });
    }
  });
}

export function bytesOf(signed: Signed): Buffer {
  if (!signed.ok) throw new Error(`not signed: ${signed.reason}`);
  return Buffer.from(signed.bytes);
}

/** The bytes in a file of `folder`, for a program. */
export function save(folder: string, bytes: Uint8Array): string {
  const path = join(folder, 'paper.pdf');
  writeFileSync(path, bytes);
  return path;
}

/** What poppler's `pdfsig` prints. */
export function judgeSignature(folder: string, bytes: Uint8Array): string {
  return spawnSync('pdfsig', [save(folder, bytes)], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } })
    .stdout;
}

/** Throws what `qpdf --check` complains of. */
export function checkStructure(folder: string, bytes: Uint8Array): void {
  execFileSync('qpdf', ['--check', save(folder, bytes)], { stdio: 'pipe' });
}

/** The signature itself (DER), and the bytes that it signs. */
export function partsOf(bytes: Buffer): { signature: Buffer; signed: Buffer } {
  const found = /\/ByteRange \[0 (\d+) (\d+) (\d+)\s*\]/.exec(bytes.toString('latin1'));
  const [before = 0, after = 0, rest = 0] = (found ?? []).slice(1).map(Number);
  const hex = bytes.toString('latin1', before + 1, after - 1);
  return {
    signature: Buffer.from(hex, 'hex'),
    signed: Buffer.concat([bytes.subarray(0, before), bytes.subarray(after, after + rest)]),
  };
}

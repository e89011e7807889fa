import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runForm } from '../../src/cli/form.ts';
import { memoryIo } from './memory-io.ts';

const officeFile = new URL('../../office.yaml', import.meta.url).pathname;
const clock = { now: () => Date.UTC(2026, 10, 23) };

it('writes an empty form to standard output, or to a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'loket-form-cli-'));
  try {
    const io = memoryIo();
    await runForm({ code: 'f-2.04', officeFile }, { clock, io });
    expect(io.out()).toMatch(/^%PDF-/);
    const [quiet, out] = [memoryIo(), join(folder, 'form.pdf')];
    await runForm({ code: 'F-2.04', officeFile, out }, { clock, io: quiet });
    expect(readFileSync(out, 'latin1')).toMatch(/^%PDF-/);
    expect(quiet.out()).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('tells which form was probably meant', async () => {
  await expect(runForm({ code: 'F-1.3', officeFile }, { clock, io: memoryIo() })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('did you mean "F-1.03"?'),
  });
});

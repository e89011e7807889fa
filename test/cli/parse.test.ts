import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { runParse } from '../../src/cli/parse.ts';

async function parse(
  type: string,
  input: string | Buffer[],
  now = '2026-03-26T10:00:00+08:00',
): Promise<unknown[]> {
  const output = new PassThrough();
  const written = text(output);
  const chunks = typeof input === 'string' ? [Buffer.from(input)] : input;
  await runParse(
    type,
    { now, timeZone: 'Asia/Makassar' },
    { input: Readable.from(chunks, { objectMode: false }), output },
  );
  output.end();
  const all = await written;
  expect(all === '' || all.endsWith('\n')).toBe(true);
  return all
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

describe('loket parse', () => {
  it('writes one line for each line, empty ones and the last without a line feed included', async () => {
    expect(await parse('yes-no', 'iya\n\r\ntidak\r\n\n👍')).toEqual([
      { ok: true, value: true, warnings: [] },
      { ok: false, reason: 'unreadable' },
      { ok: true, value: false, warnings: [] },
      { ok: false, reason: 'unreadable' },
      { ok: true, value: true, warnings: [] },
    ]);
    expect(await parse('yes-no', '')).toEqual([]);
  });

  it('ends a line at line feeds only, and joins characters cut between chunks', async () => {
    const bytes = Buffer.from('Budi\u2028Santoso\rputra\nSiti R\u00e9a\n');
    const cut = bytes.indexOf(0xc3) + 1;
    expect(await parse('name', [bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual([
      { ok: true, value: 'Budi Santoso putra', warnings: [] },
      { ok: true, value: 'Siti R\u00e9a', warnings: [] },
    ]);
  });

  it('counts days from the time it is given, in the zone of the office', async () => {
    const today = { ok: true, value: '2026-03-26', warnings: [] };
    expect(await parse('date', 'hari ini', '2026-03-25T16:30:00Z')).toEqual([today]);
    expect(await parse('date', 'hari ini', '2026-03-26T00:10:00')).toEqual([today]);
    expect(await parse('date', 'hari ini', '2026-03-26')).toEqual([today]);
  });

  it('gives the details of a NIK', async () => {
    expect(await parse('nik', '6408045205909902')).toEqual([
      {
        ok: true,
        value: '6408045205909902',
        warnings: [],
        details: { birthDate: '1990-05-12', sex: 'P', province: '64' },
      },
    ]);
  });

  it('reads every type that the contract names', async () => {
    for (const type of ['nik', 'kk', 'date', 'phone', 'name', 'yes-no', 'akta-number']) {
      expect(await parse(type, '?')).toMatchObject([{ ok: false }]);
    }
  });

  it('refuses an unknown type or time by name', async () => {
    await expect(parse('tanggal', 'x')).rejects.toThrow(
      /INVALID_REQUEST.*nik, kk, date, phone, name, yes-no, akta-number/,
    );
    await expect(parse('constructor', 'x')).rejects.toThrow(/INVALID_REQUEST/);
    await expect(parse('date', 'x', 'besok')).rejects.toThrow(/INVALID_REQUEST.*--now/);
  });
});

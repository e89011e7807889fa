import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCalendarCheck } from '../../src/cli/calendar-check.ts';
import { runCalendarYear } from '../../src/cli/calendar-year.ts';
import { officeOf, REMBANG, wib } from '../pickup/world.ts';
import { memoryIo } from './memory-io.ts';

async function yearOf(year: string): Promise<string[]> {
  const io = memoryIo();
  await runCalendarYear(year, io);
  return io.out().trimEnd().split('\n');
}
const dayOf = (lines: string[], name: string) =>
  lines.filter((line) => line.includes(`id: ${name}`)).map((line) => line.match(/date: ([\d-]+)/)?.[1]);

describe('loket calendar <year>', () => {
  it('prints closures that office.yaml takes as they are, soonest first', async () => {
    const text = `closures:\n${(await yearOf('2026')).join('\n')}\n`;
    const { closures } = officeOf(REMBANG, text);
    expect(closures).toHaveLength(17);
    expect(closures.every(({ kind }) => kind === 'national')).toBe(true);
    const dates = closures.map(({ date }) => date);
    expect(dates).toEqual(dates.toSorted());
  });

  it('puts right what the package is known to have wrong', async () => {
    const lines = await yearOf('2026');
    expect(dayOf(lines, 'Isra Mikraj')).toEqual(['2026-01-16']);
    expect(dayOf(lines, 'Maulid')).toEqual(['2026-08-25']);
    expect(dayOf(lines, 'Kebangkitan')).toEqual(['2026-04-05']);
    expect(dayOf(lines, 'Wafat')).toEqual(['2026-04-03']);
  });

  it('marks each day that only the SKB can tell, and no day that is sure', async () => {
    const lines = await yearOf('2026');
    const marked = lines.filter((line) => line.includes('# periksa SKB'));
    const names = marked.map((line) => String(parse(line.trim())[0].reason.id));
    expect(names).toEqual([
      'Isra Mikraj Nabi Muhammad',
      'Tahun Baru Imlek',
      'Hari Suci Nyepi',
      'Idulfitri',
      'Idulfitri hari kedua',
      'Iduladha',
      'Hari Raya Waisak',
      'Tahun Baru Islam',
      'Maulid Nabi Muhammad',
    ]);
    expect(marked.filter((line) => line.includes('dapat bergeser satu hari'))).toHaveLength(6);
  });

  it('says what it does not know: cuti bersama never, Nyepi and Waisak of far years', async () => {
    const remarks = (lines: string[]) => lines.filter((line) => line.includes('isi menurut SKB'));
    expect(remarks(await yearOf('2026'))).toEqual([expect.stringMatching(/^ {2}# - .*joint-leave/)]);
    const far = remarks(await yearOf('2028'));
    expect(far.map((line) => line.match(/id: ([^,]+)/)?.[1])).toEqual([
      'Hari Suci Nyepi',
      'Hari Raya Waisak',
      'cuti bersama',
    ]);
  });

  it('refuses what is no year', async () => {
    await expect(runCalendarYear('27', memoryIo())).rejects.toThrow(/INVALID_REQUEST.*no year/);
  });
});

describe('loket calendar check', () => {
  const clock = { now: () => wib('2026-10-14T09:00') };
  const closed = 'closures: [{ date: 2026-10-20, reason: { id: hari jadi, en: anniversary } }]\n';
  function check(more: string, options?: { json: boolean }) {
    const io = memoryIo();
    const isComplete = runCalendarCheck(officeOf(REMBANG, more), { clock, io }, options);
    return { io, isComplete, lines: io.out().trimEnd().split('\n') };
  }

  it('tells the open days of each point, a line a week, with the days off in it', () => {
    const { lines } = check(closed);
    const kantor = lines.indexOf('kantor: Kantor Dukcapil');
    expect(lines[kantor + 1]).toBe('  2026-10-12  mon tue wed thu fri  -   -');
    expect(lines[kantor + 2]).toBe('  2026-10-19  mon  -  wed thu fri  -   -   tue hari jadi');
    expect(lines[kantor + 14]).toMatch(/^ {2}2027-01-11/);
    expect(lines[kantor + 15]).toBe('');
  });

  it('tells what is not offered, and of a point that never opens only that', () => {
    const { lines } = check('');
    expect(lines).toContain('  record: broken');
    const mpp = lines.indexOf('mpp: MPP');
    expect(lines.slice(mpp, mpp + 4)).toEqual([
      'mpp: MPP',
      '  pickup: planned',
      '  not open on any day of the next 14 weeks',
      '',
    ]);
  });

  it('tells what is missing and ends with a failure then; else it does not', () => {
    const missing = check(closed);
    expect(missing.isComplete).toBe(false);
    expect(missing.lines.at(-1)).toMatch(/^! Cuti bersama 2026 belum diisi/);
    const days = 'date: 2026-03-01, until: 2026-03-12, reason: { id: libur, en: off }';
    const full = check(
      `closures: [{ ${days} }, { date: 2026-12-24, kind: joint-leave, reason: { id: a, en: b } }]\n`,
    );
    expect(full.isComplete).toBe(true);
    expect(full.io.err()).toBe('The calendar is complete.\n');
  });

  it('prints the same as JSON', () => {
    const { io, isComplete } = check(closed, { json: true });
    const { points, warnings } = JSON.parse(io.out());
    expect(isComplete).toBe(false);
    expect(warnings).toHaveLength(2);
    expect(points[0]).toMatchObject({ id: 'kantor', name: 'Kantor Dukcapil', outOfOrder: [] });
    expect(points[0].weeks[1]).toEqual({
      from: '2026-10-19',
      open: ['mon', 'wed', 'thu', 'fri'],
      closed: { tue: 'hari jadi' },
    });
  });
});

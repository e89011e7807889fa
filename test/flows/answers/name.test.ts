import { describe, expect, it } from 'vitest';
import { parseName } from '../../../src/flows/answers/name.ts';
import { brief, context, warningsOf } from './context.ts';

describe('a name', () => {
  it.each([
    'Budi Santoso',
    'BUDI SANTOSO',
    'Suparman',
    'Muh. Ali',
    "D'Angelo",
    'An Nisa',
    'I Gusti Ngurah',
    'Anak Agung Gde',
    'Yosef Mau',
    'Lim Min',
    'Selamat Riyadi',
    'R. Soeharto',
    'Sri-Mulyani',
    'René Putra',
    'Dr. Budi Santoso, S.Pd., M.Pd',
    'budi, sh',
  ])('%s is kept letter by letter', (typed) => {
    expect(parseName(typed, context)).toEqual({ ok: true, value: typed, warnings: [] });
  });

  it.each([
    ['nama saya Budi Santoso', 'Budi Santoso'],
    ['  budi   santoso ', 'budi santoso'],
    ['nama: Siti Aminah', 'Siti Aminah'],
    ['Nama lengkap: Siti Aminah', 'Siti Aminah'],
    ['nama anak saya Budi', 'Budi'],
    ['namanya Budi', 'Budi'],
    ['a.n. Budi', 'Budi'],
    ['a.n.Budi', 'Budi'],
    ['an. Budi', 'Budi'],
    ['atas nama Siti', 'Siti'],
    ['saya Budi', 'Budi'],
    ['Ibu Siti Aminah', 'Siti Aminah'],
    ['alm. Suparman', 'Suparman'],
    ['Siti (almh)', 'Siti'],
    ['iya Budi Santoso', 'Budi Santoso'],
    ['ya, Budi Santoso', 'Budi Santoso'],
    ['itu Budi Santoso', 'Budi Santoso'],
    ['eh salah, Budi Santoso', 'Budi Santoso'],
    ['1. Budi Santoso', 'Budi Santoso'],
    ['Ayah: Budi Santoso', 'Budi Santoso'],
    ['suaminya Budi', 'Budi'],
    ['(alm) Suparman', 'Suparman'],
    ['Budi 😀', 'Budi'],
    ['🙏 Siti Aminah 🙏', 'Siti Aminah'],
    ['Budi disini', 'Budi'],
    ['Budi Santoso (ayah)', 'Budi Santoso'],
    ['Budi Santoso - ayah', 'Budi Santoso'],
    ['nama ibu kandung Siti Aminah', 'Siti Aminah'],
    ["'Budi Santoso'", 'Budi Santoso'],
    ['Budi Santoso pak', 'Budi Santoso'],
    ['Suparman pak', 'Suparman'],
    ['*Budi Santoso*', 'Budi Santoso'],
    ['“Budi Santoso”', 'Budi Santoso'],
    ['Budi Santoso.', 'Budi Santoso'],
    ['Nur’aini', "Nur'aini"],
    ['Budi\u200b Santoso\u202e', 'Budi Santoso'],
  ])('%s is %s without the words around it', (typed, name) => {
    expect(brief(parseName(typed, context))).toBe(name);
  });

  it.each([
    ['', 'empty'],
    ['-', 'empty'],
    ['A', 'empty'],
    ['syaratnya apa?', 'question'],
    ['Budi?', 'question'],
    ['gimana caranya', 'question'],
    ['saya mau tanya', 'question'],
    ['mau bikin ktp', 'question'],
    ['belum punya nama', 'question'],
    ['tidak ada', 'question'],
    ['iya', 'question'],
    ['setuju', 'question'],
    ['lanjut', 'question'],
    ['itu saja', 'question'],
    ['iya benar', 'question'],
    ['sesuai ktp', 'question'],
    ['lihat di foto', 'question'],
    ['sudah meninggal', 'question'],
    ['saya sendiri', 'question'],
    ['sama seperti tadi', 'question'],
    ['kosong', 'question'],
    ['halo', 'question'],
    ['selamat pagi', 'question'],
    ['Budi 2', 'digits'],
    ['6408041205909901', 'digits'],
    ['😀', 'empty'],
    ['Bu😀di', 'symbols'],
    ['Budi@rumah', 'symbols'],
    ['Иван', 'symbols'],
    ['محمد', 'symbols'],
    ['x'.repeat(101), 'too-long'],
    ['Budi atau Andi', 'two-values'],
    ['Budi dan Siti', 'two-values'],
    ['Budi eh Beni', 'two-values'],
    ['nama anak atau ibu', 'two-values'],
    ['Budi/Siti', 'two-values'],
    ['Budi, Siti', 'two-values'],
  ])('%s is refused: %s', (typed, reason) => {
    expect(brief(parseName(typed, context))).toBe(`refused: ${reason}`);
  });
});

describe("a new baby's name", () => {
  const newborn = { rule: 'newborn' } as const;

  it.each([
    ['Aisyah Putri', []],
    ['Aisyah', ['one-word']],
    ['Muh Ali', ['abbreviation']],
    ['M Ali', ['abbreviation']],
    [`${'A'.repeat(30)} ${'b'.repeat(29)}`, []],
  ])('%s is taken with the remarks %j', (typed, warnings) => {
    expect(parseName(typed, context, newborn)).toEqual({ ok: true, value: typed, warnings });
  });

  it.each([
    [`${'A'.repeat(30)} ${'b'.repeat(30)}`, 'too-long'],
    ["Nur'aini Putri", 'symbols'],
    ['Muh. Ali', 'symbols'],
    ['René Putra', 'symbols'],
    ['Aisyah 2', 'digits'],
    ['Aisyah atau Aminah', 'two-values'],
  ])('%s is refused: %s', (typed, reason) => {
    expect(brief(parseName(typed, context, newborn))).toBe(`refused: ${reason}`);
  });

  it('is the only one that gets remarks', () => {
    expect(warningsOf(parseName('Aisyah', context))).toEqual([]);
  });
});

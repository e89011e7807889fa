import { describe, expect, test } from 'vitest';
import { fillReply, findPlace, findReplies } from '../../../src/handoff/ui/inbox/canned.ts';

const REPLIES = [
  { id: 'salam', title: 'Salam', text: 'Selamat datang. Mohon foto ulang.' },
  { id: 'foto', title: 'Foto buram', text: 'Foto belum terbaca.' },
];

describe('canned replies', () => {
  test('those with the words in their title come before those with them in their text', () => {
    expect(findReplies(REPLIES, 'FOTO').map(({ id }) => id)).toEqual(['foto', 'salam']);
    expect(findReplies(REPLIES, 'foto buram').map(({ id }) => id)).toEqual(['foto']);
    expect(findReplies(REPLIES, '')).toEqual(REPLIES);
    expect(findReplies(REPLIES, 'paspor')).toEqual([]);
  });

  test('what is known is filled in, and the first place that is not is to be written over', () => {
    const filled = fillReply('Ibu {nama}, nomor {nomor}, {petugas}.', { nama: 'Ani', petugas: 'Budi' });
    expect(filled.text).toBe('Ibu Ani, nomor {nomor}, Budi.');
    expect(filled.text.slice(filled.open.from, filled.open.to)).toBe('{nomor}');
  });

  test('with everything known the cursor goes to the end', () => {
    expect(fillReply('Baik, {nama}.', { nama: 'Ani' })).toEqual({
      text: 'Baik, Ani.',
      open: { from: 10, to: 10 },
    });
  });

  test('braces that are no place may be sent', () => {
    expect(findPlace('Nomor { } saja')).toBeUndefined();
    expect(findPlace('Ibu {nama}')).toEqual({ from: 4, to: 10 });
  });
});

import { describe, expect, it } from 'vitest';
import { createCheckAnswer } from '../../src/conversation/check-answer.ts';
import { createCommands } from '../../src/flows/commands.ts';
import { loadRegions } from '../../src/regions.ts';
import { NOW, realFlows } from './world.ts';

const flows = realFlows();
const check = createCheckAnswer({
  flows,
  commands: createCommands(flows),
  answerContext: { timeZone: 'Asia/Makassar', regions: loadRegions() },
});

describe('an answer that an operator types', () => {
  it('is read as the citizen’s own would be', () => {
    expect(check('akta-kelahiran', 'anak_tanggal_lahir', '12 mei 2020', NOW)).toEqual({
      ok: true,
      answer: { v: '2020-05-12' },
    });
    expect(check('ktp-hilang-rusak', 'keadaan', 'hilang', NOW)).toEqual({
      ok: true,
      answer: { v: 'hilang' },
    });
  });

  it('keeps what is remarked on it instead of asking back', () => {
    expect(check('akta-kelahiran', 'anak_nama', 'Siti', NOW)).toEqual({
      ok: true,
      answer: { v: 'Siti', w: ['one-word'] },
    });
  });

  it('that cannot be taken is refused in the words of flows.yaml', () => {
    const refused = check('ktp-hilang-rusak', 'pemohon_nik', '123', NOW);
    expect(refused).toEqual({ ok: false, reason: flows.errors.nik?.['not-16-digits']?.id });
    expect(check('ktp-hilang-rusak', 'gone', 'x', NOW)).toMatchObject({ ok: false });
  });

  it('skips what is optional, and says of a document that it is brought', () => {
    expect(check('akta-perceraian', 'pemohon_email', 'LEWATI', NOW)).toEqual({
      ok: true,
      answer: { v: null },
    });
    expect(check('ktp-hilang-rusak', 'pemohon_nama', 'LEWATI', NOW)).toMatchObject({ ok: true });
    expect(check('ktp-hilang-rusak', 'kk_foto', 'LOKET', NOW)).toEqual({
      ok: true,
      answer: { v: { counter: true } },
    });
    expect(check('ktp-hilang-rusak', 'kk_foto', 'ini fotonya', NOW)).toMatchObject({ ok: false });
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadFlows } from '../../src/flows/load.ts';
import { createUnderstanding } from '../../src/flows/understanding.ts';

function understanding() {
  const loaded = loadFlows(readFileSync(new URL('../../flows.yaml', import.meta.url), 'utf8'), 'flows.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return createUnderstanding(loaded.flows);
}

describe('what a citizen wants', () => {
  const { intent } = understanding();

  it.each([
    ['assalamualaikum min mau tanya syarat bikin akta kelahiran', 'akta-kelahiran'],
    ['permisi mau tanya ktp hilang', 'ktp-hilang-rusak'],
    ['siang min ktp rusak', 'ktp-hilang-rusak'],
    ['selamat siang, mau lapor kematian ibu', 'akta-kematian'],
  ])('%s is a wish after a greeting: %s', (text, wish) => {
    const understood = intent(text);
    expect(understood.intent).toBe(wish);
    expect(understood.confidence).toBeGreaterThanOrEqual(0.4);
  });

  it.each([
    'assalamualaikum wr wb selamat pagi admin',
    'halo min mau nanya dong',
    'permisi mau tanya',
    'halo',
  ])('%s is only a greeting', (text) => {
    expect(intent(text).intent).toBe('sapaan');
  });

  it.each(['SIM saya hilang', 'STNK saya hilang'])('%s belongs to another office', (text) => {
    expect(intent(text).intent).toBe('di-luar-layanan');
  });
});

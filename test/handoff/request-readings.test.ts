import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CARD, type Desk, openRequests, type RequestsWorld } from './requests-world.ts';

const PHOTO = { files: [{ file: 'photo', contentType: 'image/jpeg', sizeBytes: 9 }] };
const read = (...pairs: [string, string][]) =>
  pairs.map(([element, value]) => ({ element, value, confidence: 0.9 }));

describe('what was read off the photos of a request', () => {
  let world: RequestsWorld;
  let vera: Desk;
  beforeAll(async () => {
    world = await openRequests();
    vera = await world.login('vera', 'verifier');
  });
  afterAll(() => world.close());

  const fieldsOf = async (number: string, isShown = false) => {
    const { key } = isShown ? (await vera.post(`/requests/${number}/reveal`)).body : { key: '' };
    const { body } = await vera.look(number, isShown ? { 'x-reveal': key } : {});
    return Object.fromEntries(body.fields.map((field) => [field.id, field]));
  };

  test('stands beside the document, with a mark at the answer that differs, masked until it is revealed', async () => {
    const { number } = await world.file(
      { ...CARD, kk_foto: PHOTO },
      { readings: { kk_foto: read(['kk', '6472010112150008'], ['head-name', 'BUDI']) } },
    );
    const masked = await fieldsOf(number);
    expect(masked.kk_foto?.readings).toEqual([
      { element: 'kk', label: 'Nomor KK', text: '••••••••••••0008', differs: true },
    ]);
    expect(masked.pemohon_kk?.photo).toBe('••••••••••••0008');
    const shown = await fieldsOf(number, true);
    expect(shown.kk_foto?.readings[0]?.text).toBe('6472010112150008');
    expect(shown.pemohon_kk).toMatchObject({ text: '6472010112150007', photo: '6472010112150008' });
    // Nothing of it is what goes into SIAK.
    expect(shown.pemohon_kk?.copy).toBe('6472010112150007');
  });

  test('marks nothing where it agrees, and is empty where nothing was read', async () => {
    const { number } = await world.file(
      { ...CARD, kk_foto: PHOTO },
      { readings: { kk_foto: read(['kk', '6472010112150007']) } },
    );
    const fields = await fieldsOf(number);
    expect(fields.kk_foto?.readings[0]).toMatchObject({ differs: false });
    expect(fields.pemohon_kk?.photo).toBeNull();
    expect(fields.surat_polisi?.readings).toEqual([]);
  });

  test("shows the mother's name only to who revealed the request", async () => {
    const birth = {
      anak_tanggal_lahir: '2026-11-20',
      ibu_nama: 'Siti Aminah',
      surat_lahir: PHOTO,
    };
    const { number } = await world.file(birth, {
      what: 'akta-kelahiran',
      readings: { surat_lahir: read(['mother-name', 'RINA MARLINA'], ['birth-date', '2026-11-20']) },
    });
    const masked = await vera.look(number);
    expect(JSON.stringify(masked.body)).not.toContain('RINA');
    const fields = await fieldsOf(number, true);
    expect(fields.surat_lahir?.readings.map(({ label, text, differs }) => [label, text, differs])).toEqual([
      ['Nama ibu', 'RINA MARLINA', true],
      ['Tanggal lahir anak', 'Jumat 20 November 2026', false],
    ]);
    expect(fields.ibu_nama?.photo).toBe('RINA MARLINA');
  });
});

/** Photos of papers that no office has ever issued: drawn by Chromium, marked CONTOH, with numbers of nobody. */
import type { Browser } from 'playwright-core';

export interface Papers {
  familyCard: Buffer;
  /** Too dark and out of focus. */
  /** Refused at once. */
  blurred: Buffer;
  /** Taken, but hard on the eyes of who checks it. */
  faint: Buffer;
  policeLetter: Buffer;
  birthLetter: Buffer;
  /** The finished certificate. */
  certificate: Buffer;
}

const STYLE = `
  * { box-sizing: border-box; margin: 0 }
  body { width: 900px; height: 660px; background: linear-gradient(120deg, #7a5a3c, #a27c55 40%, #6d4f33);
         font: 15px Georgia, serif; color: #222; overflow: hidden }
  .paper { position: absolute; left: 70px; top: 42px; width: 760px; height: 570px; padding: 26px 34px;
           background: #fbfaf4; box-shadow: 4px 8px 22px #0007; transform: rotate(-1.4deg) }
  h1 { font-size: 25px; text-align: center; letter-spacing: 2px } h2 { font-size: 15px; text-align: center; font-weight: 400 }
  table { width: 100%; border-collapse: collapse; margin-top: 16px; font: 13px Arial, sans-serif }
  th, td { border: 1px solid #888; padding: 5px 7px; text-align: left } th { background: #e8eef2 }
  p { margin-top: 13px; line-height: 1.55 } .stamp { position: absolute; right: 60px; bottom: 44px; width: 120px;
  height: 120px; border: 4px solid #3a4fa0aa; border-radius: 50%; color: #3a4fa0cc; text-align: center; padding-top: 44px;
  transform: rotate(-14deg); font: bold 17px Arial } .mark { position: absolute; inset: 38% 0 0; text-align: center;
  font: bold 92px Arial; color: #c0202018; letter-spacing: 18px; transform: rotate(-18deg) }`;

const paper = (body: string, style = '') =>
  `<!doctype html><style>${STYLE}${style}</style><div class="paper">${body}<div class="mark">CONTOH</div></div>`;

const FAMILY = paper(`<h1>KARTU KELUARGA</h1><h2>No. 6408041203159901</h2>
  <p>Kepala keluarga: <b>HENDRA WIJAYA</b><br>Alamat: Jl. Melati No. 7, RT 03, Kecamatan Contoh Kota</p>
  <table><tr><th>No<th>Nama lengkap<th>NIK<th>Kelamin<th>Tanggal lahir<th>Hubungan</tr>
  <tr><td>1<td>HENDRA WIJAYA<td>6408041707889901<td>L<td>17-07-1988<td>Kepala keluarga
  <tr><td>2<td>DEWI LESTARI<td>6408045205919902<td>P<td>12-05-1991<td>Istri
  <tr><td>3<td>BAGAS WIJAYA<td>6408040303179903<td>L<td>03-03-2017<td>Anak</table>
  <p>Dikeluarkan tanggal 12-03-2015<br>Kepala Dinas</p><div class="stamp">CONTOH</div>`);
const POLICE = paper(`<h1>SURAT TANDA KEHILANGAN</h1><h2>Nomor: SKTLK/0990/XI/2026/CONTOH</h2>
  <p>Pada hari Senin tanggal 23 November 2026 pukul 10.15 WITA telah datang melapor:</p>
  <p>Nama: <b>DEWI LESTARI</b><br>NIK: 6408045205919902<br>Alamat: Jl. Melati No. 7, Kecamatan Contoh Kota</p>
  <p>bahwa telah kehilangan <b>1 (satu) buah KTP-el</b> atas nama pelapor di sekitar Pasar Induk Contoh pada hari Minggu
  tanggal 22 November 2026. Surat ini berlaku 14 hari dan dipakai untuk mengurus KTP-el yang baru.</p>
  <p>Petugas yang menerima laporan</p><div class="stamp">CONTOH</div>`);
const BIRTH = paper(`<h1>SURAT KETERANGAN LAHIR</h1><h2>RSUD Contoh, Nomor 0990/SKL/XI/2026</h2>
  <p>Telah lahir seorang bayi <b>perempuan</b>, anak ke-2, pada hari Selasa tanggal 10 November 2026 pukul 08.30 WITA, berat
  3,1 kg, panjang 49 cm.</p><p>Ibu: <b>RATNA SARI</b>, NIK 6408044808929904<br>Ayah: <b>AGUS PRASETYO</b>, NIK 6408042109909905</p>
  <p>Bayi diberi nama: <b>KIRANA AYU PRASETYO</b></p><p>Penolong: bidan<br>Kepala ruang bersalin</p><div class="stamp">CONTOH</div>`);
const CERTIFICATE = `<style>body{font:18px Georgia,serif;text-align:center;padding:60px;border:10px double #5b7}</style>
  <h1>KUTIPAN AKTA KELAHIRAN</h1><p>CONTOH, bukan dokumen yang sah</p><p>Nomor 6408-LU-24112026-9901</p>
  <h2>KIRANA AYU PRASETYO</h2><p>anak kedua, perempuan<br>dari ayah AGUS PRASETYO dan ibu RATNA SARI</p>`;

export async function drawPapers(browser: Browser): Promise<Papers> {
  const page = await browser.newPage({ viewport: { width: 900, height: 660 } });
  const draw = async (html: string): Promise<Buffer> => {
    await page.setContent(html);
    return page.screenshot({ type: 'jpeg', quality: 72 });
  };
  const dark = FAMILY.replace('</style>', '.paper { filter: blur(5px) brightness(.55) }</style>');
  const faint = FAMILY.replace('</style>', '.paper { filter: blur(1.3px) brightness(.8) }</style>');
  const photos = {
    familyCard: await draw(FAMILY),
    blurred: await draw(dark),
    faint: await draw(faint),
    policeLetter: await draw(POLICE),
    birthLetter: await draw(BIRTH),
  };
  await page.setContent(CERTIFICATE);
  const certificate = await page.pdf({ format: 'A4' });
  await page.close();
  return { ...photos, certificate };
}

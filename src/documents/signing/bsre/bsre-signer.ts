/** Signs through BSrE's client service: the key lies there, and the official opens it with NIK and passphrase, act by act. */
import { AppError } from '../../../errors.ts';
import { isOwnPaper } from '../../papers/own-paper.ts';
import { drawAsSvg } from '../appearance.ts';
import type { Signed, Signer, SigningAct } from '../signer.ts';
import { type BsreAccount, type BsreAnswer, jsonOf, unknown } from './client.ts';
import { BSRE_VERSIONS, type BsreVersion } from './versions.ts';

/** `unregistered`: BSrE does not know the NIK; `none`: it knows it, and there is no certificate that could sign. */
export type BsreStatus = 'ready' | 'none' | 'unregistered';

export interface BsreSigner extends Signer {
  /** Whether this person could sign. Throws as `sign` does. */
  status(nik: string): Promise<BsreStatus>;
}

/** Points to pixels: sharp on paper. */
const PICTURE_SCALE = 4;

/** Creates the signer. Nothing is kept of an act: neither NIK nor passphrase. */
export function createBsreSigner(deps: BsreAccount & { version: 1 | 2; timeZone: string }): BsreSigner {
  const version = BSRE_VERSIONS[deps.version];
  return {
    kind: 'bsre',
    isUnattended: false,
    async sign(paper, act) {
      if (!isOwnPaper(paper))
        throw new AppError('INVALID_REQUEST', { detail: 'only our own papers are signed' });
      const { nik, passphrase } = act;
      if (nik === undefined || !/^\d{16}$/.test(nik)) {
        throw new AppError('INVALID_REQUEST', { detail: 'BSrE needs the NIK of who signs: 16 digits' });
      }
      if (passphrase === undefined || passphrase === '') return { ok: false, reason: 'passphrase' };
      const visible = act.visible && { place: act.visible, picture: await pictureOf(act, deps.timeZone) };
      const answer = await version.sign(deps, paper, { nik, passphrase, reason: act.reason, visible });
      return signedOf(version, answer);
    },
    status: async (nik) => statusOf(await version.status(deps, nik)),
  };
}

/** What the numbers in an answer mean (domain.md 3; 2031 from public clients). */
const CODES: Record<number, Extract<Signed, { ok: false }>['reason']> = {
  2011: 'certificate',
  2021: 'certificate',
  2031: 'passphrase',
};

function signedOf(version: BsreVersion, answer: BsreAnswer): Signed {
  const told = jsonOf(answer);
  const code = Number(told?.status_code);
  if (answer.status !== 200 || code >= 1000) return { ok: false, reason: CODES[code] ?? guess(told) };
  const pdf = version.pdfOf(answer);
  if (pdf === undefined || !isSignedPdf(pdf)) throw unknown('its answer holds no signed PDF');
  return { ok: true, bytes: pdf };
}

/** Older services give words without a number. */
function guess(told: Record<string, unknown> | undefined): Extract<Signed, { ok: false }>['reason'] {
  return /passphrase/i.test(String(told?.error ?? told?.message ?? '')) ? 'passphrase' : 'refused';
}

/** BSrE may write the file anew, so that it is ours cannot be told from its bytes; that it was signed can. */
function isSignedPdf(pdf: Buffer): boolean {
  return (
    pdf.subarray(0, 5).toString('latin1') === '%PDF-' && pdf.includes('/ByteRange') && pdf.includes('%%EOF')
  );
}

function statusOf(answer: BsreAnswer): BsreStatus {
  const told = jsonOf(answer);
  if (told === undefined)
    throw new AppError('REMOTE_UNAVAILABLE', { detail: 'BSrE gives no status of that person' });
  const code = Number(told.status_code);
  const status = String(told.status ?? '').toUpperCase();
  if (code === 2011 || status === 'NOT_REGISTERED') return 'unregistered';
  return status === 'ISSUE' && !(code >= 2000) ? 'ready' : 'none';
}

/** The service draws no words of ours: it is given the box as a picture. */
async function pictureOf({ reason, at, visible }: SigningAct, timeZone: string): Promise<Buffer> {
  const { width = 200, height = 70 } = visible ?? {};
  const text = { reason, at, timeZone, issuer: 'Sertifikat elektronik: BSrE, BSSN' };
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(drawAsSvg(text, { width, height })), { density: 72 * PICTURE_SCALE })
    .png()
    .toBuffer();
}

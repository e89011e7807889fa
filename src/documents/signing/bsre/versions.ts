/**
 * What the two versions of BSrE's client service want to be told, and how they answer, as far as it is publicly described
 * (domain.md 3): v1 takes a form and gives the PDF, v2 takes and gives JSON.
 */
import type { SigningAct } from '../signer.ts';
import { type BsreAccount, type BsreAnswer, callBsre, jsonOf } from './client.ts';

/** An act with all that BSrE needs. */
export interface BsreAct {
  nik: string;
  passphrase: string;
  reason: string;
  /** Where, and the picture (PNG) that is seen there. */
  visible?: { place: NonNullable<SigningAct['visible']>; picture: Buffer } | undefined;
}

export interface BsreVersion {
  /** Sends it once. */
  sign(account: BsreAccount, pdf: Uint8Array, act: BsreAct): Promise<BsreAnswer>;
  /** The PDF out of a good answer. */
  pdfOf(answer: BsreAnswer): Buffer | undefined;
  /** Asks for a person's certificate. */
  status(account: BsreAccount, nik: string): Promise<BsreAnswer>;
}

const FILE_NAME = 'dokumen.pdf';

const v1: BsreVersion = {
  sign: (account, pdf, { nik, passphrase, reason, visible }) => {
    const form = new FormData();
    form.set('file', new Blob([Buffer.from(pdf)], { type: 'application/pdf' }), FILE_NAME);
    form.set('nik', nik);
    form.set('passphrase', passphrase);
    form.set('tampilan', visible ? 'visible' : 'invisible');
    form.set('reason', reason);
    if (visible) {
      const { page, x, y, width, height } = visible.place;
      form.set('image', 'true');
      form.set('imageTTD', new Blob([Buffer.from(visible.picture)], { type: 'image/png' }), 'ttd.png');
      for (const [name, value] of Object.entries({ page, xAxis: x, yAxis: y, width, height })) {
        form.set(name, String(Math.round(value)));
      }
    }
    return callBsre(account, '/api/sign/pdf', { method: 'POST', body: form });
  },
  pdfOf: ({ bytes }) => bytes,
  status: (account, nik) =>
    callBsre(account, `/api/user/status/${encodeURIComponent(nik)}`, { method: 'GET' }),
};

const v2: BsreVersion = {
  sign: (account, pdf, { nik, passphrase, reason, visible }) => {
    const properties = visible
      ? {
          tampilan: 'VISIBLE',
          imageBase64: visible.picture.toString('base64'),
          page: visible.place.page,
          originX: visible.place.x,
          originY: visible.place.y,
          width: visible.place.width,
          height: visible.place.height,
          reason,
        }
      : { tampilan: 'INVISIBLE', reason };
    const file = [Buffer.from(pdf).toString('base64')];
    const body = { nik, passphrase, signatureProperties: [properties], file };
    return callBsre(account, '/api/v2/sign/pdf', { method: 'POST', body });
  },
  pdfOf: (answer) => {
    const files = jsonOf(answer)?.file;
    const [file]: unknown[] = Array.isArray(files) ? files : [];
    return typeof file === 'string' ? Buffer.from(file, 'base64') : undefined;
  },
  status: (account, nik) => callBsre(account, '/api/v2/user/check/status', { method: 'POST', body: { nik } }),
};

/** By the number of the version. */
export const BSRE_VERSIONS: Record<1 | 2, BsreVersion> = { 1: v1, 2: v2 };

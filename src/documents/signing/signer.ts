/** What signing (TTE) promises, whoever does it: a local certificate, or BSrE's client service. Only for our own papers. */
import type { OwnPaper } from '../papers/own-paper.ts';

/** Who signs and how the signature looks. */
export interface SigningAct {
  /** Typed for this act and forgotten after it; absent: the certificate's own passphrase from the environment. */
  passphrase?: string;
  /** The signer's NIK (BSrE); typed for this act as well. */
  nik?: string;
  /** Why, in the signature's own field (`Surat resmi 470/...`). */
  reason: string;
  /** Written into the signature; ms since the epoch. */
  at: number;
  /** Where it is seen, in points from the lower left corner of the page (first: 1); absent: invisible. */
  visible?: { page: number; x: number; y: number; width: number; height: number };
}

/** `passphrase`: wrong, or none was given; `certificate`: expired, revoked or not issued; `refused`: any other no. */
export type Signed =
  | { ok: true; bytes: Uint8Array }
  | { ok: false; reason: 'passphrase' | 'certificate' | 'refused' };

export interface Signer {
  kind: 'local' | 'bsre';
  /** True when it can sign without a person typing a passphrase (receipts). */
  isUnattended: boolean;
  /**
   * Signs a paper that we drew ourselves (PAdES); throws AppError INVALID_REQUEST for any other. Never tried again by
   * itself: throws AppError OUTCOME_UNKNOWN when nobody knows whether it was signed, REMOTE_UNAVAILABLE when it surely
   * was not.
   */
  sign(paper: OwnPaper, act: SigningAct): Promise<Signed>;
}

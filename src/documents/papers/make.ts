/** Issuing a paper of ours: drawn, kept in the vault, and verifiable by its code; the same paper however often it is asked for. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Vault } from '../../conversation/ports.ts';
import type { StoredFile } from '../../conversation/types.ts';
import { codeFromHash } from '../code.ts';
import type { IssuedDocument, IssuedStore, PaperKind, Sealer } from '../ports.ts';
import { fileIdFor } from '../vault.ts';
import type { Issue } from './paper.ts';

export interface PaperMakerDeps {
  vault: Pick<Vault, 'put' | 'get'>;
  issued: IssuedStore;
  sealer: Pick<Sealer, 'hash'>;
  clock: Clock;
  /** Without a slash at its end; printed on the paper. */
  publicUrl: string;
}

/** What is asked for. */
export interface PaperOrder {
  kind: PaperKind;
  /** What it is about; papers of one kind and subject supersede each other (`IssuedDocument.application`). */
  subject: string;
  /**
   * Names the paper: the same key gives the same code, and for the same owner the same file. The id of an effect or act;
   * or the facts themselves, so that only other facts make another paper. Only a keyed hash of it is kept.
   */
  key: string;
  /** A paper that another has replaced is made anew, under a code of its own. */
  mustBeCurrent?: boolean;
  /** The conversation under whose key it is kept, and the case of it (`Talk.draft`). */
  owner: string;
  draft?: number | undefined;
  /** Of the file; no personal data. */
  name: string;
  /** Draws it, and signs it where it is to be signed. May come again for the same code: then with the same issue. */
  render(issue: Issue): Promise<Uint8Array>;
}

export interface MadePaper {
  file: StoredFile;
  code: string;
}

export interface PaperMaker {
  /** The newest of this kind and subject, as far as it is kept for this owner. */
  findCurrent(what: Pick<PaperOrder, 'kind' | 'subject' | 'owner'>): Promise<MadePaper | undefined>;
  /** What was made and is still kept is given again. Throws what `render` throws: then nothing is kept and no code is known. */
  make(order: PaperOrder): Promise<MadePaper>;
}

/** Builds it over vault and register. Loads nothing heavy: the renderers are the caller's. */
export function createPaperMaker(deps: PaperMakerDeps): PaperMaker {
  const { issued, sealer, clock, vault } = deps;

  const fileOf = (code: string, owner: string) => fileIdFor(sealer, `${code}:${owner}`);

  /** Follows those that were replaced to a code that is free or current. */
  async function codeOf(order: PaperOrder): Promise<{ code: string; known?: IssuedDocument }> {
    let key = `${order.kind}:${order.key}`;
    for (;;) {
      const code = codeFromHash(sealer.hash('paper-code', key));
      const known = await issued.find(code);
      if (known === undefined) return { code };
      if (!order.mustBeCurrent || known.supersededBy === undefined) return { code, known };
      key = `${key}>${known.supersededBy}`;
    }
  }

  return {
    async findCurrent({ kind, subject, owner }) {
      const current = await issued.findCurrent(kind, subject);
      const file = current && (await findKept(vault, fileOf(current.code, owner)));
      return file && { file, code: current.code };
    },

    async make(order) {
      const { owner, draft, kind, subject: application, name } = order;
      const { code, known } = await codeOf(order);
      const id = fileOf(code, owner);
      const kept = known && (await findKept(vault, id));
      if (kept) return { file: kept, code };
      const issuedAt = known?.issuedAt ?? clock.now();
      const bytes = await order.render({ code, issuedAt, verifyUrl: `${deps.publicUrl}/v/${code}` });
      const file = await vault.put(owner, {
        ...{ id, bytes, contentType: 'application/pdf', name },
        ...(draft === undefined ? {} : { draft }),
      });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (!known) await issued.issue({ code, kind, application, issuedAt, sha256 });
      return { file, code };
    },
  };
}

async function findKept(vault: Pick<Vault, 'get'>, file: string): Promise<StoredFile | undefined> {
  const kept = await vault.get(file);
  if (kept === undefined) return undefined;
  const { contentType, name, bytes } = kept;
  return { file, contentType, sizeBytes: bytes.byteLength, ...(name === undefined ? {} : { name }) };
}

/** Effect `receipt`: makes the receipt of an application, once, and gives it as a file or as a link to one. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { EffectHandler, Vault } from '../../conversation/ports.ts';
import type { StoredFile } from '../../conversation/types.ts';
import { codeFromHash } from '../code.ts';
import type { Links } from '../links.ts';
import type { IssuedStore, Sealer } from '../ports.ts';
import { fileIdFor } from '../vault.ts';
import type { OwnPaper } from './own-paper.ts';
import type { ReceiptFacts } from './receipt-facts.ts';
import type { renderReceipt as RenderReceipt } from './receipt-pdf.ts';

interface ReceiptDeps {
  /** What is known of an application, by its number. Throws AppError NOT_FOUND when there is none. */
  receiptFacts(application: string): Promise<ReceiptFacts>;
  vault: Vault;
  issued: IssuedStore;
  links: Links;
  sealer: Pick<Sealer, 'hash'>;
  clock: Clock;
  /** Without a slash at its end; printed on the paper. */
  publicUrl: string;
}

const params = z.object({ application: z.string(), asLink: z.boolean() });

/**
 * Creates the handler. Result: `{ file, url }`, url null unless asked for. File, code and link are derived from the effect, so a
 * repeat gives the same paper even when the case has changed in between.
 */
export function createReceiptHandler(deps: ReceiptDeps): EffectHandler {
  return {
    type: 'receipt',
    run: async (effect, { conversation }) => {
      const { application, asLink } = params.parse(effect.params);
      const owner = conversation.id;
      const file =
        (await findIssued(deps, effect.id)) ?? (await issue(deps, { effect: effect.id, application, owner }));
      const target = { kind: 'download', conversation: owner, file: file.file, application } as const;
      const url = asLink ? await deps.links.create(effect.id, target) : null;
      return { result: { file: { ...file }, url } };
    },
  };
}

async function findIssued(deps: ReceiptDeps, effect: string): Promise<StoredFile | undefined> {
  const issued = await deps.issued.find(codeFor(deps, effect));
  const file = fileIdFor(deps.sealer, effect);
  const stored = issued === undefined ? undefined : await deps.vault.get(file);
  if (stored === undefined) return undefined;
  const { contentType, name, bytes } = stored;
  return { file, contentType, sizeBytes: bytes.byteLength, ...(name === undefined ? {} : { name }) };
}

async function issue(
  deps: ReceiptDeps,
  { effect, application, owner }: { effect: string; application: string; owner: string },
): Promise<StoredFile> {
  const code = codeFor(deps, effect);
  const issuedAt = deps.clock.now();
  const facts = await deps.receiptFacts(application);
  const bytes = await render(facts, { code, issuedAt, verifyUrl: `${deps.publicUrl}/v/${code}` });
  const file = await deps.vault.put(owner, {
    id: fileIdFor(deps.sealer, effect),
    bytes,
    contentType: 'application/pdf',
    name: `tanda-terima-${application}.pdf`,
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await deps.issued.issue({ code, kind: 'receipt', application, issuedAt, sha256 });
  return file;
}

function codeFor({ sealer }: ReceiptDeps, effect: string): string {
  return codeFromHash(sealer.hash('receipt-code', effect));
}

/** pdfkit and the fonts are loaded for the first receipt: a service that waits for its first citizen does without. */
async function render(...given: Parameters<typeof RenderReceipt>): Promise<OwnPaper> {
  const { renderReceipt } = await import('./receipt-pdf.ts');
  return renderReceipt(...given);
}

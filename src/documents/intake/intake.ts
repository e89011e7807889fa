/** Effect `intake`: looks at the files of a citizen's answer and keeps the good ones. */
import { z } from 'zod';
import type { EffectHandler, Vault } from '../../conversation/ports.ts';
import type { IncomingFile, StoredFile } from '../../conversation/types.ts';
import { AppError } from '../../errors.ts';
import type { FileReason } from '../../flows/vocabulary.ts';
import type { Sealer } from '../ports.ts';
import { fileIdFor } from '../vault.ts';
import { type FileKind, sniff } from './sniff.ts';

/**
 * Fetches a file from a provider, which must cap what it reads. `gone`: the provider has it no more.
 * AppError TOO_LARGE when it is above the limit; any other AppError as the effect runner knows them.
 */
export type FetchRemote = (
  url: string,
) => Promise<{ bytes: Uint8Array; contentType: string } | { gone: true }>;

/** Why a file is refused (flows.yaml `errors.document.<reason>`). */
type RefusalReason = FileReason | 'gone';

interface IntakeDeps {
  vault: Vault;
  sealer: Pick<Sealer, 'hash'>;
  fetchRemote: FetchRemote;
}

const incoming = z.object({
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stored'), file: z.string() }),
    z.object({ kind: z.literal('remote'), url: z.string() }),
  ]),
  name: z.string().optional(),
});
const params = z.object({
  step: z.string(),
  files: z.array(incoming).min(1),
  accept: z.array(z.enum(['image', 'pdf'])),
});

type Incoming = Pick<IncomingFile, 'source'> & { name?: string | undefined };
type Looked = { ok: true; file: StoredFile; keep?: Uint8Array } | { ok: false; reason: RefusalReason };

/**
 * Creates the handler. Result: `{ step, ok: true, files }`, or `{ step, ok: false, reason }` when any file is refused;
 * then none of the answer's files is kept by this effect. A repeat finds what the first run kept.
 */
export function createIntakeHandler(deps: IntakeDeps): EffectHandler {
  return {
    type: 'intake',
    run: async (effect, { conversation }) => {
      const { step, files, accept } = params.parse(effect.params);
      const looked: Looked[] = [];
      for (const [index, file] of files.entries()) {
        looked.push(
          await look(deps, {
            file,
            accept,
            owner: conversation.id,
            id: fileIdFor(deps.sealer, effect.id, index),
          }),
        );
      }
      const refused = looked.find((one) => !one.ok);
      if (refused !== undefined) return { result: { step, ok: false, reason: refused.reason } };
      const kept: StoredFile[] = [];
      for (const one of looked) if (one.ok) kept.push(await keep(deps.vault, conversation.id, one));
      return { result: { step, ok: true, files: kept.map((file) => ({ ...file })) } };
    },
  };
}

interface Look {
  file: Incoming;
  accept: FileKind[];
  owner: string;
  /** Where this effect keeps the file. */
  id: string;
}

async function look(deps: IntakeDeps, { file, accept, owner, id }: Look): Promise<Looked> {
  const found = await read(deps, file, owner, id);
  if (!('bytes' in found)) return { ok: false, reason: found.reason };
  const sniffed = sniff(found.bytes);
  if (!sniffed.ok) return sniffed;
  if (!accept.includes(sniffed.kind)) return { ok: false, reason: 'type' };
  const name = file.name ?? found.name;
  const { contentType } = sniffed;
  const isKept = found.file !== undefined && found.contentType === contentType;
  return {
    ok: true,
    file: {
      file: found.file ?? id,
      contentType,
      sizeBytes: found.bytes.byteLength,
      ...(name === undefined ? {} : { name }),
    },
    ...(isKept ? {} : { keep: found.bytes }),
  };
}

interface Found {
  bytes: Uint8Array;
  contentType: string;
  name?: string;
  /** The vault's id, when it lies there already. */
  file?: string;
}

async function read(
  deps: IntakeDeps,
  { source }: Incoming,
  owner: string,
  id: string,
): Promise<Found | { reason: RefusalReason }> {
  if (source.kind === 'stored')
    return (await fromVault(deps.vault, source.file, owner)) ?? { reason: 'gone' };
  // An earlier run may have kept it, and the provider deleted it since.
  const earlier = await fromVault(deps.vault, id, owner);
  if (earlier !== undefined) return earlier;
  try {
    const fetched = await deps.fetchRemote(source.url);
    return 'gone' in fetched ? { reason: 'gone' } : fetched;
  } catch (error) {
    if (error instanceof AppError && error.code === 'TOO_LARGE') return { reason: 'size' };
    throw error;
  }
}

/** Somebody else's file is treated as not there. */
async function fromVault(vault: Vault, file: string, owner: string): Promise<Found | undefined> {
  const found = await vault.get(file);
  return found === undefined || found.owner !== owner ? undefined : { ...found, file };
}

async function keep(
  vault: Vault,
  owner: string,
  { file, keep: bytes }: Looked & { ok: true },
): Promise<StoredFile> {
  if (bytes === undefined) return file;
  const { file: id, contentType, name } = file;
  return vault.put(owner, { id, bytes, contentType, ...(name === undefined ? {} : { name }) });
}

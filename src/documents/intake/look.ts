/** One file of an answer: where its bytes are, and what the inspector says of them. */
import type { Vault } from '../../conversation/ports.ts';
import { AppError } from '../../errors.ts';
import type { FileReason } from '../../flows/vocabulary.ts';
import type { Inspector } from './inspector.ts';
import type { FileKind } from './sniff.ts';

/**
 * Fetches a file from a provider, which must cap what it reads. `gone`: the provider has it no more.
 * AppError TOO_LARGE when it is above the limit; any other AppError as the effect runner knows them.
 */
export type FetchRemote = (
  url: string,
) => Promise<{ bytes: Uint8Array; contentType: string } | { gone: true }>;

/** Why a file is refused (flows.yaml `errors.document.<reason>`). */
export type RefusalReason = FileReason | 'gone';

export interface LookDeps {
  vault: Vault;
  inspector: Pick<Inspector, 'inspect'>;
  fetchRemote: FetchRemote;
}

/** A good file, as it is to be kept at `id`; `isKept`: it lies there already. */
export type Looked =
  | {
      ok: true;
      id: string;
      kind: FileKind;
      contentType: string;
      bytes: Uint8Array;
      name?: string;
      isKept: boolean;
    }
  | { ok: false; reason: RefusalReason };

type Source =
  | { kind: 'stored'; file: string; inspected?: true | undefined }
  | { kind: 'remote'; url: string };

interface Look {
  file: { source: Source; name?: string | undefined };
  accept: FileKind[];
  owner: string;
  /** Where this effect keeps the file. */
  id: string;
}

/** Throws AppError when the file cannot be fetched or looked at now. */
export async function look(deps: LookDeps, { file, accept, owner, id }: Look): Promise<Looked> {
  const earlier = await fromVault(deps.vault, id, owner);
  if (earlier !== undefined)
    return { ok: true, id, ...earlier, kind: kindOf(earlier.contentType), isKept: true };
  const found = await read(deps, file, owner);
  if ('reason' in found) return { ok: false, reason: found.reason };
  const inspected = isInspected(file.source)
    ? { ok: true as const, kind: kindOf(found.contentType), ...found }
    : await deps.inspector.inspect(found.bytes);
  if (!inspected.ok) return { ok: false, reason: inspected.reason };
  const { kind, contentType, bytes } = inspected;
  if (!accept.includes(kind)) return { ok: false, reason: 'type' };
  const name = nameFor(file.name ?? found.name, contentType);
  return { ok: true, id, kind, contentType, bytes, ...(name === undefined ? {} : { name }), isKept: false };
}

/** Looked at once more, a photo would be encoded twice, and what the page has accepted could be refused after all. */
function isInspected(source: Source): boolean {
  return source.kind === 'stored' && source.inspected === true;
}

interface Found {
  bytes: Uint8Array;
  contentType: string;
  name?: string;
}

async function read(
  deps: LookDeps,
  { source }: Look['file'],
  owner: string,
): Promise<Found | { reason: RefusalReason }> {
  if (source.kind === 'stored')
    return (await fromVault(deps.vault, source.file, owner)) ?? { reason: 'gone' };
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
  if (found === undefined || found.owner !== owner) return undefined;
  const { bytes, contentType, name } = found;
  return { bytes, contentType, ...(name === undefined ? {} : { name }) };
}

function kindOf(contentType: string): FileKind {
  return contentType === 'application/pdf' ? 'pdf' : 'image';
}

/** What the citizen called it, with the ending of what it has become. */
function nameFor(name: string | undefined, contentType: string): string | undefined {
  const ending = contentType === 'application/pdf' ? 'pdf' : 'jpg';
  if (name === undefined || new RegExp(`\\.${ending === 'jpg' ? 'jpe?g' : ending}$`, 'i').test(name))
    return name;
  return `${name.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.${ending}`;
}

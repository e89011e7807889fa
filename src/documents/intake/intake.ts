/** Effect `intake`: looks at the files of a citizen's answer and keeps the good ones. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EffectHandler, Vault } from '../../conversation/ports.ts';
import type { StoredFile } from '../../conversation/types.ts';
import { READINGS, type ReadingKind } from '../../flows/vocabulary.ts';
import type { Sealer } from '../ports.ts';
import type { Reader } from '../reading/reader.ts';
import { fileIdFor } from '../vault.ts';
import { createGate } from './gate.ts';
import { type LookDeps, type Looked, look } from './look.ts';
import { readAll } from './readings.ts';

interface IntakeDeps extends LookDeps {
  sealer: Pick<Sealer, 'hash'>;
  /** Absent: nothing is read off photos. */
  reader?: Pick<Reader, 'read'>;
}

const incoming = z.object({
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stored'), file: z.string(), inspected: z.literal(true).optional() }),
    z.object({ kind: z.literal('remote'), url: z.string() }),
  ]),
  name: z.string().optional(),
});
const READING_KINDS = Object.keys(READINGS) as [ReadingKind, ...ReadingKind[]];
const params = z.object({
  step: z.string(),
  files: z.array(incoming).min(1),
  accept: z.array(z.enum(['image', 'pdf'])),
  draft: z.number().optional(),
  reads: z.enum(READING_KINDS).optional(),
});
type Params = z.infer<typeof params>;

/** Answers whose files are fetched and looked at at once: only these hold bytes, the others wait as their effects. */
const AT_ONCE = 4;

/**
 * Creates the handler. Result: `{ step, ok: true, files, readings? }`, or `{ step, ok: false, reason, page?, of? }` when any
 * file is refused (of several: `page`, from 1); then none of the answer's files is kept by this effect. The same file
 * twice counts once. A repeat finds what the first run kept.
 */
export function createIntakeHandler(deps: IntakeDeps): EffectHandler {
  const gate = createGate(AT_ONCE);
  return {
    type: 'intake',
    run: (effect, { conversation }) => {
      const asked = params.parse(effect.params);
      const idOf = (index: number) => fileIdFor(deps.sealer, effect.id, index);
      return gate.pass(async () => ({ result: await take(deps, asked, conversation.id, idOf) }));
    },
  };
}

async function take(deps: IntakeDeps, asked: Params, owner: string, idOf: (index: number) => string) {
  const { step, files, accept, draft, reads } = asked;
  const looked: (Looked & { ok: true })[] = [];
  for (const [index, file] of files.entries()) {
    const one = await look(deps, { file, accept, owner, id: idOf(index) });
    if (one.ok) looked.push(one);
    else if (!isKnownRepeat(one, file, looked)) {
      for (const at of files.keys()) await deps.vault.delete(idOf(at));
      return { step, ok: false, reason: one.reason, ...placeOf(index, files.length) };
    }
  }
  const once = withoutRepeats(looked);
  const kept: StoredFile[] = [];
  for (const one of once) kept.push(await keep(deps.vault, owner, draft, one));
  // Only now: a repeat after a crash finds each file in the one place or the other.
  for (const { source } of files) if (source.kind === 'stored') await deps.vault.delete(source.file);
  const photos = once.filter(({ kind }) => kind === 'image').map(({ bytes }) => bytes);
  const readings = deps.reader && reads ? await readAll(deps.reader, photos, reads) : [];
  return {
    step,
    ok: true,
    files: kept.map((file) => ({ ...file })),
    ...(readings.length === 0 ? {} : { readings: readings.map((one) => ({ ...one })) }),
  };
}

/** Where the first file lies kept, an earlier run has accepted all of them: one that is gone was left out as a repeat. */
function isKnownRepeat(
  { reason }: { reason: string },
  { source }: Params['files'][number],
  looked: { isKept: boolean }[],
) {
  return reason === 'gone' && source.kind === 'stored' && looked[0]?.isKept === true;
}

function placeOf(index: number, of: number): { page?: number; of?: number } {
  return of === 1 ? {} : { page: index + 1, of };
}

/** A photo chosen twice is one page; the first of each stays. */
function withoutRepeats(looked: (Looked & { ok: true })[]) {
  const seen = new Set<string>();
  return looked.filter(({ bytes }) => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    return seen.size < seen.add(hash).size;
  });
}

async function keep(
  vault: Vault,
  owner: string,
  draft: number | undefined,
  { id, bytes, contentType, name, isKept }: Looked & { ok: true },
): Promise<StoredFile> {
  const named = name === undefined ? {} : { name };
  if (isKept) return { file: id, contentType, sizeBytes: bytes.byteLength, ...named };
  return vault.put(owner, { id, bytes, contentType, ...named, ...(draft === undefined ? {} : { draft }) });
}

/** The whole look at one file; what the threads of the inspector run. */
import { readPhoto } from './images.ts';
import type { Inspected } from './inspector.ts';
import { examinePdf } from './pdf.ts';
import { judgePhoto } from './quality.ts';
import { sniff } from './sniff.ts';

/** Throws only when a library fails to load or has a bug, never for what the file is. */
export async function examine(bytes: Uint8Array, asDocument: boolean): Promise<Inspected> {
  const sniffed = sniff(bytes);
  if (!sniffed.ok) return sniffed;
  const { kind, contentType } = sniffed;
  if (kind === 'pdf') {
    const found = await examinePdf(bytes);
    return 'reason' in found ? { ok: false, ...found } : { ok: true, kind, contentType, bytes, ...found };
  }
  const photo = await readPhoto(bytes, contentType);
  if (typeof photo === 'string') return { ok: false, reason: photo };
  const reason = asDocument ? await judgePhoto(photo) : undefined;
  if (reason !== undefined) return { ok: false, reason };
  return { ok: true, kind, contentType: 'image/jpeg', bytes: photo.jpeg, pages: 1 };
}

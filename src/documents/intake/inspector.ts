/** What an inspection promises, whoever does it: the thorough look at a file before it is kept. */
import type { FileReason } from '../../flows/vocabulary.ts';
import type { FileKind } from './sniff.ts';

/**
 * A file that may be kept. Images come re-encoded (JPEG, upright, without EXIF or any other metadata, longest side at
 * most 2,600 px); PDFs as they are.
 */
export interface Accepted {
  ok: true;
  kind: FileKind;
  contentType: string;
  bytes: Uint8Array;
  /** 1 for images. */
  pages: number;
}

export type Inspected = Accepted | { ok: false; reason: FileReason };

export interface Inspector {
  /**
   * Looks at content only: true type, limits, pixels, active content. Bounded in time and memory whatever the bytes are, and
   * off the main thread: messages go on meanwhile. Never throws for what the file is; AppError with `retry` when the
   * inspection itself cannot be done now (the virus scanner is away).
   * `asDocument` false: a file of the office or of a chat: no refusal for light, sharpness, size or screens.
   */
  inspect(bytes: Uint8Array, options?: { asDocument?: boolean }): Promise<Inspected>;
  /** Ends its threads. */
  close(): Promise<void>;
}

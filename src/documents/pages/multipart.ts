/** Reads the files of a form (multipart/form-data) into memory, within limits. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { MAX_FILE_BYTES } from '../intake/sniff.ts';

/** Most bytes of one form, whatever its files are. */
const MAX_FORM_BYTES = 64 * 1024 * 1024;

export interface FormFile {
  bytes: Uint8Array;
  /** As the browser claims. */
  declaredType: string;
  name: string;
}

type FormFault = 'size' | 'many' | 'broken';
export type Form = { ok: true; files: FormFile[] } | { ok: false; reason: FormFault };

/**
 * Reads the files of a form, whatever its fields are called. Inputs left empty are skipped. `broken`: no multipart
 * form, or it broke off. A form that is too large is read to its end where possible, for browsers show no answer that
 * comes before.
 */
export async function readForm(request: IncomingMessage, maxFiles: number): Promise<Form> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_FORM_BYTES) return { ok: false, reason: 'size' };
  const parser = openParser(request.headers, maxFiles);
  if (parser === undefined) return { ok: false, reason: 'broken' };
  const files: FormFile[] = [];
  const faults = new Set<FormFault>();
  parser.on('filesLimit', () => faults.add('many'));
  parser.on('file', (_field, stream, name, _encoding, declaredType) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => faults.add('broken'));
    stream.on('limit', () => faults.add('size'));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      if (name) files.push({ bytes: Buffer.concat(chunks), declaredType, name: tidy(name) });
    });
  });
  try {
    await pipeline(request, capped(faults), parser);
  } catch {
    return { ok: false, reason: faults.has('size') ? 'size' : 'broken' };
  }
  const [fault] = faults;
  return fault === undefined ? { ok: true, files } : { ok: false, reason: fault };
}

function openParser(headers: IncomingMessage['headers'], maxFiles: number): BusboyInstance | undefined {
  try {
    const limits = {
      fileSize: MAX_FILE_BYTES + 1,
      files: maxFiles + 2,
      fields: 10,
      fieldSize: 1024,
      parts: maxFiles + 12,
    };
    return new Busboy({ headers: headers as BusboyHeaders, limits });
  } catch {
    return undefined;
  }
}

/** Stops a body without a declared length that goes on for too long. */
function capped(faults: Set<FormFault>) {
  return async function* (source: Readable): AsyncGenerator<Buffer> {
    let total = 0;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > MAX_FORM_BYTES) {
        faults.add('size');
        throw new Error('form too large');
      }
      yield chunk;
    }
  };
}

function tidy(name: string): string {
  return name.replace(/[\p{C}/\\]/gu, '').slice(0, 120);
}

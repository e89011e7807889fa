/** What can be seen of a PDF from outside: its text, its tags, its inside in the clear. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Runs a program of poppler or qpdf over the file; `FILE` in the arguments stands for it. */
function look(bytes: Uint8Array, program: string, ...options: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'loket-paper-'));
  try {
    const file = join(folder, 'paper.pdf');
    writeFileSync(file, bytes);
    const filled = options.map((option) => (option === 'FILE' ? file : option));
    return execFileSync(program, filled, { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text in the order of the page. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(look(bytes, 'pdftotext', '-layout', 'FILE', '-'), 'latin1').toString('utf8');
}

/** The pages of the text. */
export function pagesOf(bytes: Uint8Array): string[] {
  return textOf(bytes).split('\f').slice(0, -1);
}

/** The tag tree, with the text of each element. */
export function tagsOf(bytes: Uint8Array): string {
  return Buffer.from(look(bytes, 'pdfinfo', '-struct-text', 'FILE'), 'latin1').toString('utf8');
}

/**
 * Fails unless the file has no fault and what PDF/A-2a asks for (ISO 19005-2, as far as can be told from its structure):
 * identification in XMP, an output intent, all fonts embedded, tags, a language, an id, no encryption, no
 * transparency, no actions, no JavaScript.
 */
export function expectArchivable(bytes: Uint8Array): void {
  expect(look(bytes, 'qpdf', '--check', 'FILE')).toContain('No syntax or stream encoding errors found');
  const inside = look(bytes, 'qpdf', '--qdf', '--object-streams=disable', 'FILE', '-');
  for (const part of [
    '<pdfaid:part>2</pdfaid:part>',
    '<pdfaid:conformance>A</pdfaid:conformance>',
    '/S /GTS_PDFA1',
    '/DestOutputProfile',
    '/Marked true',
    '/StructTreeRoot',
    '/Lang (id-ID)',
    '/DisplayDocTitle true',
  ])
    expect(inside).toContain(part);
  expect(inside).toMatch(/\/ID \[/);
  expect(inside).not.toMatch(/\/(Encrypt|SMask|JavaScript|JS|OpenAction|AA|EmbeddedFiles)\b/);
  expect(inside).not.toMatch(/\/(ca|CA) 0/);
  const fonts = look(bytes, 'pdffonts', 'FILE').trim().split('\n').slice(2);
  expect(fonts.length).toBeGreaterThan(0);
  // Columns of pdffonts: embedded, subset, with a map to Unicode.
  for (const font of fonts) expect(font).toMatch(/ yes yes yes /);
  expect(look(bytes, 'pdfinfo', 'FILE')).toMatch(/Page size:\s+595\.28 x 841\.89/);
}

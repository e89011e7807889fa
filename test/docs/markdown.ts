/** Reads the documents as the tests of them need it. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** All documents for people. */
export const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/writing-flows.md',
  'docs/admin.md',
  'docs/operator.md',
  'docs/production.md',
] as const;

export function readDocument(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

/** The code blocks of a language, without their fences. */
export function codeBlocks(markdown: string, language: string): string[] {
  return [...markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, found, code]) =>
    found === language && code !== undefined ? [code] : [],
  );
}

/** The rows of the table whose first heading is `heading`; each cell as written. Throws when there is none. */
export function table(markdown: string, heading: string): string[][] {
  const lines = markdown.split('\n');
  const head = lines.findIndex((line) => cellsOf(line)[0] === heading);
  if (head === -1) throw new Error(`there is no table that begins with "${heading}"`);
  const rest = lines.slice(head + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end === -1 ? undefined : end).map(cellsOf);
}

/** What stands in backticks. */
export function codes(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => String(code));
}

/** First cells of a table, as codes; one cell may name several. */
export function firstCodes(markdown: string, heading: string): string[] {
  return table(markdown, heading).flatMap(([first = '']) => codes(first));
}

/** Local targets of links and pictures, as paths from the root, with the part behind `#`. */
export function localLinks(name: string): { path: string; anchor: string | undefined }[] {
  const targets = [...readDocument(name).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
    ([, target, attribute]) => String(target ?? attribute),
  );
  return targets
    .filter((target) => !/^https?:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { path: path === '' ? name : join(dirname(name), path), anchor };
    });
}

/** The anchors that headings get. */
export function anchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function cellsOf(line: string): string[] {
  if (!line.startsWith('|')) return [];
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

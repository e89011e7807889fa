/** What the YAML parser complains about, in words that say how to mend it. */
import { type Document, isScalar, type LineCounter, type Node, visit, type YAMLError } from 'yaml';
import { type Place, placeOf } from './positions.ts';

export interface SyntaxFault extends Place {
  path: string;
  message: string;
  /** True when the rest of the file cannot be judged. */
  isFatal: boolean;
}

const QUOTE = 'put the whole text in double quotes';

/** How to mend, by the parser's code; a pattern narrows codes that mean several things. */
const HINTS: readonly { code: YAMLError['code']; when?: RegExp; hint: string }[] = [
  { code: 'TAB_AS_INDENT', hint: 'indent with spaces' },
  { code: 'BLOCK_AS_IMPLICIT_KEY', hint: `a text that holds ": " needs quotes: ${QUOTE}` },
  { code: 'BAD_SCALAR_START', hint: QUOTE },
  { code: 'BAD_ALIAS', hint: `a text that begins with * or & needs quotes: ${QUOTE}` },
  { code: 'BAD_DQ_ESCAPE', hint: 'in double quotes a backslash begins an escape; write it twice' },
  { code: 'MISSING_CHAR', when: /quote/, hint: 'close the quotes, and write a quote inside the text as \\"' },
  { code: 'MISSING_CHAR', when: /map values/, hint: 'write "key: value", with a colon and a space' },
  { code: 'MISSING_CHAR', when: /space after :/, hint: 'write a space after the colon' },
  {
    code: 'MISSING_CHAR',
    when: /, (or : )?between/,
    hint: `write a comma between the entries; a text with a comma or braces needs quotes`,
  },
  { code: 'BAD_INDENT', hint: 'give all keys of one level the same indentation' },
  { code: 'MULTILINE_IMPLICIT_KEY', hint: 'is a colon missing, or a text not quoted?' },
  { code: 'MULTIPLE_DOCS', hint: 'remove the line ---; a file holds one document' },
  { code: 'TAG_RESOLVE_FAILED', hint: `a text that begins with ! needs quotes: ${QUOTE}` },
  { code: 'UNEXPECTED_TOKEN', hint: `a text with braces, brackets or commas needs quotes: ${QUOTE}` },
];

/** Every syntax mistake of the document, and aliases that point nowhere. */
export function describeSyntax(document: Document, lines: LineCounter): SyntaxFault[] {
  const parsed = [...document.errors, ...document.warnings].map((error) => ({
    ...placeOf(lines, error.pos[0]),
    path: '',
    message: error.code === 'DUPLICATE_KEY' ? duplicateKey(document, lines, error.pos[0]) : withHint(error),
    isFatal: error.code !== 'DUPLICATE_KEY',
  }));
  return [...parsed, ...danglingAliases(document, lines)];
}

function withHint(error: YAMLError): string {
  const found = HINTS.find(({ code, when }) => code === error.code && (when?.test(error.message) ?? true));
  return `not valid YAML: ${error.message}${found ? `; ${found.hint}` : ''}`;
}

function duplicateKey(document: Document, lines: LineCounter, offset: number): string {
  let message = 'this key stands here twice; remove one of the two';
  visit(document, {
    Map: (_, map) => {
      const second = map.items.find(({ key }) => (key as Node).range?.[0] === offset)?.key;
      if (!isScalar(second)) return undefined;
      const first = map.items.find(({ key }) => isScalar(key) && key.value === second.value)?.key as Node;
      const { line } = placeOf(lines, first.range?.[0] ?? 0);
      message = `"${second.value}" stands already on line ${line}; remove or rename one of the two`;
      return visit.BREAK;
    },
  });
  return message;
}

/** The parser takes `*word` for a reference; in our files it is nearly always bold text without quotes. */
function danglingAliases(document: Document, lines: LineCounter): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return;
      const message = `"*${alias.source}" refers to nothing; a text that begins with * needs quotes: ${QUOTE}`;
      faults.push({ ...placeOf(lines, alias.range?.[0] ?? 0), path: '', message, isFatal: true });
    },
  });
  return faults;
}

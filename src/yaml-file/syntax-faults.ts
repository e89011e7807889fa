/** What the YAML parser complains about, in words that say how to mend it. */
import { type Document, isScalar, type LineCounter, type Node, visit, type YAMLError } from 'yaml';
import { type Place, placeOf } from './positions.ts';

export interface SyntaxFault extends Place {
  path: string;
  message: string;
  /** True when the rest of the file cannot be judged. */
  isFatal: boolean;
}

const QUOTE = 'put the whole text in double quotes (and write \\" for a quote inside)';

/** Instead of the parser's words, by its code; a pattern narrows codes that mean several things. */
const WORDS: readonly { code: YAMLError['code']; when?: RegExp; say: string }[] = [
  { code: 'TAB_AS_INDENT', say: 'a tab cannot indent; use spaces' },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    say: `two keys on one line; a text that holds ": " needs quotes: ${QUOTE}`,
  },
  { code: 'BAD_SCALAR_START', say: `a text cannot begin with this sign; ${QUOTE}` },
  { code: 'BAD_ALIAS', say: `a text that begins with * or & needs quotes: ${QUOTE}` },
  { code: 'BAD_DQ_ESCAPE', say: 'in double quotes a backslash begins an escape; write it twice' },
  {
    code: 'MISSING_CHAR',
    when: /quote/,
    say: 'these quotes are never closed; close them, and write \\" for a quote inside',
  },
  {
    code: 'MISSING_CHAR',
    when: /map values/,
    say: 'a key without a value; write "key: value", with a colon and a space',
  },
  {
    code: 'MISSING_CHAR',
    when: /between/,
    say: `a comma or colon is missing between entries, or a text is not quoted: ${QUOTE}`,
  },
  {
    code: 'BAD_INDENT',
    when: /same column/,
    say: 'indented unlike its neighbours; give all keys of one level the same indentation',
  },
  {
    code: 'BAD_INDENT',
    when: /end with/,
    say: 'a bracket or brace is not closed, or what it holds is not indented',
  },
  { code: 'MULTILINE_IMPLICIT_KEY', say: `a colon is missing, or a text is not quoted: ${QUOTE}` },
  { code: 'MULTIPLE_DOCS', say: 'a second document begins here; remove the line ---' },
  { code: 'TAG_RESOLVE_FAILED', say: `a text that begins with ! needs quotes: ${QUOTE}` },
  { code: 'NON_STRING_KEY', say: `a key must be a plain word; a text with brackets needs quotes: ${QUOTE}` },
  {
    code: 'UNEXPECTED_TOKEN',
    say: `not expected here; a text with braces, brackets, commas or quotes needs quotes: ${QUOTE}`,
  },
];

/** Every syntax mistake, at most one a line (the others follow from it), and aliases that point nowhere. */
export function describeSyntax(document: Document, lines: LineCounter): SyntaxFault[] {
  const parsed = [...document.errors, ...document.warnings].map((error) => ({
    ...placeOf(lines, offsetOf(document, error)),
    path: '',
    message: error.code === 'DUPLICATE_KEY' ? duplicateKey(document, lines, error.pos[0]) : words(error),
    isFatal: error.code !== 'DUPLICATE_KEY',
  }));
  const faults = [...danglingAliases(document, lines), ...parsed];
  return faults.filter(({ line }, at) => faults.findIndex((other) => other.line === line) === at);
}

function words(error: YAMLError): string {
  const found = WORDS.find(({ code, when }) => code === error.code && (when?.test(error.message) ?? true));
  return `not valid YAML: ${found?.say ?? error.message}`;
}

/** Where it began: open quotes, brackets and braces are noticed at the end of the file only. */
function offsetOf(document: Document, error: YAMLError): number {
  const [end] = error.pos;
  let offset = end;
  const note = ({ range }: Node) => {
    if (range && range[0] <= end && end <= range[2]) offset = range[0];
  };
  if (/closing .quote/.test(error.message)) {
    visit(document, { Scalar: (_, node) => (node.type?.startsWith('QUOTE') ? note(node) : undefined) });
  } else if (/and end with/.test(error.message)) {
    visit(document, { Collection: (_, node) => (node.flow ? note(node) : undefined) });
  }
  return offset;
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

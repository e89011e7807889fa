/** From a path into a parsed YAML document to line and column. */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
} from 'yaml';

export type Path = readonly PropertyKey[];

/** Both count from 1. */
export interface Place {
  line: number;
  column: number;
}

/** The place of a value, or of the key before it; of the nearest ancestor when `path` leads nowhere. */
export type Locator = (path: Path, part?: 'key' | 'value') => Place;

interface Found {
  value: Node | null;
  /** The key before the value, in a map. */
  key: Node | undefined;
}

/**
 * Values that are maps or lists are placed at their key, whose line says more than that of their first entry.
 */
export function createLocator(document: Document, lines: LineCounter): Locator {
  return (path, part = 'value') => {
    let found: Found = { value: document.contents, key: undefined };
    for (const name of path) {
      const next = childOf(found.value, String(name), document);
      if (!next) break;
      found = next;
    }
    return placeOf(lines, part === 'key' && found.key?.range ? found.key.range[0] : offsetOf(found));
  };
}

/** The place of an offset; an empty file is 1:1. */
export function placeOf(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function childOf(parent: Node | null, name: string, document: Document): Found | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq<Node>(node)) {
    const value = node.items[Number(name)];
    return value ? { value, key: undefined } : undefined;
  }
  if (!isMap<Node, Node | null>(node)) return undefined;
  // Of a key that stands twice, the last one is what the data holds.
  const pair = node.items.findLast((item) => isScalar(item.key) && String(item.key.value) === name);
  return pair ? { value: pair.value, key: pair.key } : undefined;
}

function offsetOf({ value, key }: Found): number {
  const isEmpty = value === null || (isScalar(value) && value.value === null);
  const node = key && (isEmpty || isCollection(value)) ? key : value;
  return node?.range?.[0] ?? key?.range?.[0] ?? 0;
}

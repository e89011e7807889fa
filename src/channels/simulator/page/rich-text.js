/** Message texts as phones show them: links, and WhatsApp's *bold* and _italic_. */
import { element } from './dom.js';

const LINK = /https?:\/\/[^\s<>"]+/gi;
/** A mark counts only around words, as on WhatsApp: `2*3*4` stays as it is. */
const MARK = /(?<![\p{L}\p{N}*_])([*_])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}*_])/gu;

/** A fragment of the text; `isRich` reads the marks. Only http and https become links. */
export function richText(text, isRich) {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    // The stop at the end of a sentence is not part of the address.
    const address = match[0].replace(/[.,;:!?)\]*_]+$/, '');
    fragment.append(marked(text.slice(end, match.index), isRich), link(address));
    end = match.index + address.length;
  }
  fragment.append(marked(text.slice(end), isRich));
  return fragment;
}

function link(address) {
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, address);
}

function marked(text, isRich) {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of isRich ? text.matchAll(MARK) : []) {
    fragment.append(text.slice(end, match.index));
    fragment.append(element(match[1] === '*' ? 'strong' : 'em', {}, marked(match[2], true)));
    end = match.index + match[0].length;
  }
  fragment.append(text.slice(end));
  return fragment;
}

/** An official letter of the office (surat) as a PDF. */
import { formatDate } from '../../flows/format.ts';
import type { SigningAct } from '../signing/signer.ts';
import { drawFoot, FOOT_HEIGHT } from './foot.ts';
import type { LetterFacts } from './letter-facts.ts';
import { drawLetterhead } from './letterhead.ts';
import type { OwnPaper } from './own-paper.ts';
import { type Issue, renderPaper, tidy } from './paper.ts';
import { CONTENT_WIDTH, INK, PAGE, type Pen, type TextStyle } from './pen.ts';
import { LETTER_WORDS as W } from './words.ts';

export interface Letter {
  paper: OwnPaper;
  /** Where a signature that is seen belongs, as `SigningAct.visible`. */
  box: NonNullable<SigningAct['visible']>;
}

const TEXT: TextStyle = { size: 11.5, lineGap: 2 };
/** Width of the names of a letter's head (`Nomor`), points. */
const NAME_WIDTH = 78;
const SIGNATURE = { width: 215, height: 62 };
const LEFT = PAGE.left + CONTENT_WIDTH - SIGNATURE.width;
/** A longer last paragraph is broken rather than carried over as a whole, points. */
const MOST_CARRIED = 200;

/** Draws the letter (`renderPaper`), on as many pages as it takes; the signature never stands alone. */
export async function renderLetter(given: LetterFacts, issue: Issue): Promise<Letter> {
  const facts = tidy(given);
  const { office } = facts;
  const head = { title: `${W.title.id} ${facts.application}`, subject: W.title.en, office, issue };
  let box: Letter['box'] | undefined;
  const paper = await renderPaper(head, (pen) => {
    drawLetterhead(pen, office);
    drawHead(pen, facts, issue);
    const texts = [facts.opening, ...facts.body, facts.closing].filter((text) => text !== undefined);
    drawBody(pen, texts.slice(0, -1));
    // The signature never stands alone: the last words go with it.
    pen.need(
      Math.min(pen.heightOf(texts.at(-1) ?? '', TEXT), MOST_CARRIED) + signatureHeight(pen, facts) + 16,
    );
    drawBody(pen, texts.slice(-1));
    box = drawSignature(pen, facts);
    drawFoot(pen, office, issue, W.note);
  });
  if (box === undefined) throw new Error('a letter without room for a signature');
  return { paper, box };
}

/** Place and date at the right; number, matter and request at the left; then to whom. */
function drawHead(pen: Pen, facts: LetterFacts, { issuedAt }: Issue): void {
  const date = formatDate(issuedAt, 'id', facts.office.timeZone).replace(/^\S+ /, '');
  const written = facts.place === undefined ? date : `${facts.place}, ${date}`;
  pen.y += pen.write('P', written, { x: PAGE.left, y: pen.y }, { ...TEXT, align: 'right' }) + 4;
  const dots = '.'.repeat(40);
  const rows = [
    [W.number, facts.number ?? (facts.signature === 'pen' ? dots : '-')],
    [W.subject, facts.subject],
    [W.about, `${facts.application} (${facts.service})`],
  ] as const;
  for (const [name, value] of rows) {
    const style = { ...TEXT, width: CONTENT_WIDTH - NAME_WIDTH, strong: name === W.subject };
    const height = pen.heightOf(`: ${value}`, style);
    pen.group('P', () => {
      pen.write('Span', name, { x: PAGE.left, y: pen.y }, { ...TEXT, width: NAME_WIDTH });
      pen.write('Span', `: ${value}`, { x: PAGE.left + NAME_WIDTH, y: pen.y }, style);
    });
    pen.y += height;
  }
  pen.y += 14;
  pen.y += pen.write('P', `${W.to} ${facts.to}`, { x: PAGE.left, y: pen.y }, { ...TEXT, width: 320 }) + 16;
}

/** A paragraph that a page has no room for is broken between words. */
function drawBody(pen: Pen, texts: string[]): void {
  for (const text of texts) {
    let rest = text;
    while (rest !== '') {
      pen.need(2 * pen.heightOf('X', TEXT));
      const part = fitting(pen, rest);
      pen.y += pen.write('P', part, { x: PAGE.left, y: pen.y }, TEXT);
      rest = rest.slice(part.length).trimStart();
    }
    pen.y += 8;
  }
}

/** As many words from its beginning as this page has room for. */
function fitting(pen: Pen, text: string): string {
  const room = PAGE.height - PAGE.bottom - pen.y;
  if (pen.heightOf(text, TEXT) <= room) return text;
  const ends = [...text.matchAll(/\s+/g)].map(({ index }) => index);
  let [fits, fails] = [0, ends.length];
  while (fails - fits > 1) {
    const middle = (fits + fails) >> 1;
    if (pen.heightOf(text.slice(0, ends[middle]), TEXT) <= room) fits = middle;
    else fails = middle;
  }
  return text.slice(0, ends[fits]);
}

interface Line {
  text: string;
  style: TextStyle;
}

/** Office of the signer above the signature; name, rank and number below it. */
function signerLines({ signer }: LetterFacts): { title: Line; below: Line[] } {
  const style: TextStyle = { ...TEXT, lineGap: 0, width: SIGNATURE.width };
  return {
    title: { text: `${signer.title},`, style },
    below: [
      { text: signer.name, style: { ...style, strong: true } },
      ...(signer.rank === undefined ? [] : [{ text: signer.rank, style }]),
      ...(signer.nip === undefined ? [] : [{ text: `${W.nip} ${signer.nip}`, style }]),
    ],
  };
}

/** With the foot of the page, which belongs below it. */
function signatureHeight(pen: Pen, facts: LetterFacts): number {
  const { title, below } = signerLines(facts);
  const lines = [title, ...below].reduce((sum, { text, style }) => sum + pen.heightOf(text, style), 0);
  return lines + SIGNATURE.height + FOOT_HEIGHT + 24;
}

/** At the right half of the page. */
function drawSignature(pen: Pen, facts: LetterFacts): Letter['box'] {
  const { title, below } = signerLines(facts);
  pen.y += 8;
  pen.need(signatureHeight(pen, facts));
  pen.y += pen.write('P', title.text, { x: LEFT, y: pen.y }, title.style) + 4;
  const box = {
    ...{ page: pen.pages, x: LEFT, width: SIGNATURE.width, height: SIGNATURE.height },
    y: PAGE.height - pen.y - SIGNATURE.height,
  };
  if (facts.signature === 'unseen') drawUnseen(pen);
  pen.y += SIGNATURE.height + 4;
  for (const { text, style } of below) pen.y += pen.write('P', text, { x: LEFT, y: pen.y }, style);
  return box;
}

/** Where the signature lies in the file alone, a reader on paper is told of it. */
function drawUnseen(pen: Pen): void {
  pen.ornament((document) => {
    document
      .roundedRect(LEFT, pen.y + 14, SIGNATURE.width, 34, 4)
      .lineWidth(0.8)
      .stroke(INK.line);
  });
  const style: TextStyle = { size: 9.5, color: INK.soft, width: SIGNATURE.width - 20 };
  pen.write('P', W.signed, { x: LEFT + 10, y: pen.y + 25 }, style);
}

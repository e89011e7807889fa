/** The checklist of a service (daftar persyaratan) as a PDF: what to have ready, when, and where to go with it. */
import { BOX_WIDTH, drawBox, drawList, type Item } from './blocks.ts';
import type { ChecklistFacts } from './checklist-facts.ts';
import { drawFoot } from './foot.ts';
import { drawLetterhead } from './letterhead.ts';
import type { OwnPaper } from './own-paper.ts';
import { type Issue, renderPaper, tidy } from './paper.ts';
import { CONTENT_WIDTH, INK, PAGE, type Pen, type TextStyle } from './pen.ts';
import { CHECKLIST_WORDS as W, type Words } from './words.ts';

/** Draws the checklist (`renderPaper`), on as many pages as it takes. */
export async function renderChecklist(given: ChecklistFacts, issue: Issue): Promise<OwnPaper> {
  const facts = tidy(given);
  const { office, service } = facts;
  const head = { title: `${W.title.id}: ${service.id}`, subject: W.title.en, office, issue };
  return renderPaper(head, (pen) => {
    drawLetterhead(pen, office, W.title);
    drawService(pen, facts);
    drawRemarks(pen, facts.remarks);
    drawList(pen, W.ready, facts.ready.map(open));
    drawList(pen, W.documents, facts.documents.map(asItem));
    drawList(
      pen,
      W.forms,
      facts.forms.map(({ code, title }) => dot({ id: `${code} ${title}`, en: `${code} ${title}` })),
    );
    drawList(pen, W.bring, facts.bring.map(open));
    drawPlaces(pen, facts);
    drawFoot(pen, office, issue, W.changes);
  });
}

function open(words: Words): Item {
  return { words, mark: 'open' };
}

function dot(words: Words): Item {
  return { words, mark: 'dot' };
}

function asItem({ label, when, isOptional }: ChecklistFacts['documents'][number]): Item {
  const words = isOptional
    ? { id: `${label.id} (${W.optional.id})`, en: `${label.en} (${W.optional.en})` }
    : label;
  return { words, mark: 'open', note: when };
}

function drawService(pen: Pen, { service, promise }: ChecklistFacts): void {
  const centred: TextStyle = { size: 15, strong: true, align: 'center', color: INK.accent };
  pen.y += pen.writeBoth('H2', service, { x: PAGE.left, y: pen.y }, centred) + 6;
  const facts = promise ? { id: `${W.free.id} ${promise.id}`, en: `${W.free.en} ${promise.en}` } : W.free;
  pen.y +=
    pen.writeBoth('P', facts, { x: PAGE.left, y: pen.y }, { ...centred, size: 10.5, color: INK.text }) + 12;
}

function drawRemarks(pen: Pen, remarks: Words[]): void {
  for (const words of remarks) {
    const style: TextStyle = { size: 10.5, width: CONTENT_WIDTH };
    pen.need(pen.heightOfBoth(words, style));
    pen.y += pen.writeBoth('P', words, { x: PAGE.left, y: pen.y }, style) + 6;
  }
  if (remarks.length > 0) pen.y += 4;
}

function drawPlaces(pen: Pen, { places }: ChecklistFacts): void {
  const style: TextStyle = { size: 10, width: BOX_WIDTH };
  if (places.length === 0) return;
  drawBox(pen, [
    { tag: 'H2', words: W.where, style: { ...style, size: 11, strong: true, color: INK.accent } },
    ...places.flatMap(({ name, address, hours }) => [
      { tag: 'P', words: { id: `${name.id}, ${address}`, en: name.en }, style: { ...style, strong: true } },
      { tag: 'P', words: hours, style: { ...style, size: 9.5 } },
    ]),
  ]);
}

/** The pick-up slip (slip pengambilan) as a PDF: what, where, when, and what to bring. */
import { formatSlot } from '../../flows/format.ts';
import { BOX_WIDTH, drawBox, drawList } from './blocks.ts';
import { drawFoot } from './foot.ts';
import { drawLetterhead } from './letterhead.ts';
import type { OwnPaper } from './own-paper.ts';
import { bothTimes, type Issue, renderPaper, tidy } from './paper.ts';
import { CONTENT_WIDTH, INK, PAGE, type Pen, type TextStyle } from './pen.ts';
import type { SlipFacts } from './slip-facts.ts';
import { SLIP_WORDS as W } from './words.ts';

/** Draws the slip (`renderPaper`): one page. */
export async function renderSlip(given: SlipFacts, issue: Issue): Promise<OwnPaper> {
  const facts = tidy(given);
  const { office } = facts;
  const head = { title: `${W.title.id} ${facts.application}`, subject: W.title.en, office, issue };
  return renderPaper(head, (pen) => {
    drawLetterhead(pen, office, W.title);
    drawWhat(pen, facts);
    drawWhen(pen, facts);
    drawList(
      pen,
      W.bring,
      facts.bring.map((words) => ({ words, mark: 'open' })),
    );
    drawFoot(pen, office, issue, W.notLegal);
  });
}

/** The number large, what is collected and by whom beneath. */
function drawWhat(pen: Pen, { application, document, service, name }: SlipFacts): void {
  const width = CONTENT_WIDTH - 36;
  const what = { id: `${document.id} (${service.id})`, en: `${document.en} (${service.en})` };
  const lines: { text: string; style: TextStyle }[] = [
    { text: `${W.number.id} / ${W.number.en}`, style: { size: 9, color: INK.soft, width } },
    { text: application, style: { size: 26, strong: true, color: INK.accent, width, characterSpacing: 0.6 } },
    { text: what.id, style: { size: 13, strong: true, width } },
    { text: what.en, style: { size: 9.5, color: INK.soft, width, lang: 'en' } },
    ...(name === undefined ? [] : [{ text: `${W.name.id}: ${name}`, style: { size: 11, width } }]),
  ];
  const height = lines.reduce((sum, { text, style }) => sum + pen.heightOf(text, style), 0) + 20;
  pen.ornament((page) => {
    page.roundedRect(PAGE.left, pen.y, CONTENT_WIDTH, height, 6).fill(INK.tint);
  });
  let y = pen.y + 9;
  for (const { text, style } of lines) y += pen.write('P', text, { x: PAGE.left + 18, y }, style);
  pen.y += height + 12;
}

function drawWhen(pen: Pen, { visit, office }: SlipFacts): void {
  const style: TextStyle = { size: 11, width: BOX_WIDTH };
  const time = bothTimes((language) => formatSlot(visit, language, office.timeZone));
  drawBox(pen, [
    { tag: 'H2', words: W.when, style: { ...style, strong: true, color: INK.accent } },
    { tag: 'P', words: time, style: { ...style, size: 15, strong: true } },
    { tag: 'P', words: visit.place, style },
    { tag: 'P', words: W.other, style: { ...style, size: 9.5 } },
  ]);
  pen.y += 10;
}

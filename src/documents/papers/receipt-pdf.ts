/** The receipt (tanda terima) as a PDF: A4, tagged, Indonesian with English small print. */
import { drawFoot } from './foot.ts';
import { drawLetterhead } from './letterhead.ts';
import type { OwnPaper } from './own-paper.ts';
import { type Issue, renderPaper, tidy } from './paper.ts';
import type { ReceiptFacts } from './receipt-facts.ts';
import { drawCase, drawFacts } from './receipt-head.ts';
import { drawDocuments, drawVisit } from './receipt-lists.ts';
import { RECEIPT_WORDS as W } from './words.ts';

/** Draws the receipt (`renderPaper`). One page in all but extreme cases. */
export async function renderReceipt(given: ReceiptFacts, issue: Issue): Promise<OwnPaper> {
  const facts = tidy(given);
  const { office } = facts;
  const head = { title: `${W.title.id} ${facts.application}`, subject: W.title.en, office, issue };
  return renderPaper(head, (pen) => {
    drawLetterhead(pen, office, W.title);
    drawCase(pen, facts);
    drawFacts(pen, facts);
    drawDocuments(pen, facts);
    drawVisit(pen, facts);
    drawFoot(pen, office, issue, W.notLegal);
  });
}

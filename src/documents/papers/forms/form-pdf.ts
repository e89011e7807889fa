/** A form of Permendagri 109/2019 as a PDF: A4, tagged, filled in as far as it is known, to be signed. */
import type { Block } from '../../../flows/forms/form.ts';
import { FORM_DEFINITIONS } from '../../../flows/forms.ts';
import type { OwnPaper } from '../own-paper.ts';
import { type Issue, renderPaper, tidy } from '../paper.ts';
import { CONTENT_WIDTH, PAGE, type TextStyle } from '../pen.ts';
import { drawColumns, drawTicks } from './choices.ts';
import { drawFields } from './fields.ts';
import type { FormFacts } from './form-facts.ts';
import { createSheet, type Sheet } from './sheet.ts';
import { drawSignatures, heightOfSignatures } from './signatures.ts';
import { drawTable } from './table.ts';

/**
 * Draws a form (`renderPaper`). With a code it can be verified; an empty one for the counter has none and gets only the time.
 */
export async function renderForm(
  given: FormFacts,
  issue: Issue | Pick<Issue, 'issuedAt'>,
): Promise<OwnPaper> {
  const facts = tidy(given);
  const { office, values } = facts;
  const definition = FORM_DEFINITIONS[facts.code];
  const filed = facts.application === undefined ? {} : { application: facts.application };
  const title = [`${facts.code} ${definition.title}`, facts.application].filter(Boolean).join(', ');
  return renderPaper({ title, subject: definition.english, office, issue }, (pen) => {
    const sheet = createSheet(pen, { definition, values, office, issue, ...filed });
    const blocks = definition.blocks.filter(isPrinted(sheet));
    for (const [at, block] of blocks.entries()) drawBlock(sheet, block, blocks[at + 1]);
    sheet.end();
  });
}

/** The blocks of other events are left out, once the event is known. */
function isPrinted({ values }: Sheet): (block: Block) => boolean {
  return ({ when }) => {
    const ticked = when === undefined ? undefined : values[when.field];
    return when === undefined || ticked === undefined || ticked.includes(when.ticks);
  };
}

function drawBlock(sheet: Sheet, block: Block, next: Block | undefined): void {
  switch (block.kind) {
    case 'text':
      drawParagraph(sheet, block, next?.kind === 'signatures' ? heightOfSignatures(sheet, next) : 0);
      break;
    case 'fields':
      drawFields(sheet, block);
      break;
    case 'columns':
      drawColumns(sheet, block);
      break;
    case 'ticks':
      drawTicks(sheet, block);
      break;
    case 'table':
      drawTable(sheet, block);
      break;
    case 'signatures':
      drawSignatures(sheet, block);
  }
}

/** `following`: points that must stay on the same page. */
function drawParagraph(
  sheet: Sheet,
  { text, isSmall }: Extract<Block, { kind: 'text' }>,
  following: number,
): void {
  const style: TextStyle = { size: isSmall ? 8 : 9.5, width: CONTENT_WIDTH, lineGap: 0.5 };
  sheet.need(sheet.pen.heightOf(text, style) + 6 + following);
  sheet.pen.y += sheet.pen.write('P', text, { x: PAGE.left, y: sheet.pen.y }, style) + 4;
}

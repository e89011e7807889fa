/** A number in the queue on a slip of paper from the counter's printer, 80 mm wide. */
import { formatDate, formatTime } from '../../flows/format.ts';
import type { OwnPaper } from './own-paper.ts';
import { type PaperOffice, ROLL, renderPaper, tidy } from './paper.ts';
import type { Pen, TextStyle } from './pen.ts';
import { TICKET_WORDS as W, type Words } from './words.ts';

/** What stands on it: nothing of a person. Times are ms since the epoch. */
export interface TicketFacts {
  /** `A-012`. */
  label: string;
  /** What the person comes for. */
  purpose: Words;
  /** Name and address of the point. */
  place: Words;
  at: number;
  expectedAt: number;
  office: Pick<PaperOffice, 'name' | 'address' | 'timeZone'>;
}

const WIDTH = ROLL.width - 2 * ROLL.margin;
/** Printers of such paper know no grey. */
const BLACK = '#000000';

/** Draws it, as long as what stands on it. */
export async function renderTicket(given: TicketFacts): Promise<OwnPaper> {
  const facts = tidy(given);
  const head = {
    ...{ title: `${W.title.id} ${facts.label}`, subject: W.title.en, office: facts.office },
    ...{ issue: { issuedAt: facts.at }, isRoll: true },
  };
  return renderPaper(head, (pen) => draw(pen, facts));
}

function draw(pen: Pen, { label, purpose, place, at, expectedAt, office }: TicketFacts): void {
  const { timeZone } = office;
  write(pen, 'P', office.name, { size: 9, strong: true });
  pen.y += 4;
  write(pen, 'H1', `${W.title.id} / ${W.title.en}`, { size: 9 });
  write(pen, 'P', label, { size: 54, strong: true });
  both(pen, purpose, { size: 12, strong: true });
  pen.y += 3;
  both(pen, place, { size: 9 });
  line(pen);
  both(pen, W.expected, { size: 9 });
  write(pen, 'P', formatTime(expectedAt, timeZone), { size: 22, strong: true });
  write(pen, 'P', formatDate(at, 'id', timeZone), { size: 10 });
  both(pen, W.late, { size: 8.5 });
  line(pen);
  both(pen, W.free, { size: 9, strong: true });
  pen.y += 3;
  write(pen, 'P', `${W.taken.id} / ${W.taken.en} ${formatTime(at, timeZone)}`, { size: 8 });
}

function write(
  pen: Pen,
  tag: string,
  text: string,
  style: Pick<TextStyle, 'size' | 'strong' | 'lang'>,
): void {
  const at = { x: ROLL.margin, y: pen.y };
  pen.y += pen.write(tag, text, at, { ...style, width: WIDTH, align: 'center', color: BLACK });
}

/** English beneath, once when it is the same. */
function both(pen: Pen, words: Words, style: Pick<TextStyle, 'size' | 'strong'>): void {
  write(pen, 'P', words.id, style);
  if (words.en !== words.id) write(pen, 'P', words.en, { size: Math.max(7.5, style.size * 0.8), lang: 'en' });
}

function line(pen: Pen): void {
  pen.y += 5;
  pen.ornament((document) => {
    document
      .moveTo(ROLL.margin, pen.y)
      .lineTo(ROLL.width - ROLL.margin, pen.y)
      .lineWidth(0.8)
      .stroke(BLACK);
  });
  pen.y += 5;
}

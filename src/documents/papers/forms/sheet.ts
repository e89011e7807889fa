/** The pages of a form: letterhead, code and title on the first, a line on the others; on each, how to verify it. */
import type { FormDefinition, FormValue } from '../../../flows/forms/form.ts';
import { formatCode } from '../../code.ts';
import type { Issue, PaperOffice } from '../paper.ts';
import { CONTENT_WIDTH, INK, PAGE, type Pen, type TextStyle } from '../pen.ts';
import { drawQr } from '../qr.ts';
import { PAPER_WORDS } from '../words.ts';
import { FORM_WORDS as W } from './form-words.ts';

/** What the blocks of a form are drawn on. */
export interface Sheet {
  pen: Pen;
  look: FormDefinition['look'];
  values: { readonly [field: string]: FormValue };
  /** Goes on to the next page when less than `height` points are left on this one. */
  need(height: number): void;
  /** Closes the last page. */
  end(): void;
}

/** What is printed around the fields. */
export interface SheetHead {
  definition: FormDefinition;
  values: Sheet['values'];
  office: PaperOffice;
  issue: Issue | Pick<Issue, 'issuedAt'>;
  application?: string;
}

const QR_SIZE = 42;
const FOOT_HEIGHT = QR_SIZE + 8;
/** Lower than on other papers: a form is one page where it can be. */
const FLOOR = PAGE.height - 26 - FOOT_HEIGHT;
const RIGHT = PAGE.width - PAGE.right;
const CODE_BOX = { width: 92, height: 24 };

/** Begins the first page. */
export function createSheet(pen: Pen, head: SheetHead): Sheet {
  let page = 1;
  drawHead(pen, head);
  return {
    pen,
    look: head.definition.look,
    values: head.values,
    need: (height) => {
      if (pen.y + height <= FLOOR) return;
      drawFoot(pen, head, page);
      pen.document.addPage();
      page += 1;
      drawRunningHead(pen, head.definition);
    },
    end: () => drawFoot(pen, head, page),
  };
}

function drawHead(pen: Pen, { definition, office, application }: SheetHead): void {
  drawCode(pen, definition.code, application);
  const width = CONTENT_WIDTH - CODE_BOX.width - 20;
  const at = { x: PAGE.left, y: PAGE.top };
  if (office.authority !== undefined)
    at.y += pen.write('P', office.authority.toUpperCase(), at, { size: 8.5, characterSpacing: 0.4, width });
  const name = { size: 11, strong: true, color: INK.accent, width };
  at.y += pen.write('P', office.name.toUpperCase(), at, name);
  at.y += pen.write('P', office.address, at, { size: 8, color: INK.soft, width });
  pen.y = Math.max(at.y, PAGE.top + CODE_BOX.height + 11) + 5;
  drawRule(pen, 1.4);
  pen.y += 9;
  drawTitle(pen, definition);
}

/** On one line if smaller letters make that possible. */
function drawTitle(pen: Pen, { title, english }: FormDefinition): void {
  const style = (size: number): TextStyle => ({ size, strong: true, align: 'center', width: CONTENT_WIDTH });
  const text = title.toUpperCase();
  const size = [12.5, 11.7, 11].find((one) => pen.widthOf(text, style(one)) <= CONTENT_WIDTH - 4) ?? 12.5;
  pen.y += pen.write('H1', text, { x: PAGE.left, y: pen.y }, style(size));
  const small: TextStyle = { size: 8, color: INK.soft, align: 'center', width: CONTENT_WIDTH, lang: 'en' };
  pen.y += pen.write('P', english, { x: PAGE.left, y: pen.y }, small) + 6;
}

function drawRunningHead(pen: Pen, { code, title }: FormDefinition): void {
  const style = { size: 8.5, color: INK.soft };
  pen.y = PAGE.top - 8;
  pen.y += pen.write('P', `${code} · ${title}`, { x: PAGE.left, y: pen.y }, style) + 4;
  drawRule(pen, 0.8);
  pen.y += 9;
}

function drawCode(pen: Pen, code: string, application: string | undefined): void {
  const x = RIGHT - CODE_BOX.width;
  pen.ornament((document) => {
    document.rect(x, PAGE.top, CODE_BOX.width, CODE_BOX.height).lineWidth(1.2).stroke(INK.text);
  });
  const style = { size: 14, strong: true, align: 'center' as const, width: CODE_BOX.width };
  pen.write('P', code, { x, y: PAGE.top + 3 }, style);
  if (application === undefined) return;
  const below = { x, y: PAGE.top + CODE_BOX.height + 2 };
  pen.write('P', `No. ${application}`, below, { ...style, size: 8.5 });
}

function drawRule(pen: Pen, width: number): void {
  pen.ornament((document) => {
    document.moveTo(PAGE.left, pen.y).lineTo(RIGHT, pen.y).lineWidth(width).stroke(INK.accent);
  });
}

/** Slimmer than the foot of other papers, so that the form has room. */
function drawFoot(pen: Pen, { definition, issue }: SheetHead, page: number): void {
  const y = FLOOR + 8;
  const isOurs = 'code' in issue;
  pen.ornament((document) => {
    document
      .moveTo(PAGE.left, FLOOR + 3)
      .lineTo(RIGHT, FLOOR + 3)
      .lineWidth(0.5)
      .stroke(INK.line);
  });
  if (isOurs)
    pen.figure(PAPER_WORDS.qrAlt.id, (document) => {
      drawQr(document, issue.verifyUrl, { x: PAGE.left, y, size: QR_SIZE, color: INK.text });
    });
  const x = PAGE.left + (isOurs ? QR_SIZE + 12 : 0);
  const width = RIGHT - x;
  const note = isOurs ? W.note : W.empty;
  const at = { x, y };
  at.y += pen.write('P', note.id, at, { size: 8.5, strong: true, width });
  at.y += pen.write('P', note.en, at, { size: 7.5, color: INK.soft, width, lang: 'en' });
  const verify = isOurs
    ? `${PAPER_WORDS.verifyTitle.id}: ${formatCode(issue.code)} · ${issue.verifyUrl} · `
    : '';
  const last = `${verify}${definition.code}, ${W.page.id} ${page}`;
  pen.write('P', last, at, { size: 8, color: INK.soft, width });
}

/** The foot of each paper of ours: the warning against fraud, and how to verify the paper. */
import { formatDateTime } from '../../flows/format.ts';
import { formatCode } from '../code.ts';
import { bothTimes, type Issue, type PaperOffice } from './paper.ts';
import { CONTENT_WIDTH, INK, PAGE, type Pen, type TextStyle } from './pen.ts';
import { drawQr } from './qr.ts';
import { PAPER_WORDS as W, type Words } from './words.ts';

const QR_SIZE = 70;
const WARNING_HEIGHT = 48;
/** Points that the foot takes at the bottom of the last page. */
export const FOOT_HEIGHT = WARNING_HEIGHT + 12 + QR_SIZE;

/** At the bottom of the last page; `note` says what the paper is not (`not a civil-registry document`). */
export function drawFoot(pen: Pen, office: PaperOffice, issue: Issue, note: Words): void {
  pen.need(FOOT_HEIGHT);
  pen.y = PAGE.height - PAGE.bottom - FOOT_HEIGHT;
  drawWarning(pen);
  const text = { x: PAGE.left + QR_SIZE + 20, y: pen.y };
  const width = CONTENT_WIDTH - QR_SIZE - 20;
  pen.figure(W.qrAlt.id, (document) => {
    drawQr(document, issue.verifyUrl, { x: PAGE.left, y: pen.y, size: QR_SIZE, color: INK.text });
  });
  const small: TextStyle = { size: 9, width };
  text.y += pen.write('H2', `${W.verifyTitle.id} / ${W.verifyTitle.en}`, text, {
    ...small,
    size: 10.5,
    strong: true,
    color: INK.accent,
  });
  text.y += pen.write('P', `${W.verify.id} ${issue.verifyUrl}`, text, small);
  text.y +=
    pen.write('P', `${W.code.id}: ${formatCode(issue.code)}`, text, { ...small, size: 12, strong: true }) + 1;
  const issued = bothTimes((language) => formatDateTime(issue.issuedAt, language, office.timeZone));
  text.y += pen.write('P', `${W.issued.id} / ${W.issued.en}: ${issued.id}`, text, {
    ...small,
    size: 8.5,
    color: INK.soft,
  });
  pen.writeBoth('P', note, text, { ...small, size: 8.5, color: INK.soft });
}

function drawWarning(pen: Pen): void {
  const width = CONTENT_WIDTH - 28;
  pen.ornament((document) => {
    document.roundedRect(PAGE.left, pen.y, CONTENT_WIDTH, WARNING_HEIGHT, 6).fill(INK.warnTint);
  });
  const at = { x: PAGE.left + 14, y: pen.y + 6 };
  at.y += pen.write('P', W.fraudTitle.id, at, { size: 10, strong: true, color: INK.warn, width });
  at.y += pen.write('P', W.fraud.id, at, { size: 9, color: INK.warn, width });
  pen.write('P', `${W.fraudTitle.en} ${W.fraud.en}`, at, { size: 7.5, color: INK.warn, width, lang: 'en' });
  pen.y += WARNING_HEIGHT + 12;
}

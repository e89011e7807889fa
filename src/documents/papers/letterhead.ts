/** The letterhead of every paper of ours. */

import type { PaperOffice } from './paper.ts';
import { INK, PAGE, type Pen, type TextStyle } from './pen.ts';
import type { Words } from './words.ts';

const RIGHT = PAGE.width - PAGE.right;

/** As on the office's paper letters: centred, closed by a thick and a thin line; then the title of a paper that has one. */
export function drawLetterhead(pen: Pen, office: PaperOffice, title?: Words): void {
  const at = () => ({ x: PAGE.left, y: pen.y });
  if (office.authority !== undefined) {
    pen.y += pen.write('P', office.authority.toUpperCase(), at(), centred(11.5, { characterSpacing: 0.8 }));
  }
  pen.y +=
    pen.write('P', office.name.toUpperCase(), at(), centred(15.5, { strong: true, color: INK.accent })) + 2;
  const reach = [office.address, office.website].filter((part) => part !== undefined).join('  ·  ');
  pen.y += pen.write('P', reach, at(), centred(9.5, { color: INK.soft }));
  pen.y += 7;
  pen.ornament((document) => {
    document.moveTo(PAGE.left, pen.y).lineTo(RIGHT, pen.y).lineWidth(2).stroke(INK.accent);
    document
      .moveTo(PAGE.left, pen.y + 3.2)
      .lineTo(RIGHT, pen.y + 3.2)
      .lineWidth(0.6)
      .stroke(INK.accent);
  });
  pen.y += 13;
  if (title === undefined) return;
  pen.y += pen.write('H1', title.id, at(), centred(19, { strong: true }));
  pen.y += pen.write('P', title.en, at(), centred(10, { color: INK.soft, lang: 'en' })) + 8;
}

function centred(size: number, more: Partial<TextStyle> = {}): TextStyle {
  return { size, align: 'center', ...more };
}

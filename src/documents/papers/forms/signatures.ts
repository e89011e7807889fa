/** Where a form is signed: place and date, then the signers side by side. */
import type { Block, Signer } from '../../../flows/forms/form.ts';
import { CONTENT_WIDTH, INK, PAGE, type TextStyle } from '../pen.ts';
import { FORM_WORDS as W } from './form-words.ts';
import type { Sheet } from './sheet.ts';
import { fitted } from './values.ts';

type Signatures = Extract<Block, { kind: 'signatures' }>;

const TOP = 18;
const ROLE = 14;
/** Room for the signature itself. */
const SPACE = 38;
const DATE_WIDTH = 230;

/** Points that the block takes; it is never parted from what is signed. */
export function heightOfSignatures(sheet: Sheet, { signers }: Signatures): number {
  const width = widthFor(signers) - 10;
  const heights = signers.map(({ name, nik }) => {
    const shown = `(${textOf(sheet, name)})`;
    return fitted(sheet, shown, width).height + (nik === undefined ? 0 : 11);
  });
  return TOP + ROLE + SPACE + Math.max(...heights) + 2;
}

/** Who signs alone signs on the right. */
function widthFor(signers: readonly Signer[]): number {
  return CONTENT_WIDTH / Math.max(2, signers.length);
}

/** Names stand in brackets under the space for the signature; who is not known writes his name. */
export function drawSignatures(sheet: Sheet, block: Signatures): void {
  sheet.need(heightOfSignatures(sheet, block));
  const { pen } = sheet;
  const { signers } = block;
  if (signers.some(({ dated }) => dated)) {
    const x = PAGE.left + CONTENT_WIDTH - DATE_WIDTH;
    const style: TextStyle = { size: 9, width: DATE_WIDTH, align: 'right' };
    pen.write('P', `${'.'.repeat(34)}, ${'.'.repeat(40)}`, { x, y: pen.y + 3 }, style);
  }
  pen.y += TOP;
  const width = widthFor(signers);
  const left = PAGE.left + CONTENT_WIDTH - signers.length * width;
  const heights = signers.map((signer, at) => drawSigner(sheet, signer, left + at * width, width));
  pen.y += Math.max(...heights) + 4;
}

function drawSigner(sheet: Sheet, signer: Signer, left: number, outer: number): number {
  const { pen } = sheet;
  const [x, width] = [left + 5, outer - 10];
  const centred: TextStyle = { size: 9, align: 'center', width };
  pen.write('P', `${signer.role},`, { x, y: pen.y }, centred);
  if (signer.meterai) drawMeterai(sheet, x + width / 2);
  let y = pen.y + ROLE + SPACE;
  const name = textOf(sheet, signer.name);
  const shown = `(${name === '' ? '.'.repeat(Math.floor(width / 3.2)) : name})`;
  y += pen.write('P', shown, { x, y }, { ...centred, ...styleOf(sheet, name, shown, width) });
  if (signer.nik !== undefined) {
    const nik = textOf(sheet, signer.nik) || '.'.repeat(34);
    y += pen.write('P', `NIK ${nik}`, { x, y }, { ...centred, size: 8 });
  }
  return y - pen.y;
}

function styleOf(sheet: Sheet, name: string, shown: string, width: number): TextStyle {
  if (name === '') return { size: 9, width };
  const { style } = fitted(sheet, shown, width);
  return { ...style, width };
}

function drawMeterai(sheet: Sheet, centre: number): void {
  const { pen } = sheet;
  const box = { x: centre - 52, y: pen.y + 15, width: 34, height: 34 };
  pen.ornament((document) => {
    document.rect(box.x, box.y, box.width, box.height).lineWidth(0.6).dash(2, { space: 2 }).stroke(INK.soft);
  });
  const style: TextStyle = { size: 7, color: INK.soft, align: 'center', width: box.width };
  pen.write('P', W.meterai.id, { x: box.x, y: box.y + 12 }, style);
}

function textOf(sheet: Sheet, field: string | undefined): string {
  const value = field === undefined ? undefined : sheet.values[field];
  return typeof value === 'string' ? value : '';
}

/** QR codes as vector rectangles: sharp at any size, and several times faster and smaller than a picture. */
import QRCode from 'qrcode';

/** Draws `text` as a QR code of `size` points, without quiet zone (leave four modules of white around it). */
export function drawQr(
  document: PDFKit.PDFDocument,
  text: string,
  box: { x: number; y: number; size: number; color: string },
): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const unit = box.size / modules.size;
  for (let row = 0; row < modules.size; row += 1) {
    for (const { from, to } of runs(modules, row)) {
      document.rect(box.x + from * unit, box.y + row * unit, (to - from) * unit, unit);
    }
  }
  document.fill(box.color);
}

/** Dark modules side by side become one rectangle, so that no hairline shows between them. */
function runs(
  modules: { size: number; get(row: number, column: number): number | boolean },
  row: number,
): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let column = 0; column < modules.size; column += 1) {
    if (!modules.get(row, column)) continue;
    const last = found.at(-1);
    if (last?.to === column) last.to = column + 1;
    else found.push({ from: column, to: column + 1 });
  }
  return found;
}

/** Two GSM-7 segments of a joined SMS: 2 x 153 septets (3GPP TS 23.040). */
const TWO_SEGMENTS = 306;

/** True when the text surely costs at most two segments (SMS forms are GSM-7; brackets and the like count twice). */
export function smsFits(text: string): boolean {
  const doubled = text.match(/[\^{}\\[\]~|€]/g)?.length ?? 0;
  // One that falls on the border of the parts is not torn, and wastes a septet.
  return text.length + doubled <= TWO_SEGMENTS - Math.min(doubled, 1);
}

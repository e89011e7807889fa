/** Two GSM-7 segments of a joined SMS: 2 x 153 septets (3GPP TS 23.040). */
const TWO_SEGMENTS = 306;

/** True when the text surely costs at most two segments (SMS forms are GSM-7; brackets and the like count twice). */
export function smsFits(text: string): boolean {
  return text.length + (text.match(/[\^{}\\[\]~|€]/g)?.length ?? 0) <= TWO_SEGMENTS;
}

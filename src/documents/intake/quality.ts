/** What would keep an officer from reading a photo, so that the citizen can take it again at once. */
import type { FileReason } from '../../flows/vocabulary.ts';
import { isCut } from './cut.ts';
import { greyOf, soften } from './grey.ts';
import type { Photo } from './images.ts';
import { lightFault } from './light.ts';
import { isScreenshot } from './screenshot.ts';
import { isBlurred } from './sharpness.ts';

/** Below this letters of a card have no shape, px of the photo as it came. */
const LEAST_LONG_PX = 600;
const LEAST_SHORT_PX = 400;
/** Against grain, points of the grey version. */
const SOFTEN = 0.8;

/**
 * Undefined: nothing that can be told. It refuses only what it is rather certain of: an officer looks later anyway.
 * `rephotographed` is theirs to say (corrections): the waves of a screen and the screens of print look too much alike.
 */
export async function judgePhoto(photo: Photo): Promise<FileReason | undefined> {
  const [short, long] = [photo.width, photo.height].toSorted((a, b) => a - b);
  if ((long ?? 0) < LEAST_LONG_PX || (short ?? 0) < LEAST_SHORT_PX) return 'small';
  const grey = await greyOf(photo.jpeg);
  if (isScreenshot(photo, grey)) return 'screenshot';
  const light = lightFault(grey);
  if (light !== undefined) return light;
  if (isBlurred(await soften(grey, SOFTEN))) return 'blurred';
  return isCut(grey) ? 'cut' : undefined;
}

import type { FileReason } from '../../flows/vocabulary.ts';
import type { Photo } from './images.ts';
export async function judgePhoto(_photo: Photo): Promise<FileReason | undefined> {
  return undefined;
}

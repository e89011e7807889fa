export async function isRephotographed(_jpeg: Uint8Array): Promise<boolean> {
  return false;
}

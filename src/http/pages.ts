/** The page for people who came to the wrong address. */

const WORDS: Record<string, [string, string]> = {
  missing: ['Halaman tidak ditemukan.', 'There is no such page.'],
  refused: ['Permintaan tidak dapat diterima.', 'The request cannot be taken.'],
  failed: ['Maaf, ada gangguan. Silakan coba lagi.', 'Sorry, something went wrong. Please try again.'],
};

/** A plain page without script or style, Indonesian first. */
export function notFoundPage(status: number): string {
  const [indonesian, english] = WORDS[status === 404 ? 'missing' : status < 500 ? 'refused' : 'failed'] ?? [];
  return `<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Loket</title><h1>${status}</h1><p>${indonesian}</p><p lang="en">${english}</p></html>`;
}

/** Tesseract (tesseract.js, Apache-2.0) with the language data of the npm packages; no network, nothing written. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Box } from './prepare.ts';

/** A word as read; confidence 0 to 1. */
export interface Word extends Box {
  text: string;
  confidence: number;
}

export interface Engine {
  /** Of a whole page, in no order. */
  words(png: Uint8Array): Promise<Word[]>;
  /** Of a picture of one line; with `digits` nothing else is looked for. */
  line(png: Uint8Array, only?: 'digits'): Promise<Word[]>;
  close(): Promise<void>;
}

/** Indonesian alone: what these documents hold is read well with it (docs/performance.md). */
const LANGUAGE = import.meta.resolve('@tesseract.js-data/ind/package.json');

/** Words scattered over a page; one line. (Tesseract's page segmentation modes.) */
const [SCATTERED, LINE] = ['11', '7'];

/** Loads language data and core, about half a second; each engine is a thread of its own. */
export async function openEngine(): Promise<Engine> {
  const { default: tesseract } = await import('tesseract.js');
  const worker = await tesseract.createWorker('ind', 1, {
    langPath: join(dirname(fileURLToPath(LANGUAGE)), '4.0.0_best_int'),
    gzip: true,
    cacheMethod: 'none',
    // What goes wrong rejects the call that it belongs to; without this it is thrown at the process as well.
    errorHandler: () => undefined,
  });
  // Tesseract tells what it thinks on the process's output; and guesses a resolution when it is told none.
  await worker.setParameters({ user_defined_dpi: '300', debug_file: '/dev/null' });
  const read = async (png: Uint8Array, parameters: Record<string, string>): Promise<Word[]> => {
    await worker.setParameters(parameters);
    const { data } = await worker.recognize(Buffer.from(png), {}, { text: false, blocks: true });
    return (data.blocks ?? [])
      .flatMap(({ paragraphs }) => paragraphs)
      .flatMap(({ lines }) => lines)
      .flatMap(({ words }) => words)
      .map(({ text, confidence, bbox }) => ({
        text,
        confidence: confidence / 100,
        left: bbox.x0,
        top: bbox.y0,
        width: bbox.x1 - bbox.x0,
        height: bbox.y1 - bbox.y0,
      }));
  };
  return {
    words: (png) => read(png, { tessedit_pageseg_mode: SCATTERED, tessedit_char_whitelist: '' }),
    line: (png, only) =>
      read(png, {
        tessedit_pageseg_mode: LINE,
        tessedit_char_whitelist: only === 'digits' ? '0123456789' : '',
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

/** `loket form`: an empty form of Permendagri 109/2019, for people who come without a chat. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { Clock } from '../clock.ts';
import { renderForm } from '../documents/papers/forms/form-pdf.ts';
import { AppError } from '../errors.ts';
import { FORMS } from '../flows/vocabulary.ts';
import { paperOffice } from '../receipt-facts.ts';
import { suggest } from '../yaml-file/did-you-mean.ts';
import { getOffice } from './flows-file.ts';
import type { Io } from './io.ts';

interface FormOptions {
  /** As people write it: `f-2.01` will do. */
  code: string;
  officeFile: string;
  /** A file; without, the PDF goes to `io.output`. */
  out?: string;
}

/** Throws AppError NOT_FOUND for a form that there is not, and what reading office.yaml throws. */
export async function runForm(options: FormOptions, { clock, io }: { clock: Clock; io: Io }): Promise<void> {
  const code = FORMS.find((one) => one === options.code.toUpperCase());
  if (code === undefined)
    throw new AppError('NOT_FOUND', {
      detail: `there is no form "${options.code}"${suggest(options.code, FORMS)}`,
    });
  const office = paperOffice(getOffice(options.officeFile));
  const bytes = await renderForm({ code, values: {}, office }, { issuedAt: clock.now() });
  if (options.out !== undefined) return writeFile(options.out, bytes);
  if (!io.output.write(bytes)) await once(io.output, 'drain');
}

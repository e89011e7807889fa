/** What a form of Permendagri 109/2019 is filled with. */
import type { FormValue } from '../../../flows/forms/form.ts';
import type { FormCode } from '../../../flows/vocabulary.ts';
import type { PaperOffice } from '../paper.ts';

/**
 * A form and what is known for it, by the ids of its fields; the rest is left to be filled in by pen. In full, private
 * answers too: it is the legal form. Who may see it is the caller's to decide.
 */
export interface FormFacts {
  code: FormCode;
  values: { readonly [field: string]: FormValue };
  office: PaperOffice;
  /** The application it belongs to; absent while it is a draft. */
  application?: string;
}

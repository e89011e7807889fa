/** Our forms of Permendagri 109/2019, as data. */
import { F_1_02 } from './forms/f-1-02.ts';
import { F_1_03 } from './forms/f-1-03.ts';
import { F_1_05 } from './forms/f-1-05.ts';
import { F_1_06 } from './forms/f-1-06.ts';
import { F_1_07 } from './forms/f-1-07.ts';
import { F_2_01 } from './forms/f-2-01.ts';
import { F_2_03 } from './forms/f-2-03.ts';
import { F_2_04 } from './forms/f-2-04.ts';
import type { FormDefinition } from './forms/form.ts';
import type { FormCode } from './vocabulary.ts';

/** What stands on each form. */
export const FORM_DEFINITIONS: Readonly<Record<FormCode, FormDefinition>> = {
  'F-1.02': F_1_02,
  'F-1.03': F_1_03,
  'F-1.05': F_1_05,
  'F-1.06': F_1_06,
  'F-1.07': F_1_07,
  'F-2.01': F_2_01,
  'F-2.03': F_2_03,
  'F-2.04': F_2_04,
};

/** Shapes that several endpoints share. Times are milliseconds since the epoch. */
import { z } from 'zod';

export const id = z.string().min(1).max(200);
export const time = z.number().int();
/** Made by the client, once for each act: sending it again has no second effect. */
export const actId = z.uuid();

export const operatorRef = z.object({ id, name: z.string() });

export const storedFile = z.object({
  file: id,
  contentType: z.string(),
  sizeBytes: z.number().int(),
  name: z.string().optional(),
});

export const paramsSchema = z.object({ id });

export const errorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** The colleague of `TAKEN`. */
    by: z.string().optional(),
    /** Why an answer was not taken (`INVALID_ANSWER`), in Indonesian. */
    reason: z.string().optional(),
  }),
});

/** Words of an operator: no control characters, line breaks allowed. */
export function words(maxLength: number) {
  return (
    z
      .string()
      .trim()
      .min(1)
      .max(maxLength)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass
      .refine((text) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text.replaceAll('\r\n', '\n')), {
        message: 'holds control characters',
      })
  );
}

export type FileView = z.infer<typeof storedFile>;

/** The form of one endpoint of the operator API: what it takes, what it gives, who may call it. */
import type { Response } from 'express';
import type { z } from 'zod';
import type { Permission } from '../accounts/roles.ts';
import type { Signed } from '../accounts/sessions.ts';
import type { Upload, UploadLimits } from './upload.ts';

/** Who may call: anyone, anyone logged in (even with a password to change), or a role with a permission. */
export type Access = 'anyone' | 'signed' | Permission;

/**
 * A checked request. `signed` is there unless the access is `anyone`, `file` where there is an `upload`; `id` is the
 * path's, '' without one. `reveal` came in the header `X-Reveal` (reveal.ts) and is not checked yet.
 */
export interface Call<Body> {
  id: string;
  body: Body;
  query: { [name: string]: unknown };
  signed: Signed;
  reveal: string | undefined;
  file: Upload;
  response: Response;
}

/** One row of the API, from which both the route and its description in `/api/openapi.json` are made. */
export interface Endpoint {
  method: 'get' | 'post' | 'delete';
  /** Under `/api`, with `{id}` for the only parameter there is. */
  path: string;
  /** One sentence, for the description. */
  summary: string;
  access: Access;
  /** Names of optional query parameters. */
  query?: readonly string[];
  body?: z.ZodType;
  /** Takes one file as its whole body, in place of JSON. */
  upload?: UploadLimits;
  /** Shows more to whoever sends the key of a reveal. */
  reveals?: boolean;
  /** The JSON answered; without it the answer is 204, or what `run` writes itself. */
  result?: z.ZodType;
  /** Content types of an answer that `run` writes itself. */
  streams?: string[];
  /** Refusals beside the usual ones of its access and body. */
  refusals?: readonly number[];
  /** Answers the JSON; undefined gives 204, unless the response was written. Throws ApiError. */
  run(call: Call<unknown>): Promise<unknown>;
}

/** Types `run` by its schemas; what it answers is checked at compile time, what it takes also at run time. */
export function createEndpoint<B extends z.ZodType, R extends z.ZodType>(
  endpoint: Omit<Endpoint, 'body' | 'result' | 'run'> & {
    body?: B;
    result?: R;
    run(call: Call<z.output<B>>): Promise<z.input<R> | undefined>;
  },
): Endpoint {
  const { run } = endpoint;
  // Sound: `mountEndpoint` parses the body by `endpoint.body` before it calls.
  return { ...endpoint, run: (call) => run(call as Call<z.output<B>>) };
}

/**
 * The official library, for what is rare. It is large and slow: loaded when it is needed, and messages are sent without
 * it (rest.ts).
 */
import twilio from 'twilio';
import type { TwilioConfig } from '../../config.ts';
import type { TwilioRest } from './rest.ts';

type Response<T> = Awaited<ReturnType<typeof twilio.RequestClient.prototype.request<T>>>;
type Request<T> = Parameters<typeof twilio.RequestClient.prototype.request<T>>[0];

/** The library on our own sockets, without axios. Faults are those of `rest`: the library never makes its own. */
export function createLibraryClient(
  { accountSid, authToken }: Pick<TwilioConfig, 'accountSid' | 'authToken'>,
  rest: TwilioRest,
): twilio.Twilio {
  return twilio(accountSid, authToken, { httpClient: new ByRest(rest) });
}

class ByRest extends twilio.RequestClient {
  readonly #rest: TwilioRest;

  constructor(rest: TwilioRest) {
    super({ keepAlive: false });
    this.#rest = rest;
  }

  /** Whatever host the library chose (edge, region), `rest` knows where the API is. */
  override async request<T>({ method, uri, params, data }: Request<T>): Promise<Response<T>> {
    const { pathname, searchParams } = new URL(uri);
    for (const [name, value] of pairs(params)) searchParams.append(name, value);
    const query = searchParams.size > 0 ? `?${searchParams}` : '';
    const form = data === undefined ? undefined : new URLSearchParams(pairs(data));
    const { status, body, headers } = await this.#rest.request(
      method.toUpperCase() as 'GET' | 'POST',
      pathname + query,
      form,
    );
    return { statusCode: status, body: body as T, headers };
  }
}

/** The library hands plain objects whose values are texts, numbers or lists of texts. */
function pairs(data: unknown): [string, string][] {
  return Object.entries(data ?? {}).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, String(each)]),
  );
}

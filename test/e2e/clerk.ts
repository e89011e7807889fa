/** An operator who works over the API, by whichever process is asked; no browser. */

/** What was answered; `body` is undefined for 204. */
export interface Answered<T> {
  status: number;
  body: T;
}

export interface Clerk {
  /** Calls `/api<path>` of the process at this address. A refusal is an answer like any other. */
  call<T = unknown>(
    url: string,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    /** More of them, such as the key of a reveal. */
    headers?: Record<string, string>,
  ): Promise<Answered<T>>;
  /** As `call`; throws unless it was done. */
  done<T = unknown>(url: string, method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** For streams (test/handoff/stream.ts). */
  cookie(): string;
}

/** Signs in at one process with a one-time password, and takes another. */
export async function signInClerk(
  url: string,
  { username, oneTime }: { username: string; oneTime: string },
): Promise<Clerk> {
  let cookie = '';
  let csrf = '';
  const call: Clerk['call'] = async <T>(
    at: string,
    method: string,
    path: string,
    body?: unknown,
    more = {},
  ) => {
    const response = await fetch(`${at}/api${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'X-CSRF-Token': csrf,
        ...(cookie === '' ? {} : { Cookie: cookie }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [given] = response.headers.getSetCookie();
    if (given !== undefined) [cookie = ''] = given.split(';');
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  };
  const done: Clerk['done'] = async <T>(...asked: Parameters<Clerk['call']>) => {
    const { status, body } = await call<T>(...asked);
    if (status >= 300) throw new Error(`${asked[1]} ${asked[2]}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  ({ csrf } = await done<{ csrf: string }>(url, 'POST', '/session', { username, password: oneTime }));
  const change = { old: oneTime, new: `kata sandi ${username} yang panjang` };
  ({ csrf } = await done<{ csrf: string }>(url, 'POST', '/password', change));
  return { call, done, cookie: () => cookie };
}

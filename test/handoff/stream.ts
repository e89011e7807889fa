/** A page's line of live updates, as a browser would keep it open. */

/** Opens `GET /api/events`; `query` like `?conversation=x`. */
export async function openStream(url: string, browser: { cookie(): string }, query = '') {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/events${query}`, {
    headers: { cookie: browser.cookie() },
    signal: stop.signal,
  });
  let text = '';
  const read = async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  };
  // Ends by `close`, or when the server does.
  const ended = read().catch(() => undefined);
  return {
    status: response.status,
    /** Names of the events so far. */
    events: () => [...text.matchAll(/event: (\w+)/g)].map(([, name]) => name),
    /** What the last `viewers` said. */
    viewers: () => {
      const last = [...text.matchAll(/event: viewers\ndata: (.*)/g)].at(-1)?.[1];
      return last === undefined ? undefined : (JSON.parse(last) as string[]);
    },
    close: async () => {
      stop.abort();
      await ended;
    },
  };
}

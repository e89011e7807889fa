/** Group commit in its shortest form: what one turn of the event loop brings shares a transaction. */
import type { Incoming, openFloorDatabase } from './commit.ts';

/** Resolves once the message is in a group that was committed. */
export function createGroup(db: ReturnType<typeof openFloorDatabase>): (message: Incoming) => Promise<void> {
  let queue: { message: Incoming; resolve: () => void }[] = [];

  function flush(): void {
    const group = queue;
    queue = [];
    db.begin();
    for (const { message } of group) db.write(message);
    db.end();
    for (const { resolve } of group) resolve();
  }

  return (message) =>
    new Promise((resolve) => {
      if (queue.length === 0) setImmediate(flush);
      queue.push({ message, resolve });
    });
}

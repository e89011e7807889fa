/**
 * Which operators are here, and who looks at a chat, over all processes. It is told on the hub again and again; who is
 * not heard of any more is gone. What is told are ids: a name is looked up where it is shown. No clock: the simulator's may
 * jump.
 */
import { z } from 'zod';
import type { Hub } from '../../conversation/ports.ts';
import type { Ids } from '../../ids.ts';

const TELL_MS = 20_000;
/** Two tellings may be lost. */
const GONE_MS = 45_000;
/** For how long one who was here counts as here: a page that is loaded again breaks its stream. */
const HERE_MS = 60_000;
const HERE = 'here';

const newsSchema = z.object({
  stream: z.string(),
  state: z.enum(['joined', 'here', 'left']),
  id: z.string(),
});
type News = z.infer<typeof newsSchema>;

export interface Presence {
  /** An operator has a page open, until the returned function is called. */
  enter(operator: { id: string }): () => void;
  /** Whether an operator had a page open within the last minute. */
  isHere(operator: { id: string }): boolean;
  /** One page shows a chat; `show` is given the names of the others who look at it, at each change. */
  look(conversation: string, operator: { id: string }, show: (names: string[]) => void): () => void;
  close(): void;
}

export interface PresenceDeps {
  hub: Hub;
  ids: Pick<Ids, 'id'>;
  operators: { find(id: string): Promise<{ name: string } | undefined> };
}

/** Builds it on the hub. The times are for tests. */
export function createPresence(
  { hub, ids, operators }: PresenceDeps,
  { tellMs = TELL_MS, goneMs = GONE_MS, hereMs = HERE_MS } = {},
): Presence {
  const here = createLapsing<true>(hereMs, () => undefined);
  const leave = hub.subscribe(HERE, (id) => void (typeof id === 'string' && here.set(id, true)));
  return {
    enter: ({ id }) => repeat(tellMs, () => hub.publish(HERE, id)),
    isHere: ({ id }) => here.all.has(id),
    look: (conversation, { id }, show) =>
      look(
        { hub, operators },
        { topic: `viewers:${conversation}`, stream: ids.id(), id, show, tellMs, goneMs },
      ),
    close() {
      leave();
      here.clear();
    },
  };
}

interface Looking {
  topic: string;
  /** One operator may have several pages open. */
  stream: string;
  id: string;
  show: (names: string[]) => void;
  tellMs: number;
  goneMs: number;
}

function look(
  { hub, operators }: Pick<PresenceDeps, 'hub' | 'operators'>,
  { topic, stream, id: own, show, tellMs, goneMs }: Looking,
): () => void {
  let shown = '[]';
  let isOver = false;
  const nameById = new Map<string, string>();
  const others = createLapsing<News>(goneMs, () => showAll());
  const showAll = () => {
    const there = new Set([...others.all.values()].map(({ id }) => id).filter((id) => id !== own));
    const names = [...there].flatMap((id) => nameById.get(id) ?? []).sort();
    // A name may be found when the page is gone already.
    if (isOver || JSON.stringify(names) === shown) return;
    shown = JSON.stringify(names);
    show(names);
  };
  const learnName = (id: string) => {
    if (nameById.has(id) || id === own) return;
    operators.find(id).then(
      (operator) => {
        if (operator) nameById.set(id, operator.name);
        showAll();
      },
      // The store is in trouble: the next telling asks again.
      () => undefined,
    );
  };
  const tell = (state: News['state']) => hub.publish(topic, { stream, state, id: own });
  const leave = hub.subscribe(topic, (message) => {
    const { data: news } = newsSchema.safeParse(message);
    if (!news || news.stream === stream) return;
    if (news.state === 'left') others.delete(news.stream);
    else others.set(news.stream, news);
    learnName(news.id);
    // Whoever comes anew has not heard of us.
    if (news.state === 'joined') tell('here');
    showAll();
  });
  tell('joined');
  const stop = repeat(tellMs, () => tell('here'), false);
  return () => {
    isOver = true;
    stop();
    leave();
    others.clear();
    tell('left');
  };
}

/** What is forgotten unless it is set again in time. */
function createLapsing<T>(lapseMs: number, lapsed: () => void) {
  const all = new Map<string, T>();
  const timers = new Map<string, NodeJS.Timeout>();
  const forget = (key: string) => {
    clearTimeout(timers.get(key));
    timers.delete(key);
    all.delete(key);
  };
  return {
    all: all as ReadonlyMap<string, T>,
    set(key: string, value: T) {
      forget(key);
      all.set(key, value);
      const timer = setTimeout(() => {
        forget(key);
        lapsed();
      }, lapseMs);
      timers.set(key, timer.unref());
    },
    delete: forget,
    clear: () => {
      for (const key of [...all.keys()]) forget(key);
    },
  };
}

function repeat(everyMs: number, run: () => void, isNow = true): () => void {
  if (isNow) run();
  const timer = setInterval(run, everyMs).unref();
  return () => clearInterval(timer);
}

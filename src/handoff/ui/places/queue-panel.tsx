/** Those who come without a time: who waits, who is called, and numbers to be printed. */
import { useState } from 'preact/hooks';
import type { VisitDay } from '../../schemas/places.ts';
import { ApiFailure } from '../shell/api.ts';
import { useKeys } from '../shell/keys.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatTime } from '../shell/time.ts';
import { zoneName } from './dates.ts';
import { asItIs, withOutcome } from './day-patches.ts';
import type { Ticket, VisitActivity } from './place-types.ts';
import { placesApi, slipAddress } from './places-api.ts';
import type { Act } from './use-day.ts';
import { VISIT_TEXTS, type VisitTexts } from './visit-texts.ts';

interface Stage {
  timeZone: string;
  now: number;
  act: Act;
}
type Queue = NonNullable<VisitActivity['queue']>;
type InLine = Queue['tickets'][number];
type QueueOf = VisitActivity & { queue: Queue };

export function QueuePanel({ day, ...stage }: Stage & { day: VisitDay }) {
  const queues = day.activities.filter((activity): activity is QueueOf => activity.queue !== null);
  if (queues.length === 0) return null;
  return (
    <div class="queues">
      {queues.map((activity, at) => (
        <OneQueue key={activity.id} point={day.point} activity={activity} isFirst={at === 0} {...stage} />
      ))}
    </div>
  );
}

function OneQueue(props: Stage & { point: string; activity: QueueOf; isFirst: boolean }) {
  const texts = useTexts(VISIT_TEXTS);
  const { point, activity, act, now } = props;
  const { tickets, perDay } = activity.queue;
  const [isCalling, setCalling] = useState(false);
  const [said, setSaid] = useState('');
  const waiting = tickets.filter(({ calledAt, endedAt }) => calledAt === null && endedAt === null);
  const called = tickets.filter(({ calledAt, endedAt }) => calledAt !== null && endedAt === null);
  const callNext = async () => {
    if (isCalling) return;
    setCalling(true);
    const answer = await act(asItIs, () => placesApi.callNext(point, activity.id));
    setCalling(false);
    if (answer) setSaid(answer.ticket?.label ?? texts.nobodyLeft);
  };
  const end = (id: string, outcome: 'served' | 'gone' | null) =>
    act(withOutcome(id, outcome, now), () => placesApi.endTicket(id, outcome));
  useKeys(props.isFirst ? [{ keys: 'p', words: texts.callNext, run: callNext }] : []);
  const title = `queue-${activity.id}`;
  return (
    <section class="panel queue" aria-labelledby={title}>
      <div class="panel-head">
        <h2 id={title} class="activity-name">
          {texts.queue}: {activity.name}
        </h2>
        <span class="quiet">
          {tickets.length} {texts.given} ({texts.of} {perDay})
        </span>
      </div>
      <CalledNumbers called={called} onEnd={end} />
      <span class="hidden" role="status">
        {said}
      </span>
      <div class="row">
        <button
          type="button"
          class="button primary call"
          aria-disabled={isCalling || waiting.length === 0}
          onClick={callNext}
        >
          {texts.callNext}
        </button>
        <TakeNumber {...{ point, activity, act }} />
      </div>
      <TakeBack tickets={tickets} onEnd={end} />
      <WaitingNumbers waiting={waiting} timeZone={props.timeZone} />
    </section>
  );
}

function CalledNumbers(props: {
  called: readonly InLine[];
  onEnd: (id: string, outcome: 'served' | 'gone') => void;
}) {
  const texts = useTexts(VISIT_TEXTS);
  if (props.called.length === 0) return <p class="quiet">{texts.nobodyCalled}</p>;
  // The one called last stands on top.
  const latestFirst = [...props.called].sort((one, other) => (other.calledAt ?? 0) - (one.calledAt ?? 0));
  return (
    <ul class="called" aria-label={texts.called}>
      {latestFirst.map(({ id, label }) => (
        <li key={id}>
          <strong class="ticket">{label}</strong>
          <button
            type="button"
            class="button"
            aria-label={`${texts.served}: ${label}`}
            onClick={() => props.onEnd(id, 'served')}
          >
            {texts.served}
          </button>
          <button
            type="button"
            class="button"
            aria-label={`${texts.gone}: ${label}`}
            onClick={() => props.onEnd(id, 'gone')}
          >
            {texts.gone}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Gives a number and opens its slip in another tab, to be printed. */
function TakeNumber({ point, activity, act }: { point: string; activity: QueueOf; act: Act }) {
  const texts = useTexts(VISIT_TEXTS);
  const [isTaking, setTaking] = useState(false);
  const [last, setLast] = useState<Ticket>();
  const take = async () => {
    if (isTaking) return;
    setTaking(true);
    // Opened by the press itself: later the browser would take it for an advertisement.
    const tab = window.open('', '_blank');
    const answer = await act(asItIs, () =>
      placesApi.takeTicket(point, activity.id).catch((failure) => {
        throw inWords(failure, texts);
      }),
    );
    setTaking(false);
    if (!answer) return tab?.close();
    setLast(answer.ticket);
    if (tab) tab.location.href = slipAddress(answer.ticket.id);
  };
  return (
    <>
      <button type="button" class="button" aria-disabled={isTaking} onClick={take}>
        {texts.takeNumber}
      </button>
      {last && (
        <a class="button" href={slipAddress(last.id)} target="_blank" rel="noopener">
          {texts.printAgain} {last.label}
        </a>
      )}
    </>
  );
}

/** Why there is no number, as an operator reads it. */
function inWords(failure: unknown, texts: VisitTexts): unknown {
  if (!(failure instanceof ApiFailure) || failure.reason === undefined) return failure;
  const reasons: { [reason: string]: string } = {
    none: texts.queueNone,
    closed: texts.queueClosed,
    full: texts.queueFull,
  };
  return new ApiFailure(failure.code, { reason: reasons[failure.reason] ?? failure.reason });
}

/** A slip of the hand: the number that was ended last comes back. */
function TakeBack(props: { tickets: readonly InLine[]; onEnd: (id: string, outcome: null) => void }) {
  const texts = useTexts(VISIT_TEXTS);
  const last = props.tickets
    .filter(({ endedAt }) => endedAt !== null)
    .reduce<InLine | undefined>(
      (latest, one) => ((latest?.endedAt ?? 0) > (one.endedAt ?? 0) ? latest : one),
      undefined,
    );
  if (!last) return null;
  return (
    <p class="quiet">
      {last.label}: {last.outcome === 'gone' ? texts.gone : texts.served}{' '}
      <button
        type="button"
        class="link"
        aria-label={`${texts.takeBack}: ${last.label}`}
        onClick={() => props.onEnd(last.id, null)}
      >
        {texts.takeBack}
      </button>
    </p>
  );
}

function WaitingNumbers({ waiting, timeZone }: { waiting: readonly InLine[]; timeZone: string }) {
  const texts = useTexts(VISIT_TEXTS);
  const { language } = useWords();
  if (waiting.length === 0) return <p class="quiet">{texts.nobodyWaits}</p>;
  return (
    <>
      <p>
        <strong>{waiting.length}</strong> {texts.waiting}
      </p>
      <ol class="waiting" aria-label={texts.waitingList}>
        {waiting.map(({ id, label, expectedAt }) => (
          <li key={id}>
            <strong>{label}</strong>{' '}
            <span class="quiet">
              {texts.expected} {formatTime(expectedAt, { language, timeZone })} {zoneName(timeZone)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

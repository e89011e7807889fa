import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Colleague, Me } from '../../schemas/accounts.ts';
import type { RequestView } from '../../schemas/requests.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { CHANNELS } from '../shell/names.ts';
import { chatAddress } from '../shell/route.ts';
import { formatDay, formatTime } from '../shell/time.ts';
import { can } from '../shell/view.ts';
import { Due } from './due.tsx';
import { DELIVERIES } from './names.ts';
import { REQUEST_TEXTS } from './texts.ts';
import type { Act } from './use-request.ts';
import { Way } from './way.tsx';

/** What it is, where it stands, until when, and who has it. */
export function RequestHead(props: {
  request: RequestView;
  colleagues: Colleague[];
  me: Me;
  now: number;
  isBusy: boolean;
  act: Act;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { language } = useWords();
  const { request, me } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever opened it by the keyboard goes on from here.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const where = { language, timeZone: me.office.timeZone };
  const write = (at: number) => `${formatDay(at, where)} ${formatTime(at, where)}`;
  return (
    <header class="request-head">
      <a class="request-back" href="#/requests">
        ‹ {texts.back}
      </a>
      <h1 tabIndex={-1} ref={heading}>
        {request.title} <span class="request-number">{request.number}</span>
      </h1>
      <Way state={request.state} />
      <dl class="facts">
        <Fact name={texts.due}>
          <Due request={request} now={props.now} me={me} isBare />
        </Fact>
        <Fact name={texts.assignee}>
          <Assignee {...props} />
        </Fact>
        <Fact name={texts.submitted}>{write(request.submittedAt)}</Fact>
        {request.promise && <Fact name={texts.promise}>{writePromise(request.promise, texts.workDays)}</Fact>}
        {request.delivery.length > 0 && (
          <Fact name={texts.delivery}>
            {request.delivery.map((way) => DELIVERIES[language][way] ?? way).join(', ')}
          </Fact>
        )}
        <Fact name={texts.channel}>
          {CHANNELS[language][request.channel]}
          {can(me, 'inbox') && (
            <>
              {' · '}
              <a href={chatAddress(request.conversation)}>{texts.openChat}</a>
            </>
          )}
        </Fact>
        {request.visit && <Fact name={texts.visit}>{request.visit}</Fact>}
      </dl>
    </header>
  );
}

function Assignee(props: {
  request: RequestView;
  colleagues: Colleague[];
  me: Me;
  isBusy: boolean;
  act: Act;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { assignee } = props.request;
  const possible = receivers(props.colleagues, props.me);
  const isListed = possible.some(({ id }) => id === assignee?.id);
  return (
    <select
      aria-label={texts.assignee}
      value={assignee?.id ?? ''}
      disabled={props.isBusy}
      onChange={(event) => {
        const to = event.currentTarget.value || null;
        props.act((calls, version) => calls.assign({ version, to }));
      }}
    >
      <option value="">{texts.nobody}</option>
      {assignee && !isListed && <option value={assignee.id}>{assignee.name}</option>}
      {possible.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Everybody takes work and puts it back; giving it to others is for who supervises (the server asks again). */
export function receivers(colleagues: Colleague[], me: Me): { id: string; name: string }[] {
  const others = can(me, 'supervise') ? colleagues.filter(({ id }) => id !== me.operator.id) : [];
  return [me.operator, ...others];
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** `P3D` -> `3 hari kerja`; hours as they stand. */
function writePromise(promise: string, days: string): string {
  const [, count] = /^P(\d+)D$/.exec(promise) ?? [];
  if (count !== undefined) return `${count} ${days}`;
  return promise.replace(/^PT?/, '').replace('H', ' jam ').replace('M', ' mnt').trim();
}

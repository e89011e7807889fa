/** What is out of order, at `#/notices`: SIAK, blank cards. */
import { useState } from 'preact/hooks';
import type { Notices } from '../../schemas/supervision.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { focusTitle, Labelled, Page, useLoaded } from '../shell/page.tsx';
import { formatDay, formatTime } from '../shell/time.ts';
import type { ViewProps } from '../shell/view.ts';
import { fromField, toField } from './office-time.ts';
import { supervisionApi } from './supervision-api.ts';
import { NOTICE_NAMES, SUPERVISION_TEXTS } from './texts.ts';
import './supervision.css';

type Notice = Notices['notices'][number];
interface Where {
  timeZone: string;
  now: number;
}

export function NoticesView({ me, now, news }: ViewProps) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { value, failure, reload } = useLoaded(supervisionApi.notices, news);
  const [said, setSaid] = useState('');
  const where = { timeZone: me.office.timeZone, now };
  return (
    <Page title={texts.notices} hint={texts.noticesHint} failure={failure} said={said}>
      <div class="notices">
        {value?.notices.map((notice) => (
          <NoticePanel
            key={notice.kind}
            notice={notice}
            where={where}
            onDone={(words) => {
              setSaid(words);
              reload();
            }}
          />
        ))}
      </div>
    </Page>
  );
}

function NoticePanel(props: { notice: Notice; where: Where; onDone: (words: string) => void }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const names = useTexts(NOTICE_NAMES);
  const { explain } = useWords();
  const { notice, where } = props;
  const { kind, isOn } = notice;
  const [until, setUntil] = useState(notice.until === null ? '' : toField(notice.until, where.timeZone));
  const [reason, setReason] = useState(notice.reason ?? '');
  const { isSending, failure, run } = useSending();
  const turnOn = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const end = fromField(until, where.timeZone);
      const why = reason.trim();
      await supervisionApi.setNotice({
        ...{ kind, isOn: true },
        ...(end === undefined ? {} : { until: end }),
        ...(why === '' ? {} : { reason: why }),
      });
      props.onDone(texts.nowOn);
    });
  };
  const turnOff = () =>
    run(async () => {
      await supervisionApi.setNotice({ kind, isOn: false });
      setUntil('');
      setReason('');
      props.onDone(texts.nowOff);
      // The button goes.
      focusTitle();
    });
  return (
    <form class={`panel form notice ${isOn ? 'is-on' : ''}`} aria-labelledby={kind} onSubmit={turnOn}>
      <div class="panel-head">
        <h2 id={kind}>{names[kind].name}</h2>
        <span class={`tag ${isOn ? 'overdue' : ''}`}>{isOn ? texts.isOn : texts.isOff}</span>
      </div>
      <p class="quiet">{names[kind].means}</p>
      {isOn && <Since notice={notice} timeZone={where.timeZone} />}
      <Labelled id={`${kind}-until`} label={texts.untilTime} hint={texts.untilHint}>
        <input
          id={`${kind}-until`}
          type="datetime-local"
          min={toField(where.now, where.timeZone)}
          aria-describedby={`${kind}-until-hint`}
          value={until}
          onInput={({ currentTarget }) => setUntil(currentTarget.value)}
        />
      </Labelled>
      <Labelled id={`${kind}-reason`} label={texts.reason} hint={texts.reasonHint}>
        <textarea
          id={`${kind}-reason`}
          rows={2}
          maxLength={200}
          aria-describedby={`${kind}-reason-hint`}
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </Labelled>
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
      <div class="row">
        <button type="submit" class={`button ${isOn ? '' : 'primary'}`} aria-disabled={isSending}>
          {isOn ? texts.update : texts.turnOn}
        </button>
        {isOn && (
          <button type="button" class="button primary" aria-disabled={isSending} onClick={turnOff}>
            {texts.turnOff}
          </button>
        )}
      </div>
    </form>
  );
}

function Since({ notice: { since, by }, timeZone }: { notice: Notice; timeZone: string }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { language } = useWords();
  if (since === null) return null;
  const where = { language, timeZone };
  return (
    <p>
      {texts.since} {formatDay(since, where)} {formatTime(since, where)}
      {by !== null && `, ${texts.by} ${by}`}
    </p>
  );
}

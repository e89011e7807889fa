/** Service points as they stand now, outages, days off and blank cards, at `#/places`. */
import { useCallback, useContext, useState } from 'preact/hooks';
import { useTexts, useWords } from '../shell/language.tsx';
import { NewsContext } from '../shell/live.ts';
import { focusTitle, Page, useLoaded } from '../shell/page.tsx';
import type { ViewProps } from '../shell/view.ts';
import { can } from '../shell/view.ts';
import { ChangeForm } from './change-form.tsx';
import { dayAt } from './dates.ts';
import { DaysPanel } from './days-panel.tsx';
import { OutageForm } from './outage-form.tsx';
import { OutagesPanel } from './outages-panel.tsx';
import { PLACE_TEXTS } from './place-texts.ts';
import type { Point, PointActivity, Strays } from './place-types.ts';
import { placesApi } from './places-api.ts';
import { PointList } from './point-list.tsx';
import { StockDialog } from './stock-dialog.tsx';
import { StraysDialog, StraysPanel } from './strays.tsx';
import './places.css';

/** What is open over the page. */
export type Opened =
  | { kind: 'change'; point: Point; activity?: PointActivity }
  | { kind: 'outage'; point: Point; activity?: PointActivity; cause?: 'blangko' }
  | { kind: 'stock'; point: Point }
  | { kind: 'strays'; strays: Strays };

export function PlacesView({ me, now, news }: ViewProps) {
  const texts = useTexts(PLACE_TEXTS);
  const { texts: common } = useWords();
  const { counts } = useContext(NewsContext);
  const { value, failure, reload } = useLoaded(placesApi.points, news);
  const [opened, setOpened] = useState<Opened>();
  const [said, setSaid] = useState('');
  const { timeZone } = me.office;
  const today = dayAt(now, timeZone);
  const isSupervisor = can(me, 'notices');
  const close = useCallback(() => setOpened(undefined), []);
  const done = (words: string) => {
    close();
    setSaid(words);
    reload();
  };
  const settle = (words: string) => {
    setSaid(words);
    // The button goes with what it was for.
    reload().then(focusTitle);
  };
  const moved = () => {
    close();
    settle(texts.straysStarted);
  };
  const daysDone = (words: string, strays: Strays | null) => {
    if (!strays) return settle(words);
    setSaid(words);
    reload();
    setOpened({ kind: 'strays', strays });
  };
  return (
    <Page title={texts.title} hint={texts.hint} failure={failure} said={said}>
      {!value && failure === undefined && <p class="quiet">{common.loading}</p>}
      {value?.strays && opened?.kind !== 'strays' && (
        <StraysPanel {...{ strays: value.strays, timeZone }} onMoved={moved} />
      )}
      {value && value.warnings.length > 0 && <Warnings lines={value.warnings} />}
      <OutagesPanel
        news={counts.outages}
        timeZone={timeZone}
        onChange={reload}
        onUndone={() => settle(texts.undone)}
      />
      {value && <PointList {...{ points: value.points, today, timeZone }} onOpen={setOpened} />}
      {value && <DaysPanel {...{ value, today }} mayEdit={isSupervisor} onDone={daysDone} />}
      {opened?.kind === 'change' && (
        <ChangeForm {...{ ...opened, today, isSupervisor }} onDone={done} onClose={close} />
      )}
      {opened?.kind === 'outage' && (
        <OutageForm {...{ ...opened, today, timeZone }} onDone={() => done(texts.started)} onClose={close} />
      )}
      {opened?.kind === 'stock' && (
        <StockDialog
          {...{ point: opened.point, timeZone, news }}
          onMove={() => setOpened({ kind: 'outage', point: opened.point, cause: 'blangko' })}
          onClose={close}
        />
      )}
      {opened?.kind === 'strays' && (
        <StraysDialog {...{ strays: opened.strays, timeZone }} onMoved={moved} onClose={close} />
      )}
    </Page>
  );
}

function Warnings({ lines }: { lines: readonly string[] }) {
  const texts = useTexts(PLACE_TEXTS);
  return (
    <section class="panel calendar-warnings" aria-labelledby="calendar-warnings">
      <h2 id="calendar-warnings">{texts.warnings}</h2>
      <ul lang="id">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

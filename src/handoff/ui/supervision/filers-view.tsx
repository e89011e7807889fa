/** Phones that file for many families, at `#/filers`: village officers and, maybe, brokers. */
import { useState } from 'preact/hooks';
import type { Filers } from '../../schemas/supervision.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { focusTitle, Page, SureButton, useLoaded } from '../shell/page.tsx';
import { chatAddress } from '../shell/route.ts';
import { Table } from '../shell/table.tsx';
import { formatDay } from '../shell/time.ts';
import type { ViewProps } from '../shell/view.ts';
import { formatCount } from './figures.ts';
import { OfficerForm } from './officer-form.tsx';
import { supervisionApi } from './supervision-api.ts';
import { SUPERVISION_TEXTS } from './texts.ts';
import './supervision.css';

type Filer = Filers['filers'][number];

export function FilersView({ me }: ViewProps) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { value, failure, reload } = useLoaded(supervisionApi.filers);
  const [marking, setMarking] = useState<Filer>();
  const [said, setSaid] = useState('');
  const sending = useSending();
  const settle = (words: string) => {
    setMarking(undefined);
    setSaid(words);
    // The button goes with what it was for.
    reload().then(focusTitle);
  };
  const unmark = ({ conversation }: Filer) =>
    sending.run(async () => {
      await supervisionApi.removeOfficer(conversation);
      settle(texts.unmarked);
    });
  return (
    <Page title={texts.filers} hint={texts.filersHint} failure={sending.failure ?? failure} said={said}>
      {value?.filers.length === 0 && <p>{texts.filersNone}</p>}
      {value && value.filers.length > 0 && (
        <div class="panel">
          <FilerTable
            filers={value.filers}
            timeZone={me.office.timeZone}
            onMark={setMarking}
            onUnmark={unmark}
          />
        </div>
      )}
      {marking && (
        <OfficerForm {...marking} onDone={() => settle(texts.marked)} onClose={() => setMarking(undefined)} />
      )}
    </Page>
  );
}

function FilerTable(props: {
  filers: readonly Filer[];
  timeZone: string;
  onMark: (filer: Filer) => void;
  onUnmark: (filer: Filer) => void;
}) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { language } = useWords();
  const count = (value: number) => formatCount(value, language);
  return (
    <Table
      caption={texts.filers}
      rows={props.filers}
      keyOf={({ conversation }) => conversation}
      columns={[
        {
          head: texts.phone,
          cell: ({ address, conversation }) => (
            <a href={chatAddress(conversation)} aria-label={`${texts.openChat} ${address}`}>
              {address}
            </a>
          ),
        },
        { head: texts.whose, cell: ({ officer }) => <Whose officer={officer} /> },
        { head: texts.families, isNumber: true, cell: ({ families }) => count(families) },
        { head: texts.applications, isNumber: true, cell: ({ applications }) => count(applications) },
        {
          head: texts.last,
          cell: ({ lastAt }) => formatDay(lastAt, { language, timeZone: props.timeZone }),
        },
        {
          head: texts.act,
          cell: (filer) =>
            filer.officer ? (
              <SureButton label={texts.unmark} sure={texts.unmarkSure} onSure={() => props.onUnmark(filer)} />
            ) : (
              <button type="button" class="button" onClick={() => props.onMark(filer)}>
                {texts.mark}
              </button>
            ),
        },
      ]}
    />
  );
}

function Whose({ officer }: Pick<Filer, 'officer'>) {
  const texts = useTexts(SUPERVISION_TEXTS);
  if (!officer) return <span class="tag late">{texts.unknown}</span>;
  return (
    <span>
      {officer.name}, {officer.village} <span class="tag here">{texts.officerOf}</span>{' '}
      <span class="quiet">
        {texts.markedBy} {officer.by}
      </span>
    </span>
  );
}

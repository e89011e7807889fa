import type { Me } from '../../schemas/accounts.ts';
import { fileUrl } from '../shell/api.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { requestAddress } from '../shell/route.ts';
import { formatDay, formatTime } from '../shell/time.ts';
import { can } from '../shell/view.ts';
import type { readFiled } from './question.ts';
import { COUNTER_TEXTS } from './texts.ts';

/** The end: number, PIN and receipt for the citizen to take home. */
export function Filed(props: { filed: NonNullable<ReturnType<typeof readFiled>>; me: Me }) {
  const texts = useTexts(COUNTER_TEXTS);
  const { language } = useWords();
  const { number, pin, receipt, application } = props.filed;
  const where = { language, timeZone: props.me.office.timeZone };
  return (
    <section class="filed" aria-labelledby="filed">
      <h2 id="filed">{texts.filed}</h2>
      <p>{props.me.office.name}</p>
      {application && <p>{application.title}</p>}
      <dl>
        <div>
          <dt>{texts.number}</dt>
          <dd>{number}</dd>
        </div>
        <div>
          <dt>{texts.pin}</dt>
          <dd>{pin}</dd>
        </div>
        {application && (
          <div>
            <dt>{texts.due}</dt>
            <dd class="filed-due">
              {formatDay(application.dueAt, where)} {formatTime(application.dueAt, where)}
            </dd>
          </div>
        )}
      </dl>
      <p class="quiet">{texts.keep}</p>
      <div class="row">
        {receipt ? (
          <a class="button primary" href={fileUrl(receipt.file)} target="_blank" rel="noreferrer">
            {texts.receipt}
          </a>
        ) : (
          <p class="quiet" role="status">
            {texts.receiptComing}
          </p>
        )}
        <button type="button" class="button" onClick={() => print()}>
          {texts.print}
        </button>
        {can(props.me, 'requests') && (
          <a class="button" href={requestAddress(number)}>
            {texts.openRequest}
          </a>
        )}
      </div>
    </section>
  );
}

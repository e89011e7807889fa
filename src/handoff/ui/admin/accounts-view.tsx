/** Everybody's accounts, at `#/accounts`. */
import { useState } from 'preact/hooks';
import type { Account } from '../../schemas/accounts.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { Page, useLoaded } from '../shell/page.tsx';
import { Table } from '../shell/table.tsx';
import { formatTime } from '../shell/time.ts';
import type { ViewProps } from '../shell/view.ts';
import { adminApi, type WithPassword } from './admin-api.ts';
import { ChangeAccount } from './change-account.tsx';
import { NewAccount } from './new-account.tsx';
import { OneTimePassword } from './one-time-password.tsx';
import { ADMIN_TEXTS, ROLE_NAMES } from './texts.ts';
import './admin.css';

type Open =
  | { what: 'add' }
  | { what: 'change'; account: Account }
  | { what: 'password'; given: WithPassword };

export function AccountsView({ me }: ViewProps) {
  const texts = useTexts(ADMIN_TEXTS);
  const { value, failure, reload } = useLoaded(adminApi.accounts);
  const [open, setOpen] = useState<Open>();
  const [said, setSaid] = useState('');
  const close = () => setOpen(undefined);
  const settle = (words: string, next?: Open) => {
    setSaid(words);
    setOpen(next);
    reload();
  };
  const showPassword = (given: WithPassword, words: string) =>
    settle(`${words} ${given.account.username}`, { what: 'password', given });
  return (
    <Page title={texts.accounts} hint={texts.accountsHint} failure={failure} said={said}>
      <div class="row">
        <button type="button" class="button primary" onClick={() => setOpen({ what: 'add' })}>
          {texts.add}
        </button>
      </div>
      <div class="panel">
        <AccountTable
          accounts={value?.accounts ?? []}
          own={me.operator.id}
          timeZone={me.office.timeZone}
          onOpen={(account) => setOpen({ what: 'change', account })}
        />
      </div>
      {open?.what === 'add' && (
        <NewAccount onAdded={(given) => showPassword(given, texts.added)} onClose={close} />
      )}
      {open?.what === 'change' && (
        <ChangeAccount
          account={open.account}
          isOwn={open.account.id === me.operator.id}
          onChanged={({ username }) => settle(`${texts.saved} ${username}`)}
          onReset={(given) => showPassword(given, texts.saved)}
          onClose={close}
        />
      )}
      {open?.what === 'password' && <OneTimePassword given={open.given} onClose={close} />}
    </Page>
  );
}

function AccountTable(props: {
  accounts: readonly Account[];
  own: string;
  timeZone: string;
  onOpen: (account: Account) => void;
}) {
  const texts = useTexts(ADMIN_TEXTS);
  const roles = useTexts(ROLE_NAMES);
  return (
    <Table
      caption={texts.list}
      rows={props.accounts}
      keyOf={({ id }) => id}
      columns={[
        {
          head: texts.name,
          cell: ({ name, id }) => (
            <span>
              {name} {id === props.own && <span class="tag here">{texts.you}</span>}
            </span>
          ),
        },
        { head: texts.username, cell: ({ username }) => username },
        { head: texts.role, cell: ({ role }) => roles[role].name },
        { head: texts.state, cell: (account) => <States account={account} timeZone={props.timeZone} /> },
        {
          head: texts.act,
          cell: (account) => (
            <button
              type="button"
              class="button"
              aria-label={`${texts.change}: ${account.name}`}
              onClick={() => props.onOpen(account)}
            >
              {texts.change}
            </button>
          ),
        },
      ]}
    />
  );
}

function States({ account, timeZone }: { account: Account; timeZone: string }) {
  const texts = useTexts(ADMIN_TEXTS);
  const { language } = useWords();
  const { disabled, lockedUntil, mustChangePassword, hasTotp } = account;
  return (
    <span class="states">
      {disabled ? <span class="tag overdue">{texts.disabled}</span> : <span class="tag">{texts.active}</span>}
      {hasTotp && <span class="tag here">{texts.hasTotp}</span>}
      {mustChangePassword && <span class="tag late">{texts.mustChange}</span>}
      {lockedUntil !== null && (
        <span class="tag late">
          {texts.locked} {formatTime(lockedUntil, { language, timeZone })}
        </span>
      )}
    </span>
  );
}

/** Everything behind the door: header, navigation, banner and the view that the address names. */
import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import { InboxContext, useInboxNews } from '../inbox/inbox-news.ts';
import { UndeliveredContext, useUndelivered } from '../inbox/undelivered-news.ts';
import { useAlerts } from '../inbox/use-alerts.ts';
import { prepareSound } from './alerts.ts';
import { Header } from './header.tsx';
import { type Binding, knownKeys, listenToKeys, useKeys } from './keys.ts';
import { KeysHelp } from './keys-help.tsx';
import { useWords } from './language.tsx';
import { useLateRequests } from './late-requests.ts';
import { LazyView } from './lazy.tsx';
import { type News, NewsContext, useNews } from './live.ts';
import { Navigation } from './navigation.tsx';
import { NoticeBanner } from './notice-banner.tsx';
import { type Route, useRoute } from './route.ts';
import { useNow } from './time.ts';
import { can } from './view.ts';
import { type View, viewsOf } from './views.ts';

export function Frame(props: { me: Me; onLeave: () => void; onLanguage: () => void }) {
  const { texts, language } = useWords();
  const { me } = props;
  const route = useRoute();
  const views = viewsOf(me);
  const view = viewOf(route, views);
  const news = useNews(chatOf(route), me.csrf);
  const inbox = useInboxNews(can(me, 'inbox'), news.counts.inbox);
  const undelivered = useUndelivered(can(me, 'undelivered'), news.counts.inbox);
  const late = useLateRequests(can(me, 'requests'), news.counts.requests);
  useAlerts(inbox.inbox, route.name === 'chat' ? route.rest : undefined);
  const now = useNow(inbox.inbox?.now);
  const [help, setHelp] = useState<Binding[]>();
  useEffect(listenToKeys, []);
  useEffect(prepareSound, []);
  useKeys([
    ...views.flatMap(({ key, name, label }) =>
      key === undefined ? [] : [{ keys: `g ${key}`, words: label[language], run: () => go(name) }],
    ),
    { keys: '?', words: texts.keys, run: () => setHelp(knownKeys()) },
  ]);
  const counts = {
    inbox: { count: inbox.inbox?.counts.waiting ?? 0, what: texts.waitingCount },
    undelivered: { count: undelivered.list?.effects.length ?? 0, what: '', isUrgent: true },
    requests: { count: late, what: texts.lateCount, isUrgent: true },
  };
  return (
    <NewsContext.Provider value={news}>
      <InboxContext.Provider value={inbox}>
        <UndeliveredContext.Provider value={undelivered}>
          <div class="frame">
            <Header
              me={me}
              isLive={news.isLive}
              own={views.filter(({ isOwn }) => isOwn)}
              onKeys={() => setHelp(knownKeys())}
              onLanguage={props.onLanguage}
              onLeave={props.onLeave}
            />
            <Navigation views={views.filter(({ isOwn }) => !isOwn)} open={view?.name ?? ''} counts={counts} />
            <div class="room">
              <NoticeBanner me={me} news={news.counts.notices} />
              <main id="main" class="view" tabIndex={-1}>
                {view ? (
                  <LazyView
                    key={view.name}
                    {...{ view, me, now, rest: route.rest, news: newsOf(view, news.counts) }}
                  />
                ) : (
                  <p class="empty">{texts.noView}</p>
                )}
              </main>
            </div>
          </div>
        </UndeliveredContext.Provider>
        {help && <KeysHelp known={help} onClose={() => setHelp(undefined)} />}
      </InboxContext.Provider>
    </NewsContext.Provider>
  );
}

function go(name: string): void {
  location.hash = `#/${name}`;
}

/** A chat lies in the inbox; without an address one begins at the first view of one's role. */
function viewOf({ name }: Route, views: readonly View[]): View | undefined {
  if (name === '') return views[0];
  const wanted = name === 'chat' ? 'inbox' : name;
  return views.find((view) => view.name === wanted);
}

/** The chat that the address speaks of, be it answered or filled in for. */
function chatOf({ name, rest }: Route): string | undefined {
  return (name === 'chat' || name === 'counter') && rest !== '' ? rest : undefined;
}

/** A number that rises with all that concerns a view. */
function newsOf(view: View, counts: News['counts']): number {
  return view.topics.reduce((sum, topic) => sum + counts[topic], 0);
}

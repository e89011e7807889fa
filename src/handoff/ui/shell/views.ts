/** The views of the web app: who sees them, where they stand, and how their code is fetched when first opened. */
import type { FunctionComponent } from 'preact';
import type { Me } from '../../schemas/accounts.ts';
import type { Language } from '../texts.ts';
import type { Topic } from './live.ts';
import { can, type ViewProps } from './view.ts';

export interface View {
  /** The address: `requests` for `#/requests` and all below. */
  name: string;
  /** Who may (accounts/roles.ts); absent: everybody. */
  permission?: string;
  label: { [language in Language]: string };
  /** Lines of an icon in a box of 24. */
  icon: string;
  /** The key that opens it after `g`. */
  key?: string;
  /** What makes it look again. */
  topics: readonly Topic[];
  /** In the menu of one's own, not in the rail. */
  isOwn?: boolean;
  load: () => Promise<FunctionComponent<ViewProps>>;
}

/** In the order of the rail. The first that a role may see is where it begins. */
const VIEWS: readonly View[] = [
  {
    name: 'inbox',
    permission: 'inbox',
    label: { id: 'Percakapan', en: 'Chats' },
    icon: 'M4 5h16v11H9l-5 4z',
    key: 'i',
    topics: ['inbox'],
    load: () => import('../inbox/inbox-view.tsx').then(({ InboxView }) => InboxView),
  },
  {
    name: 'requests',
    permission: 'requests',
    label: { id: 'Permohonan', en: 'Requests' },
    icon: 'M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7',
    key: 'r',
    topics: ['requests'],
    load: () => import('../requests/requests-view.tsx').then(({ RequestsView }) => RequestsView),
  },
  {
    name: 'counter',
    permission: 'walk-in',
    label: { id: 'Loket', en: 'Counter' },
    icon: 'M12 4a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M5 20c0-4 3-6 7-6s7 2 7 6',
    key: 'c',
    topics: ['conversation'],
    load: () => import('../counter/counter-view.tsx').then(({ CounterView }) => CounterView),
  },
  {
    name: 'visits',
    permission: 'places',
    label: { id: 'Jadwal', en: 'Visits' },
    icon: 'M4 6h16v14H4zM4 10h16M8 3v5M16 3v5M8 14h3M8 17h6',
    key: 'j',
    topics: ['visits', 'points', 'outages'],
    load: () => import('../places/visits-view.tsx').then(({ VisitsView }) => VisitsView),
  },
  {
    name: 'places',
    permission: 'places',
    label: { id: 'Tempat', en: 'Places' },
    icon: 'M12 21c4-5 7-8 7-11.500a7 7 0 0 0-14 0C5 13 8 16 12 21M12 7a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5',
    key: 't',
    topics: ['points'],
    load: () => import('../places/places-view.tsx').then(({ PlacesView }) => PlacesView),
  },
  {
    name: 'statistics',
    permission: 'supervise',
    label: { id: 'Statistik', en: 'Statistics' },
    icon: 'M4 20h16M7 20v-7M12 20V5M17 20v-10',
    key: 's',
    topics: [],
    load: () => import('../supervision/statistics-view.tsx').then(({ StatisticsView }) => StatisticsView),
  },
  {
    name: 'filers',
    permission: 'supervise',
    label: { id: 'Pemohon', en: 'Filers' },
    icon: 'M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M3 19c0-3.500 2.500-5 6-5s6 1.500 6 5M16 6a2.500 2.500 0 1 1 0 5M17 14c2.500.300 4 2 4 5',
    key: 'f',
    topics: [],
    load: () => import('../supervision/filers-view.tsx').then(({ FilersView }) => FilersView),
  },
  {
    name: 'notices',
    permission: 'notices',
    label: { id: 'Gangguan', en: 'Notices' },
    icon: 'M4 10v4h3l8 4V6l-8 4zM18 9c1.300 1.700 1.300 4.300 0 6',
    key: 'n',
    topics: ['notices'],
    load: () => import('../supervision/notices.tsx').then(({ NoticesView }) => NoticesView),
  },
  {
    name: 'undelivered',
    permission: 'undelivered',
    label: { id: 'Gagal', en: 'Failed' },
    icon: 'M12 4l9 16H3zM12 10v4M12 17v.5',
    key: 'u',
    topics: ['inbox'],
    load: () => import('../inbox/undelivered-view.tsx').then(({ UndeliveredView }) => UndeliveredView),
  },
  {
    name: 'accounts',
    permission: 'accounts',
    label: { id: 'Akun', en: 'Accounts' },
    icon: 'M10 5a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M4 20c0-3.500 2.500-5.500 6-5.500M17 12v8M13 16h8',
    key: 'a',
    topics: [],
    load: () => import('../admin/accounts-view.tsx').then(({ AccountsView }) => AccountsView),
  },
  {
    name: 'audit',
    permission: 'audit',
    label: { id: 'Catatan', en: 'Log' },
    icon: 'M5 4h14v16H5zM8 8h8M8 12h8M8 16h5',
    key: 'l',
    topics: [],
    load: () => import('../admin/audit-view.tsx').then(({ AuditView }) => AuditView),
  },
  {
    name: 'account',
    label: { id: 'Akun saya', en: 'My account' },
    icon: '',
    topics: [],
    isOwn: true,
    load: () => import('../admin/account-view.tsx').then(({ AccountView }) => AccountView),
  },
];

/** What this operator may open. */
export function viewsOf(me: Me): readonly View[] {
  return VIEWS.filter(({ permission }) => permission === undefined || can(me, permission));
}

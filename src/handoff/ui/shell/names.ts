/** Names that several views use: states of requests, and channels. */
import type { RequestState } from '../../schemas/requests.ts';
import type { Language } from '../texts.ts';

/** Names of the states of a request. */
export const STATE_NAMES: { [language in Language]: { [state in RequestState]: string } } = {
  id: {
    draft: 'Draf',
    submitted: 'Baru',
    verification: 'Diperiksa',
    correction: 'Perlu perbaikan',
    approved: 'Disetujui',
    production: 'Diproses',
    ready: 'Siap',
    completed: 'Selesai',
    rejected: 'Ditolak',
    cancelled: 'Dibatalkan',
    expired: 'Kedaluwarsa',
  },
  en: {
    draft: 'Draft',
    submitted: 'New',
    verification: 'In check',
    correction: 'Needs correction',
    approved: 'Approved',
    production: 'In production',
    ready: 'Ready',
    completed: 'Completed',
    rejected: 'Rejected',
    cancelled: 'Cancelled',
    expired: 'Expired',
  },
};

/** How a citizen is reached. */
export const CHANNELS: { [language in Language]: { [channel: string]: string } } = {
  id: { whatsapp: 'WhatsApp', sms: 'SMS', counter: 'Loket' },
  en: { whatsapp: 'WhatsApp', sms: 'SMS', counter: 'Counter' },
};

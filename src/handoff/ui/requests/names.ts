/** Names of decisions and events: what the API calls by a code. */
import type { Decision } from '../../schemas/requests.ts';
import type { Language } from '../texts.ts';

/** What the buttons of decisions say. */
export const DECISION_NAMES: { [language in Language]: { [decision in Decision]: string } } = {
  id: {
    take: 'Ambil untuk diperiksa',
    'ask-correction': 'Minta perbaikan',
    approve: 'Setujui',
    reject: 'Tolak permohonan',
    reopen: 'Buka kembali',
    produce: 'Sudah masuk SIAK',
    return: 'Kembalikan ke pemeriksaan',
    finish: 'Sudah jadi',
    'hand-over': 'Serahkan kepada warga',
    cancel: 'Batalkan permohonan',
  },
  en: {
    take: 'Take to check',
    'ask-correction': 'Ask for a correction',
    approve: 'Approve',
    reject: 'Reject the request',
    reopen: 'Reopen',
    produce: 'Entered in SIAK',
    return: 'Return to the check',
    finish: 'Finished',
    'hand-over': 'Hand over',
    cancel: 'Cancel the request',
  },
};

/** What happened, by the event of the history. */
export const EVENT_NAMES: { [language in Language]: { [event: string]: string } } = {
  id: {
    submit: 'Diajukan',
    take: 'Diambil untuk diperiksa',
    'ask-correction': 'Diminta perbaikan',
    correct: 'Diperbaiki oleh warga',
    approve: 'Disetujui',
    reject: 'Ditolak',
    reopen: 'Dibuka kembali',
    produce: 'Masuk SIAK',
    return: 'Dikembalikan ke pemeriksaan',
    finish: 'Sudah jadi',
    'hand-over': 'Diserahkan',
    cancel: 'Dibatalkan',
    expire: 'Kedaluwarsa',
    assign: 'Diserahkan kepada petugas',
    attach: 'Dokumen jadi dikirim',
    'pin-sent': 'PIN dikirim',
    note: 'Catatan',
  },
  en: {
    submit: 'Submitted',
    take: 'Taken to check',
    'ask-correction': 'Correction asked for',
    correct: 'Corrected by the citizen',
    approve: 'Approved',
    reject: 'Rejected',
    reopen: 'Reopened',
    produce: 'Entered in SIAK',
    return: 'Returned to the check',
    finish: 'Finished',
    'hand-over': 'Handed over',
    cancel: 'Cancelled',
    expire: 'Expired',
    assign: 'Given to an officer',
    attach: 'Finished document sent',
    'pin-sent': 'PIN sent',
    note: 'Note',
  },
};

/** How a result reaches the citizen. */
export const DELIVERIES: { [language in Language]: { [delivery: string]: string } } = {
  id: { pdf: 'PDF', kiosk: 'mesin ADM', pickup: 'diambil di loket' },
  en: { pdf: 'PDF', kiosk: 'ADM kiosk', pickup: 'picked up' },
};

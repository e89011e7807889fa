/** The statistics as tables of a file; column heads are Indonesian, times are whole seconds. */
import type { Statistics } from '../schemas/supervision.ts';
import { type Cell, formatCsv } from './csv.ts';

type Write = (figures: Statistics) => string;

/** By the name of the table. */
export const TABLES: ReadonlyMap<string, Write> = new Map<string, Write>([
  ['days', ({ days }) => formatCsv(['tanggal', ...DAY_HEADS, ...WAIT_HEADS], days.map(dayRow))],
  ['services', ({ services }) => formatCsv(SERVICE_HEADS, services.map(serviceRow))],
  ['operators', ({ operators }) => formatCsv([...OPERATOR_HEADS, ...WAIT_HEADS], operators.map(operatorRow))],
  ['funnel', ({ funnel }) => formatCsv(FUNNEL_HEADS, funnel.flatMap(funnelRows))],
]);

const DAY_HEADS = ['permohonan_masuk', 'permohonan_selesai', 'ke_petugas', 'percakapan_selesai'];
const WAIT_HEADS = ['jumlah_menunggu', 'menunggu_median_detik', 'menunggu_p90_detik'];
const SERVICE_HEADS = ['layanan', 'nama', 'masuk', 'tepat_waktu', 'terlambat', 'lewat_waktu_sekarang'];
const OPERATOR_HEADS = ['petugas', 'diambil', 'balasan', 'percakapan_selesai', 'keputusan'];
const FUNNEL_HEADS = ['layanan', 'nama', 'langkah', 'pertanyaan', 'ditanya', 'ke_petugas'];

function dayRow(row: Statistics['days'][number]): Cell[] {
  return [row.day, row.submitted, row.completed, row.handoffs, row.resolved, ...waitCells(row.waits)];
}

function serviceRow(row: Statistics['services'][number]): Cell[] {
  return [row.service, row.title, row.submitted, row.kept, row.broken, row.overdue];
}

function operatorRow(row: Statistics['operators'][number]): Cell[] {
  return [row.name, row.claims, row.replies, row.resolved, row.decisions, ...waitCells(row.waits)];
}

/** The way from the first question to the filed request, one line each. */
function funnelRows({ service, title, begun, filed, steps }: Statistics['funnel'][number]): Cell[][] {
  return [
    [service, title, 'mulai', 'Mulai', begun, null],
    ...steps.map(({ step, label, asked, handoffs }) => [service, title, step, label, asked, handoffs]),
    [service, title, 'terkirim', 'Permohonan terkirim', filed, null],
  ];
}

function waitCells({ count, medianMs, p90Ms }: Statistics['days'][number]['waits']): Cell[] {
  const seconds = (ms: number | null) => (ms === null ? null : Math.round(ms / 1000));
  return [count, seconds(medianMs), seconds(p90Ms)];
}

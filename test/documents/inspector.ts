/** One inspector for all tests of a file: its thread starts once, and ends with the process. */
import { pino } from 'pino';
import { createInspector } from '../../src/documents/intake/inspection.ts';

export const inspector = createInspector({ clamd: undefined, log: pino({ level: 'silent' }) });

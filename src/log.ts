/** The log: JSON lines on standard output, ids only. */
import { type DestinationStream, type Logger, pino } from 'pino';

/** Faults of remotes and of the store may quote what they were given: only these fields of an error are written. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, code, cause } = error as Error & { code?: unknown };
  return {
    type: name,
    message,
    code,
    stack,
    ...(cause instanceof Error ? { cause: { type: cause.name, message: cause.message } } : {}),
  };
}

/** `level` as LOG_LEVEL. Numbers that may be a NIK, a KK or a phone are masked wherever they stand. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: serializeError },
    hooks: { streamWrite: maskNumbers },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** A run of nine digits or more (with a leading plus, or spaces, dots or dashes between) is a person's number. */
function maskNumbers(line: string): string {
  return line.replace(/(?<![\w.-])\+?\d(?:[ .-]?\d){8,18}(?![\w-])/g, '[number]');
}

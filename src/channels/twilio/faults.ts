import { AppError } from '../../errors.ts';

/** What Twilio's numbers mean for us: https://www.twilio.com/docs/api/errors */
const MEANINGS: Readonly<Record<number, string>> = {
  12300: 'the file is of a type that Twilio does not take',
  14107: 'sending faster than the number may',
  20003: 'account SID or auth token is wrong: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
  20429: 'too many requests at once',
  21211: 'the address is no phone number',
  21408: 'this account may not send to that country: allow it in the console',
  21606: 'the sender is not a number of this account: check TWILIO_SMS_FROM',
  21609: 'Twilio cannot reach PUBLIC_URL',
  21610: 'the citizen has opted out with STOP',
  21611: 'the queue of the number is full',
  21612: 'this sender cannot reach that number',
  21614: 'the number is no mobile phone',
  21617: 'the text is too long',
  21620: 'Twilio cannot fetch the file from PUBLIC_URL',
  30003: 'the phone is off or out of reach',
  30004: 'the phone blocks our messages',
  30005: 'the number does not exist any more',
  30006: 'the number is a landline or its operator cannot be reached',
  30007: 'the operator took the message for spam',
  30008: 'the operator gave no reason',
  63005: 'WhatsApp did not take the content',
  63003: 'the address is not on WhatsApp',
  63007: 'the sender is no WhatsApp sender: check TWILIO_WHATSAPP_FROM',
  63016: 'more than 24 hours since the citizen wrote: WhatsApp takes templates only',
  63018: 'sending faster than WhatsApp takes',
  63019: 'the file could not be fetched, or was empty',
  63021: 'WhatsApp does not take such a file or text',
  63024: 'the address is not on WhatsApp',
};

/** Refusals of the moment, whatever HTTP status they come with: the same message may go a little later. */
const PASSING = new Set([14107, 20429, 21611, 63018]);

/** What may be said of the file of a message; as a link it goes all the same. */
const OF_FILES = new Set([12300, 21620, 63005, 63019, 63021]);

/** True for an error number that may be about the file of a message. */
export function isAboutFile(code: number | undefined): boolean {
  return code !== undefined && OF_FILES.has(code);
}

/** A Twilio error number in words for operators and the log; without a number, `fallback`. */
export function explainCode(code: number | undefined, fallback: string): string {
  if (code === undefined) return fallback;
  return `${code} (${MEANINGS[code] ?? `https://www.twilio.com/docs/api/errors/${code}`})`;
}

/**
 * The fault in an HTTP answer of status 400 and above. 408, 429, 5xx and passing refusals may be tried again
 * (REMOTE_UNAVAILABLE, with the asked-for pause); all else is REMOTE_REFUSED with Twilio's number, or FILE_REFUSED.
 * Twilio's own words are left out: they repeat the phone number.
 */
export function answerFault(answer: {
  status: number;
  body: unknown;
  retryAfter: string | undefined;
}): AppError {
  const code = codeOf(answer.body);
  const { status } = answer;
  const isPassing =
    status === 408 || status === 429 || status >= 500 || (code !== undefined && PASSING.has(code));
  const words = explainCode(code, 'without a reason');
  const fault = isPassing
    ? new AppError('REMOTE_UNAVAILABLE', {
        detail: `Twilio cannot now, HTTP ${status}: ${words}`,
        retryAfterMs: pauseMs(answer.retryAfter),
      })
    : new AppError(isAboutFile(code) ? 'FILE_REFUSED' : 'REMOTE_REFUSED', {
        detail: `Twilio refused, HTTP ${status}: ${words}`,
      });
  if (status < 500) notTaken.add(fault);
  return fault;
}

const notTaken = new WeakSet<object>();

/** True for an answer that says the request was not taken (4xx, 429 among them): it may be made anew without a look. */
export function isNotTaken(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && notTaken.has(fault);
}

/** No answer, or none that can be read: whether the request did its work is not known. */
export function networkFault(what: string, cause: unknown): AppError {
  return new AppError('REMOTE_UNAVAILABLE', { detail: `${what}: no answer`, cause });
}

function codeOf(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || !('code' in body)) return undefined;
  return typeof body.code === 'number' ? body.code : undefined;
}

/** Retry-After in seconds (Twilio sends no dates); more than an hour is not believed. */
function pauseMs(retryAfter: string | undefined): number | undefined {
  const seconds = Number(retryAfter ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined;
}

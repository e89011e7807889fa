/** Yes or no, in the many words for it. */
import { fold } from './clean.ts';
import type { AnswerContext, Parsed } from './types.ts';
import { COURTESIES, isQuestion, SOFTENERS } from './words.ts';

/** Yes whatever was asked. */
const AFFIRM = setOf(
  'iya iyah iyo iye iyes ya yah yaa y yes yep yup yap yoi yoa yeah sure correct right ok oke okey okay oks okeh sip siap ' +
    'betul btul bnr bener benar bnar leres inggih nggih njih enggih enggeh inggeh gih hooh heeh iih muhun tentu pasti ' +
    'yaudah iyalah true setuju agree lanjut ' +
    'ia yo injih injeh nggeh pastinya sumuhun enya heueuh',
);

/** Yes by saying what is so; after a no they are what is denied ("tidak ada"). */
const ECHO = setOf(
  'ada ad punya pny pnya py sudah sdh udah udh dah dh sampun wonten gadhah duwe boleh blh bisa bs mau mw masih perlu ono gadah tos atos have do does did',
);

const NO = setOf(
  'tidak tdk tidk tdak td tda tak tk gak ga gk g gag kagak kaga enggak engga nggak ngga ngak enga ndak nda ndk ora ' +
    'mboten boten kada kadada endik ndik degaga henteu teu euweuh no nope not n never dont doesnt didnt havent ' +
    't tdiak tdka tiada gada gda gapunya gpunya gamau ogah takde takada bukan bkn bukn belum blm blum blom belom balum durung dereng acan jangan jgn false',
);

/** No by themselves; denied they are neither. */
const OPPOSITE = setOf('salah batal keliru');

/** Only after a no: "ga usah", "tidak jadi", "belum pernah". */
const DENIED = setOf('usah jadi jd pernah prnh');

/** Neither yes nor no is meant, or only under a condition. */
const HEDGES = setOf(
  'mungkin kayaknya kyknya kayanya kyaknya sepertinya barangkali entah kadang ragu yakin tau tahu taw tapi tp tpi tetapi cuma ' +
    'cuman hanya kecuali kalau kalo klo jika asal nanti ntar besok tunggu sebentar bentar masalah kendala papa gpp gapapa ' +
    'gakpapa tanya maybe perhaps but problem separuh sebagian',
);

/** What became of a thing: without a clear yes before it, whether that is the yes or the no depends on the question. */
const OUTCOMES = setOf(
  'hilang ilang rusak meninggal mati wafat pindah cerai habis terbakar tercecer dicuri sobek patah',
);

/** What questions here are about, and words between; they decide nothing. */
const NEUTRAL = setOf(
  'saya sy aku ak kami i we yet itu ini sama dengan dgn semua semuanya lengkap sekali banget bgt memang mmg emang nya di saja aja ' +
    'buku bukunya nikah nikahnya menikah kawin surat suratnya akta akte aktanya kk ktp kia dokumen dokumennya berkas berkasnya ' +
    'foto fotonya asli aslinya fotokopi kartu kartunya keluarga lahir kelahiran kematian polisi keterangan pengantar nik email ' +
    'hp wa anak orang tua suami istri saksi rumah data datanya sah resmi',
);

const EMOJI_YES = /👍|👌|✅|✔|☑|💯|🆗|🙆/gu;
const EMOJI_NO = /👎|❌|✖|❎|🚫|🙅/gu;

/**
 * Reads yes (true) or no (false). Reasons: `both` ("ya tidak", "tidak, ada kok"), `unreadable`: neither, a question, a
 * condition ("ada tapi hilang"), "gak apa-apa", a number. Rather asked again than guessed.
 *
 * @example parseYesNo('belum punya pak', context) // value false
 */
export function parseYesNo(raw: string, _context: AnswerContext): Parsed<boolean> {
  const text = fold(raw.replace(EMOJI_YES, ' iya ').replace(EMOJI_NO, ' tidak '));
  const tokens = tokensOf(text);
  const isCount = (index: number) => /^(?:ada|punya)$/.test(tokens[index - 1] ?? '');
  if (
    isQuestion(text) ||
    tokens.some((token, index) => HEDGES.has(token) || (/\d/.test(token) && !isCount(index)))
  ) {
    return { ok: false, reason: 'unreadable' };
  }
  const { yes, no, isTrusted } = weigh(tokens);
  if (yes && no) return { ok: false, reason: 'both' };
  return (yes || no) && isTrusted
    ? { ok: true, value: yes, warnings: [] }
    : { ok: false, reason: 'unreadable' };
}

/**
 * Yes or no where any other answer is welcome too ("is it 6472...9903?"): only when the text says nothing else, as a
 * name may hold such a word. Undefined: something else was said.
 *
 * @example findPlainYesNo('iya betul pak') // true; 'ya Siti Aminah' is undefined
 */
export function findPlainYesNo(raw: string): boolean | undefined {
  const text = fold(raw.replace(EMOJI_YES, ' iya ').replace(EMOJI_NO, ' tidak '));
  if (/\d/.test(text) || isQuestion(text)) return undefined;
  const tokens = tokensOf(text);
  const isSaid = tokens.some((token) => AFFIRM.has(token) || NO.has(token) || OPPOSITE.has(token));
  const { yes, no, unknown } = weigh(tokens);
  return isSaid && yes !== no && unknown === 0 && !tokens.some((token) => HEDGES.has(token))
    ? yes
    : undefined;
}

function tokensOf(text: string): string[] {
  return (text.match(/[\p{L}\p{N}]+|[,.;!/]/gu) ?? []).map(squeeze).filter((token) => !SOFTENERS.has(token));
}

interface Weight {
  yes: boolean;
  no: boolean;
  /** The words around do not turn it round. */
  isTrusted: boolean;
  /** Words that are neither an answer, nor a courtesy, nor what questions are about. */
  unknown: number;
}

function weigh(tokens: string[]): Weight {
  const votes: ('affirm' | 'echo' | 'no')[] = [];
  let unknown = 0;
  let hasOtherWords = false;
  let hasOutcome = false;
  let isDenying = false;
  tokens.forEach((token, index) => {
    const next = tokens[index + 1] ?? '';
    if (NO.has(token)) {
      votes.push('no');
      isDenying = true;
    } else if (/^[,.;!/]$/.test(token)) {
      isDenying = false;
    } else if (isDenying && (ECHO.has(token) || AGREEING.has(token) || DENIED.has(token))) {
      return;
    } else if (OPPOSITE.has(token)) {
      votes.push(isDenying ? 'echo' : 'no');
    } else if (AFFIRM.has(token)) {
      // After other words "ya" only softens: "makasih ya", "ditunggu ya".
      if (!hasOtherWords || !/^yah?$/.test(token)) votes.push('affirm');
    } else if (ECHO.has(token)) {
      // "Sudah tidak ada", "masih belum": no longer, not yet.
      if (!isTurned(token, next)) votes.push('echo');
    } else {
      hasOtherWords = true;
      hasOutcome ||= OUTCOMES.has(token);
      if (!NEUTRAL.has(token) && !COURTESIES.has(token)) unknown += 1;
    }
  });
  const isAffirmed = votes[0] === 'affirm';
  return {
    yes: votes.includes('affirm') || votes.includes('echo'),
    no: votes.includes('no'),
    unknown,
    isTrusted: isAffirmed ? unknown <= 10 : unknown <= 2 && !hasOutcome,
  };
}

/** Affirming words that a no before them denies: "tidak benar", "belum siap". */
const AGREEING = setOf(
  'betul btul bnr bener benar bnar setuju agree siap lanjut sure correct right true leres',
);

/** "Belum" after "sudah" is the other answer ("sudah belum"), after "masih" it is not. */
function isTurned(token: string, next: string): boolean {
  if (!NO.has(next)) return false;
  return (
    token === 'masih' ||
    (/^(sudah|sdh|udah|udh|dah|dh)$/.test(token) && !/^(belum|blm|blum|blom|belom)$/.test(next))
  );
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(squeeze));
}

/** "iyaaa" and "iya2" are "iya"; dictionary and answer are squeezed alike. */
function squeeze(word: string): string {
  return word.replace(/(\p{L})\1+/gu, '$1').replace(/(?<=\p{L})2$/u, '');
}

/** The words of wishes for a time brought into one spelling, so that the readers of days and hours know one of each. */
import { distance } from 'fastest-levenshtein';
import { fold } from '../answers/clean.ts';
import { digitsForNumberWords } from '../answers/number-words.ts';

/** Short forms and English words. `min` is no day: it is the admin who is spoken to. */
const SPELLINGS = new Map(
  [
    'senin sen snin senen mon monday',
    'selasa sel slasa tue tues tuesday',
    'rabu rab rbu rebo wed wednesday',
    'kamis kam kms kemis thu thur thurs thursday',
    'jumat jum jmt jumt jumaat jumah fri friday',
    'sabtu sab sbt sbtu setu sat saturday',
    'minggu mgg mggu ahad sun sunday',
    'besok bsk bsok besuk besoknya esok tmrw tmr tomorrow',
    'lusa lsa',
    'jam jm pukul pkl pk jamnya at',
    'pagi pgi pg morning isuk',
    'siang siank noon midday',
    'sore sor afternoon',
    'malam mlm malem evening night malamnya',
    'setelah stlh sesudah ssdh sehabis abis habis bakda after',
    'sebelum sblm sblum sebelom before',
    'sampai sampe smp smpai hingga until till',
    'dzuhur zuhur dhuhur dzuhr zhuhur duhur lohor dhuzur',
    'ashar asar azar',
    'magrib maghrib mahrib',
    'subuh shubuh',
    'depan dpn next',
    'minggu week weeks pekan',
    'bulan bln month',
    'nanti nti ntar entar',
    'hari hr hri day days',
    'setengah stengah stgh stngah setgh',
  ].flatMap((line) => {
    const [word = '', ...others] = line.split(' ');
    return others.map((other) => [other, word] as const);
  }),
);

/** Long enough, and unlike enough to other words, that one wrong letter leaves no doubt. */
const FORGIVEN = ['senin', 'selasa', 'kamis', 'jumat', 'sabtu', 'minggu', 'besok', 'tomorrow'];
/** One letter away, and words of their own. */
const NOT_MEANT = new Set('kamus belok kumat selada'.split(' '));

/** Phrases that mean one word of the list above, and those that only look like a time. In this order. */
const PHRASES: [RegExp, string][] = [
  [/^(?:pagi|siang|sore|malam|mlm),? (?:pak|bu|min|kak|ka|mas|mba|mbak|bapak|ibu|admin)\b[ ,.!]+(?=\S)/, ''],
  [/\b[a-z]{2}[ -]?\d{4}[ -]\d{4,6}[ -]\d\b/g, ' '],
  [/\b(?:selamat|slamat|slmt|met|good) (?:pagi|siang|sore|malam|morning|afternoon|evening|day)\b/g, ' '],
  [/\bday after tomorrow\b|\bbesok lusa\b|\bbsk lusa\b/g, 'lusa'],
  [/\ba\.m\.?/g, 'am'],
  [/\bp\.m\.?/g, 'pm'],
  [/\b(?:akhir|ujung) (?:pekan|minggu)\b|\bweek ?end\b/g, 'sabtu sampai hari minggu'],
  [/\bas soon as possible\b|\basap\b|\bas early as possible\b/g, 'secepatnya'],
  [/\b(?:this|nanti) (afternoon|evening)\b|\btonight\b/g, 'hari ini $1'],
  [/\bthis morning\b/g, 'hari ini pagi'],
  [/\bthis (week|month)\b/g, '$1 ini'],
  [/\bnext (week|month)\b/g, '$1 depan'],
  [/\btoday\b/g, 'hari ini'],
  [/\b(?:nanti|nti|ntar|entar) (pagi|siang|sore|malam|mlm)\b/g, 'hari ini $1'],
  [/\b(pagi|siang|sore|malam) ini\b/g, 'hari ini $1'],
  [/\b(?:se(?:telah|sudah|habis)|h?abis|after) (?:makan siang|lunch|istirahat)\b/g, 'setelah jam 13'],
  [/\bhalf past (\d{1,2})\b/g, 'jam $1.30'],
  [/\bin (\d{1,2}) (days|weeks)\b/g, '$1 $2 lagi'],
  [
    /\b(?:se(?:telah|sudah|habis)|h?abis|bakda) (?:jumatan|(?:shalat|sholat|salat|solat) jumat)\b/g,
    'jumat setelah jam 13',
  ],
  [/\bsebelum (?:jumatan|(?:shalat|sholat|salat|solat) jumat)\b/g, 'jumat sebelum jam 11'],
  [/\b(?:sholat|shalat|salat|solat) (?=[a-z])/g, ' '],
  [/\b\d+ ?(?:orang|org|berkas|anak|kk|ktp|people|persons?|minutes?|menit)\b/g, ' '],
  [/\b(pagi|siang|sore|malam|mlm|hari)2\b/g, '$1'],
  [/(?<=\d) ?oclock\b/g, ' '],
  [/(?<=\d)-?an\b/g, ''],
];

/**
 * A wish in one spelling: folded, number words as digits, names of days and parts of the day in Indonesian.
 *
 * @example inOneSpelling('Bsk pg jm sembilan?') // 'besok pg jam 9?'
 */
export function inOneSpelling(raw: string): string {
  const text = PHRASES.reduce((all, [phrase, word]) => all.replace(phrase, word), fold(raw));
  return digitsForNumberWords(text.replace(/[a-z]+/g, spelled))
    .replace(/\s+/g, ' ')
    .trim();
}

function spelled(word: string): string {
  const known = SPELLINGS.get(word);
  if (known !== undefined || word.length < 5 || NOT_MEANT.has(word)) return known ?? word;
  return FORGIVEN.find((name) => distance(name, word) === 1) ?? word;
}

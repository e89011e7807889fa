import { describe, expect, it } from 'vitest';
import { findPlainYesNo, parseYesNo } from '../../../src/flows/answers/yes-no.ts';
import { brief, context } from './context.ts';

const YES =
  'iya|ya|y|yes|ok|oke|siap|betul|bener|inggih|sdh|sudah|ada|punya|boleh|YA|Ya.|iyaaa|iya2|Ya pak|pak ya|ya dong|siap pak|hooh|' +
  '👍|👍🏽|✅|ya ada pak|sudah ada|masih ada|oke makasih ya|ya udah|iya sudah hilang|ada di rumah mertua|sudah menikah|saya setuju|' +
  'ya, ada 2|ada 2|ia|yo|injih|injeh|nggeh|gadah|tos|enya|betul sekali|yes i do|iya pak saya sudah punya buku nikah dari KUA';

const NO =
  'bkn|bukan|gak|ga|nggak|enggak|tdk|tidak|TIDAK|ora|ndak|kada|belum|blm|salah|batal|no|g|👎|❌|tidak ada|ga punya|belum punya|blm pny|' +
  'tidak ada kok|gak ada bu maaf|gk jadi|ga usah|gak bisa|tidak benar|tidak setuju|belum menikah|sudah tidak ada|udah ga ada|masih belum|' +
  'saya tidak punya buku nikah pak|tidak tidak|mboten|durung|kadada|t|gada|gaada|gamau|tiada|tdiak|ora ono|jelas tidak|not yet|i dont have it';

const BOTH =
  'ya tidak|ya/tidak|y/n|iya, tidak|tidak, ada kok|ada atau tidak|sudah belum|tidak salah|ya, tidak ada|👍👎';

const UNREADABLE =
  'gak papa|gak apa-apa|gpp|tidak tahu|kurang tau|mungkin|ada tapi hilang|sudah hilang|iya?|ada apa|apa syaratnya ya|makasih ya|sebentar ya|' +
  'buku nikah ya|1|no 1|asdf|-';

describe('yes or no', () => {
  it.each(YES.split('|'))('%s is yes', (typed) => {
    expect(brief(parseYesNo(typed, context))).toBe(true);
  });

  it.each(NO.split('|'))('%s is no', (typed) => {
    expect(brief(parseYesNo(typed, context))).toBe(false);
  });

  it.each(BOTH.split('|'))('%s is both, so it is asked again', (typed) => {
    expect(brief(parseYesNo(typed, context))).toBe('refused: both');
  });

  it.each(['', ...UNREADABLE.split('|')])('%s is neither', (typed) => {
    expect(brief(parseYesNo(typed, context))).toBe('refused: unreadable');
  });
});

describe('a plain yes or no, where another answer is welcome too', () => {
  it.each(
    'ya|iya|Ya.|betul|benar|bener pak|iya betul bu|ya benar|ok|oke|sip|siap|inggih|leres|yes|right|👍|YA BENAR'.split(
      '|',
    ),
  )('%s is yes', (typed) => expect(findPlainYesNo(typed)).toBe(true));

  it.each('tidak|bukan|salah|gak|bukan pak|tidak benar|no|👎|mboten|keliru|tdk betul'.split('|'))(
    '%s is no',
    (typed) => expect(findPlainYesNo(typed)).toBe(false),
  );

  it.each(
    'Siti Aminah|ya Siti Aminah|Ono|bukan, Budi|benar Siti Rahma|iya tapi salah satu huruf|6472015708900003|ya 12 mei|lewati|apa?|ya tidak||-'.split(
      '|',
    ),
  )('"%s" is something else', (typed) => expect(findPlainYesNo(typed)).toBeUndefined());
});

/** What the bot remarked about an answer that it took all the same, in words for operators. */
import { useWords } from '../shell/language.tsx';
import type { Language } from '../texts.ts';

const WARNINGS: { [language in Language]: { [code: string]: string } } = {
  id: {
    'region-unknown': 'Kode wilayah NIK ini tidak dikenal.',
    'looks-like-nik': 'Nomor KK ini tampak seperti NIK.',
    'date-implausible': 'Tanggal lahir di dalam NIK ini tidak wajar.',
    'one-word': 'Nama hanya satu kata.',
    abbreviation: 'Nama mungkin disingkat.',
    'birth-differs': 'Tanggal lahir berbeda dengan yang ada di NIK.',
    'sex-differs': 'Jenis kelamin berbeda dengan yang ada di NIK.',
    'photo-differs': 'Berbeda dengan yang terbaca di foto.',
    'year-assumed': 'Tahunnya tidak ditulis lengkap; diperkirakan oleh bot.',
    'weekday-differs': 'Hari yang ditulis tidak cocok dengan tanggalnya.',
  },
  en: {
    'region-unknown': 'The region code of this NIK is not known.',
    'looks-like-nik': 'This family card number looks like a NIK.',
    'date-implausible': 'The date of birth inside this NIK is not plausible.',
    'one-word': 'The name has one word only.',
    abbreviation: 'The name may be abbreviated.',
    'birth-differs': 'The date of birth differs from the one in the NIK.',
    'sex-differs': 'The sex differs from the one in the NIK.',
    'photo-differs': 'Differs from what was read off the photo.',
    'year-assumed': 'The year was not written in full; the bot assumed it.',
    'weekday-differs': 'The weekday does not fit the date.',
  },
};

/** The remarks on one answer; a code without words stands as it is. */
export function Warnings({ codes }: { codes: readonly string[] }) {
  const { language } = useWords();
  return (
    <>
      {codes.map((code) => (
        <p key={code} class="warning">
          {WARNINGS[language][code] ?? code}
        </p>
      ))}
    </>
  );
}

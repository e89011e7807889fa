/** What the operator API answers when it refuses. Codes are for programs, messages for people; neither holds data. */

/**
 * Status and Indonesian words of each refusal. The web app has its own words in both languages by the same codes.
 * `BAD_LOGIN` covers wrong name, wrong password and locked account: which of them it was is nobody's business.
 */
export const API_ERRORS = {
  INVALID_REQUEST: { status: 400, message: 'Permintaan tidak lengkap atau tidak sesuai.' },
  REASON_NEEDED: { status: 400, message: 'Tuliskan alasannya dahulu: pemohon akan membacanya.' },
  WEAK_PASSWORD: {
    status: 400,
    message:
      'Sandi baru terlalu pendek atau sama dengan nama pengguna atau sandi lama. Pakai paling sedikit 10 huruf.',
  },
  BAD_CODE: { status: 400, message: 'Kode tidak cocok. Periksa jam di ponsel, lalu pakai kode berikutnya.' },
  BAD_LOGIN: {
    status: 401,
    message: 'Nama pengguna atau sandi salah. Setelah 5 kali salah, akun terkunci 15 menit.',
  },
  CODE_NEEDED: { status: 401, message: 'Masukkan juga 6 angka dari aplikasi autentikator Anda.' },
  UNAUTHENTICATED: { status: 401, message: 'Silakan masuk dahulu.' },
  FORBIDDEN: { status: 403, message: 'Peran Anda tidak mengizinkan tindakan ini.' },
  CSRF: { status: 403, message: 'Halaman sudah kedaluwarsa. Muat ulang lalu coba lagi.' },
  PASSWORD_CHANGE_NEEDED: { status: 403, message: 'Ganti sandi sementara Anda dahulu.' },
  REVEAL_NEEDED: {
    status: 403,
    message: 'Surat ini memuat data pribadi: tampilkan dahulu data permohonannya.',
  },
  NOT_FOUND: { status: 404, message: 'Tidak ditemukan, atau sudah tidak ada di kotak masuk.' },
  TAKEN: { status: 409, message: 'Percakapan ini sedang ditangani petugas lain.' },
  NOT_CLAIMED: { status: 409, message: 'Ambil percakapan ini dahulu sebelum menjawab.' },
  WINDOW_CLOSED: {
    status: 409,
    message: 'Sudah lewat 24 jam sejak pesan terakhir warga: pakai pesan templat atau SMS.',
  },
  NOT_RETRYABLE: {
    status: 409,
    message: 'Ini bukan pesan: bot memintanya lagi bila percakapan dikembalikan kepadanya.',
  },
  USERNAME_TAKEN: { status: 409, message: 'Nama pengguna ini sudah dipakai. Pilih yang lain.' },
  STALE: { status: 409, message: 'Permohonan ini baru saja diubah. Lihat yang terbaru, lalu coba lagi.' },
  NOT_POSSIBLE: { status: 409, message: 'Tindakan ini tidak bisa dilakukan pada keadaan sekarang.' },
  SIGNING_OFF: { status: 409, message: 'Tanda tangan elektronik belum disiapkan di kantor ini.' },
  WRONG_PASSPHRASE: { status: 409, message: 'Passphrase atau NIK tidak cocok. Surat belum dibuat.' },
  CERTIFICATE_INVALID: {
    status: 409,
    message: 'Sertifikat tanda tangan belum terbit, kedaluwarsa, atau dicabut. Surat belum dibuat.',
  },
  TOO_LARGE: { status: 413, message: 'Permintaan terlalu besar.' },
  UNSUPPORTED_FILE: { status: 415, message: 'Berkas ini tidak bisa dipakai. Kirim PDF atau foto yang utuh.' },
  INVALID_ANSWER: { status: 422, message: 'Jawaban ini tidak bisa dipakai untuk pertanyaan itu.' },
  TOO_MANY_REQUESTS: { status: 429, message: 'Terlalu banyak permintaan. Coba lagi sebentar.' },
  TROUBLE: { status: 500, message: 'Terjadi gangguan di layanan. Coba lagi sebentar.' },
  SIGNING_FAILED: {
    status: 502,
    message:
      'Surat belum ditandatangani dan belum dibuat. Coba lagi, atau buat tanpa tanda tangan elektronik.',
  },
  SIGNING_UNKNOWN: {
    status: 502,
    message:
      'Tidak diketahui apakah surat sudah ditandatangani. Periksa dahulu di layanan BSrE sebelum mencoba lagi.',
  },
  UNAVAILABLE: { status: 503, message: 'Layanan sedang terganggu. Coba lagi sebentar.' },
} as const;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** A refusal. `extra` joins `error` in the answer, e.g. the colleague's name for `TAKEN`; never a citizen's data. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly extra: { [key: string]: string };

  constructor(code: ApiErrorCode, extra: { [key: string]: string } = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.extra = extra;
  }

  get status(): number {
    return API_ERRORS[this.code].status;
  }

  /** The body of the answer. */
  get body(): { error: { code: ApiErrorCode; message: string } } {
    return { error: { code: this.code, message: API_ERRORS[this.code].message, ...this.extra } };
  }
}

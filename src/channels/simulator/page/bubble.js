/** Messages as bubbles. */
import { element, icon } from './dom.js';
import { richText } from './rich-text.js';

/** Progress of a message of ours: drawing and words. */
const TICKS = {
  pending: ['pending', 'Menunggu dikirim'],
  queued: ['pending', 'Dalam antrean'],
  sent: ['tick', 'Terkirim'],
  delivered: ['ticks', 'Sampai'],
  read: ['ticks', 'Dibaca'],
  failed: ['alert', 'Gagal'],
};
/** What a phone can show by itself. */
const PICTURES = /^(image\/(jpeg|png|gif|webp)|blob)$/;

/**
 * A list item for `{ id, isMine, text, media, at, progress, note, author, fault }`. `tools`: `isRich` for *bold*,
 * `retry` for a message that failed.
 */
export function bubble(message, tools) {
  const { isMine, media, note, author, progress } = message;
  const isPerson = !isMine && author !== undefined && author !== 'bot';
  const body = element('div', { class: 'bubble' });
  if (isPerson) body.append(element('b', { class: 'author' }, author));
  body.append(...media.map(attachment));
  if (note) body.append(noteOf(note));
  if (message.text)
    body.append(element('div', { class: 'text', dir: 'auto' }, richText(message.text, tools.isRich)));
  body.append(footOf(message));
  const item = element('li', { class: isMine ? 'mine' : 'theirs', 'data-id': message.id }, body);
  if (progress === 'failed' && isMine) item.append(failure(message, tools));
  return item;
}

function footOf({ at, isMine, progress }) {
  const time = new Date(at).toLocaleTimeString('id-ID', { hour: '2-digit', minute: '2-digit' });
  const [drawing, words] = TICKS[progress] ?? [];
  // An answer that has arrived needs no mark; one that has not does.
  const isMarked = drawing && (isMine || ['queued', 'sent', 'failed'].includes(progress));
  const foot = element(
    'span',
    { class: 'foot' },
    element('time', { datetime: new Date(at).toISOString() }, time),
  );
  if (isMarked) {
    const mark = icon(drawing, words);
    mark.classList.add(`is-${progress}`);
    foot.append(mark);
  }
  return foot;
}

function failure({ fault }, { retry }) {
  return element(
    'button',
    { type: 'button', class: 'retry', onclick: retry },
    `Belum terkirim (${fault}). Coba lagi`,
  );
}

function attachment({ contentType, fileName, url }) {
  const isPicture = PICTURES.test(contentType);
  const link = { href: url, target: '_blank', rel: 'noopener' };
  if (isPicture) {
    return element(
      'a',
      { ...link, class: 'picture' },
      element('img', { src: url, alt: fileName ?? 'Foto', loading: 'lazy' }),
    );
  }
  const isPdf = contentType === 'application/pdf';
  const kind = isPdf ? 'PDF' : (contentType.split('/').at(-1) ?? '').slice(0, 12).toUpperCase();
  return element(
    'a',
    { ...link, class: `document${isPdf ? ' pdf' : ''}` },
    icon('file'),
    element(
      'span',
      {},
      element('b', {}, fileName ?? (isPdf ? 'Dokumen.pdf' : 'Berkas')),
      element('small', {}, `${kind} · ketuk untuk membuka`),
    ),
  );
}

function noteOf(note) {
  const place = /^location (-?[\d.]+),(-?[\d.]+)$/.exec(note);
  if (place) {
    const words = `${Number(place[1]).toFixed(5)}, ${Number(place[2]).toFixed(5)}`;
    return element(
      'div',
      { class: 'place' },
      element('span', { class: 'map' }, icon('pin')),
      element('small', {}, `Lokasi: ${words}`),
    );
  }
  if (note === 'sticker') return element('div', { class: 'sticker' }, icon('sticker', 'Stiker'));
  if (note === 'voice') {
    const waves = Array.from({ length: 17 }, () => element('i'));
    return element(
      'div',
      { class: 'voice' },
      icon('voice', 'Pesan suara'),
      element('span', {}, ...waves),
      element('small', {}, '0.07'),
    );
  }
  return element('div', { class: 'other' }, { contact: 'Kontak', empty: 'Pesan kosong' }[note] ?? note);
}

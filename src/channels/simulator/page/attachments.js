/** What goes with a message: files in a tray above the composer, and what is sent at once (place, sticker, voice). */
import { element, icon } from './dom.js';
import { familyCardPhoto, identityCardPhoto, smallPdf } from './samples.js';

/** As many as one message may hold. */
const MOST = 10;
/** Monas, Jakarta: a place everybody knows. */
const PLACE = { latitude: -6.175392, longitude: 106.827153 };

/** `tray`, `menu`, `button`, `input` are the phone's elements; `send` sends a body at once. */
export function createAttachments({ tray, menu, button, input, send, onChange }) {
  let files = [];

  function show() {
    tray.hidden = files.length === 0;
    tray.replaceChildren(...files.map(chip));
    onChange();
  }
  function chip(file) {
    const remove = () => {
      URL.revokeObjectURL(file.url);
      files = files.filter((one) => one !== file);
      show();
    };
    const isPicture = file.type.startsWith('image/');
    return element(
      'li',
      {},
      isPicture ? element('img', { src: file.url, alt: '' }) : icon('file'),
      element('span', {}, file.name),
      element(
        'button',
        { type: 'button', onclick: remove, title: 'Hapus lampiran' },
        icon('close', `Hapus ${file.name}`),
      ),
    );
  }
  function add(chosen) {
    const room = MOST - files.length;
    files = [...files, ...[...chosen].slice(0, room).map(described)];
    show();
  }
  function close() {
    menu.hidden = true;
    button.setAttribute('aria-expanded', 'false');
  }
  const act = (run) => async () => {
    close();
    await run();
  };
  menu.append(
    choice(
      'folder',
      'Foto atau PDF',
      act(() => input.click()),
    ),
    choice(
      'image',
      'Contoh foto KK',
      act(async () => add([await familyCardPhoto()])),
      'kk',
    ),
    choice(
      'image',
      'Contoh foto KTP',
      act(async () => add([await identityCardPhoto()])),
      'ktp',
    ),
    choice(
      'file',
      'Contoh PDF',
      act(async () => add([await smallPdf()])),
      'pdf',
    ),
    choice(
      'pin',
      'Lokasi',
      act(() => send({ location: PLACE })),
      'location',
    ),
    choice(
      'sticker',
      'Stiker',
      act(() => send({ kind: 'sticker' })),
      'sticker',
    ),
    choice(
      'voice',
      'Pesan suara',
      act(() => send({ kind: 'voice' })),
      'voice',
    ),
  );
  button.addEventListener('click', () => {
    menu.hidden = !menu.hidden;
    button.setAttribute('aria-expanded', String(!menu.hidden));
    if (!menu.hidden) menu.querySelector('button').focus();
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    close();
    button.focus();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (!menu.contains(target) && !button.contains(target)) close();
  });
  input.addEventListener('change', () => {
    add(input.files);
    input.value = '';
  });

  return {
    add,
    count: () => files.length,
    addSamplePhoto: async () => add([await familyCardPhoto()]),
    /** Empties the tray: `{ media, previews }` for the message. */
    async take() {
      const taken = files;
      files = [];
      show();
      const media = await Promise.all(taken.map(encoded));
      const previews = taken.map(({ name, type, url }) => ({
        fileName: name,
        url,
        contentType: type.startsWith('image/') ? 'blob' : type,
      }));
      return { media, previews };
    },
  };
}

function choice(drawing, label, onclick, name) {
  return element(
    'button',
    { type: 'button', onclick, 'data-attach': name ?? 'file' },
    element('span', {}, icon(drawing)),
    label,
  );
}

function described(file) {
  return {
    file,
    name: file.name,
    type: file.type || 'application/octet-stream',
    url: URL.createObjectURL(file),
  };
}

/** By way of a data URL: the browser's own base64 is fast with large photos. */
function encoded({ file, name, type }) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    reader.onload = () =>
      resolve({
        contentType: type,
        fileName: name,
        base64: reader.result.slice(reader.result.indexOf(',') + 1),
      });
    reader.readAsDataURL(file);
  });
}

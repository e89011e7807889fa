/** One phone on the page. */
import { answersFor } from './answers.js';
import { createAttachments } from './attachments.js';
import { addCitizen, citizens, spelled } from './citizens.js';
import { element, icon } from './dom.js';
import { recall, remember } from './memory.js';
import { createTalk } from './talk.js';
import { createThread } from './thread.js';

/** What differs between the two kinds of phone. */
const KINDS = {
  whatsapp: { title: 'WhatsApp', isRich: true, takesFiles: true, hint: 'Ketik pesan' },
  sms: { title: 'SMS', isRich: false, takesFiles: false, hint: 'Pesan teks' },
};

/** Builds the phone of a channel (`whatsapp` or `sms`); `tick(epochMs)` moves the clock in its corner. */
export function createPhone(channel) {
  const kind = KINDS[channel];
  const root = document.getElementById('phone').content.firstElementChild.cloneNode(true);
  const find = (selector) => root.querySelector(selector);
  root.dataset.channel = channel;
  root.setAttribute('aria-label', `Ponsel ${kind.title}`);
  find('.who label span').textContent = kind.title;
  const composer = find('.composer');
  const input = find('textarea');
  const talk = createTalk({
    list: find('.talk'),
    toEnd: find('.to-end'),
    tools: { isRich: kind.isRich, retry: () => thread.outbox.retry() },
  });
  const attachments = createAttachments({
    tray: find('.tray'),
    menu: find('.attach-menu'),
    button: find('.attach'),
    input: find('input[type=file]'),
    send: (body) => thread.send(body),
    onChange: updateSend,
  });
  let thread;
  let samples = 0;
  let quickFor = '';

  function use(number) {
    thread?.close();
    remember(`number.${channel}`, number);
    talk.clear();
    thread = createThread({ channel, number }, show);
    input.value = recall(draftName(), '');
    resize();
    chooseNumber(find('select'), number);
    show();
  }
  const draftName = () => `draft.${channel}.${thread.phone.number}`;

  function show() {
    if (!thread) return;
    talk.show(messagesOf(thread), thread.isTyping());
    const { state } = thread.screen();
    find('.contact small').textContent = presence(thread, state);
    showState(find('.state'), state);
    showQuick(state);
  }

  function showQuick(state) {
    const key = `${state.expects} ${state.status} ${state.step}`;
    if (key === quickFor) return;
    quickFor = key;
    samples += 1;
    const { sample, words, wantsPhoto } = answersFor(state, samples);
    const fill = () => {
      write(sample);
      input.focus();
    };
    const chips = words.map((word) =>
      element('button', { type: 'button', onclick: () => thread.send({ text: word }) }, word),
    );
    if (wantsPhoto && kind.takesFiles)
      chips.unshift(
        element(
          'button',
          { type: 'button', class: 'sample', onclick: attachments.addSamplePhoto },
          icon('image'),
          'Foto contoh',
        ),
      );
    if (sample)
      chips.unshift(
        element(
          'button',
          { type: 'button', class: 'sample', onclick: fill, title: sample },
          icon('wand'),
          'Contoh jawaban',
        ),
      );
    find('.quick').replaceChildren(...chips);
    find('.quick').scrollLeft = 0;
  }

  function write(text) {
    input.value = text;
    remember(draftName(), text);
    resize();
    updateSend();
  }
  function resize() {
    input.style.height = '';
    // A phone that is not on the screen has no height to go by.
    if (input.scrollHeight > 0) input.style.height = `${Math.min(input.scrollHeight + 2, 120)}px`;
  }
  function updateSend() {
    find('.send').disabled = input.value.trim() === '' && attachments.count() === 0;
  }

  async function send() {
    const text = input.value.trim();
    if (text === '' && attachments.count() === 0) return;
    const to = thread;
    write('');
    const { media, previews } = await attachments.take();
    to.send({ ...(text ? { text } : {}), ...(media.length > 0 ? { media } : {}) }, previews);
  }

  composer.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  input.addEventListener('input', () => {
    remember(draftName(), input.value);
    resize();
    updateSend();
  });
  input.addEventListener('keydown', (event) => {
    // While an input method is composing, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  });
  if (kind.takesFiles) takeDropped(root, input, attachments);
  else find('.attach').remove();
  find('select').addEventListener('change', ({ target }) => use(target.value));
  find('.new-number').addEventListener('click', () => {
    use(addCitizen());
    input.focus();
  });
  input.addEventListener('focus', resize);
  input.placeholder = kind.hint;
  input.setAttribute('aria-label', kind.hint);
  // Scrolled by keyboard, too.
  find('.talk').tabIndex = 0;
  find('.talk').setAttribute('aria-label', `Percakapan ${kind.title}`);
  const last = recall(`number.${channel}`, undefined);
  use(citizens().includes(last) ? last : citizens()[0]);
  updateSend();

  return {
    root,
    tick(epochMs) {
      find('.bar time').textContent = new Date(epochMs).toLocaleTimeString('id-ID', {
        hour: '2-digit',
        minute: '2-digit',
      });
    },
  };
}

/** Files that are dropped on the phone or pasted into the composer. */
function takeDropped(root, input, attachments) {
  root.addEventListener('dragover', (event) => event.preventDefault());
  root.addEventListener('drop', (event) => {
    event.preventDefault();
    attachments.add(event.dataTransfer.files);
  });
  input.addEventListener('paste', (event) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    attachments.add(event.clipboardData.files);
  });
}

/** The service's messages, then those on their way. */
function messagesOf(thread) {
  const { messages } = thread.screen();
  const lastAnswer = messages.findLastIndex(({ direction }) => direction === 'out');
  const stored = messages.map((message, index) => ({
    ...message,
    isMine: message.direction === 'in',
    // The service marks what it has received; that it was read shows when it has answered.
    progress: message.direction === 'out' ? message.status : index < lastAnswer ? 'read' : 'delivered',
  }));
  const moving = thread.outbox.messages().map(({ id, body, previews, at, progress, fault }) => ({
    id,
    isMine: true,
    text: body.text ?? '',
    media: previews ?? [],
    note:
      body.kind ??
      (body.location ? `location ${body.location.latitude},${body.location.longitude}` : undefined),
    at: messages.at(-1) ? Math.max(at, Date.parse(messages.at(-1).at)) : at,
    progress,
    fault,
  }));
  return [...stored, ...moving];
}

function presence(thread, { status }) {
  if (!thread.isReachable()) return 'menyambungkan…';
  if (thread.isTyping()) return 'mengetik…';
  return status === 'handoff' ? 'diteruskan ke petugas' : 'layanan resmi · gratis';
}

const STATUS_WORDS = { bot: 'bot', handoff: 'petugas', idle: 'menu' };

/** The state of the contract, for people and (as `data-`) for tests. */
function showState(line, { status, service, step, expects, applications }) {
  Object.assign(line.dataset, {
    status,
    service: service ?? '',
    step: step ?? '',
    expects: expects ?? '',
    applications: applications.join(' '),
  });
  const parts = [
    ['Status', STATUS_WORDS[status] ?? status],
    ['Layanan', service],
    ['Langkah', step],
    ['Menunggu', expects],
    ['Permohonan', applications.join(', ')],
  ].filter(([, value]) => value);
  line.replaceChildren(
    ...parts.map(([label, value]) => element('span', {}, `${label} `, element('b', {}, value))),
  );
}

function chooseNumber(select, number) {
  const options = citizens().map((one, index) =>
    element('option', { value: one }, `Warga ${index + 1} · ${spelled(one)}`),
  );
  select.replaceChildren(...options);
  select.value = number;
}

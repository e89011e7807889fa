/** The list of bubbles: changes only what changed, and stays where the reader is. */
import { bubble } from './bubble.js';
import { element } from './dom.js';

/** Closer to the end than this counts as being there, px. */
const NEAR_END = 80;

/** `list` is the `ol`, `toEnd` the button that leads back to the newest message. */
export function createTalk({ list, toEnd, tools }) {
  const shown = new Map();
  let unread = 0;
  const typing = element(
    'li',
    { class: 'theirs typing', 'aria-label': 'mengetik' },
    element('div', { class: 'bubble' }, element('i'), element('i'), element('i')),
  );

  const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  const goToEnd = () => {
    list.scrollTop = list.scrollHeight;
    unread = 0;
    updateButton();
  };
  function updateButton() {
    toEnd.hidden = isAtEnd();
    if (toEnd.hidden) unread = 0;
    toEnd.querySelector('b').textContent = unread > 0 ? String(unread) : '';
  }
  list.addEventListener('scroll', updateButton, { passive: true });
  list.addEventListener('load', () => wasAtEnd && goToEnd(), { capture: true });
  toEnd.addEventListener('click', goToEnd);
  let wasAtEnd = true;
  // A keyboard that opens or a tray that appears must not push the newest message out of sight.
  new ResizeObserver(() => wasAtEnd && goToEnd()).observe(list);
  list.addEventListener(
    'scroll',
    () => {
      wasAtEnd = isAtEnd();
    },
    { passive: true },
  );

  return {
    clear() {
      shown.clear();
      list.replaceChildren();
      wasAtEnd = true;
      unread = 0;
    },
    show(messages, isTyping) {
      const stays = wasAtEnd;
      const isFirst = shown.size === 0;
      const items = itemsOf(messages, shown, tools);
      const fresh = items.filter((item) => item.isFresh);
      unread += fresh.length;
      place(list, [...items.map(({ node }) => node), ...(isTyping ? [typing] : [])]);
      const isOwn = fresh.some(({ node }) => node.classList.contains('mine'));
      if (stays || isFirst || (isOwn && messages.at(-1)?.isMine)) goToEnd();
      else updateButton();
      list.classList.toggle('is-quiet', isFirst);
    },
  };
}

/** Bubbles with a line before the first of each day; one that looks the same is used again. */
function itemsOf(messages, shown, tools) {
  const items = [];
  const kept = new Set();
  let day = '';
  for (const message of messages) {
    const itsDay = new Date(message.at).toLocaleDateString('id-ID', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
    });
    if (itsDay !== day) items.push(keep(`day ${items.length} ${itsDay}`, itsDay, () => dayLine(itsDay)));
    day = itsDay;
    items.push(keep(message.id, JSON.stringify(message), () => bubble(message, tools)));
  }
  for (const id of shown.keys()) if (!kept.has(id)) shown.delete(id);
  return items;

  function keep(id, look, make) {
    kept.add(id);
    const known = shown.get(id);
    if (known?.look === look) return { node: known.node, isFresh: false };
    const node = make();
    shown.set(id, { look, node });
    return { node, isFresh: known === undefined };
  }
}

function dayLine(words) {
  return element('li', { class: 'day' }, element('span', {}, words));
}

/** Puts the nodes in order and touches none that is in its place: the reading voice would start again. */
function place(list, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...list.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
}

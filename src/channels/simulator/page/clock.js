/** The service's clock: shows it, sets it. */
import { serviceClock } from './api.js';
import { element } from './dom.js';

const HOUR_MS = 60 * 60 * 1000;

/** `onTick(epochMs)` is called each second with the service's time. */
export function createClock(root, onTick) {
  const button = root.querySelector('.clock-now');
  const panel = root.querySelector('.clock-panel');
  const field = panel.elements.namedItem('at');
  const fault = panel.querySelector('.fault');
  let offsetMs = 0;
  const now = () => Date.now() + offsetMs;

  function tick() {
    const date = new Date(now());
    const weekday = date.toLocaleDateString('id-ID', { weekday: 'long' });
    const rest = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
    button
      .querySelector('time')
      .replaceChildren(element('span', {}, `${weekday}, `), date.toLocaleString('id-ID', rest));
    // Seconds of difference are the network's; a minute was set by somebody.
    button.classList.toggle('is-set', Math.abs(offsetMs) > 60_000);
    onTick(now());
  }
  async function set(epochMs) {
    fault.textContent = '';
    try {
      offsetMs = (await serviceClock(epochMs)) - Date.now();
      if (epochMs !== undefined) field.value = localInput(now());
    } catch (error) {
      fault.textContent = `Tidak bisa disetel: ${error.message}`;
    }
    tick();
  }
  function open(isOpen) {
    panel.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) field.value = localInput(now());
  }

  button.addEventListener('click', () => open(panel.hidden));
  panel.addEventListener('submit', (event) => {
    event.preventDefault();
    void set(new Date(field.value).getTime());
  });
  for (const add of panel.querySelectorAll('[data-add-hours]'))
    add.addEventListener('click', () => set(now() + Number(add.dataset.addHours) * HOUR_MS));
  panel.querySelector('[data-now]').addEventListener('click', () => set(Date.now()));
  root.addEventListener('keydown', ({ key }) => key === 'Escape' && open(false));
  document.addEventListener('pointerdown', ({ target }) => root.contains(target) || open(false));

  void set(undefined);
  // Another page or a test may have set it meanwhile.
  setInterval(() => document.hidden || set(undefined), 30_000);
  setInterval(tick, 1000);
}

/** The form of `datetime-local`, in this browser's time zone. */
function localInput(epochMs) {
  const date = new Date(epochMs);
  return new Date(epochMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

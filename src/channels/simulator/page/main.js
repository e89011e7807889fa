/** The simulator's page: two phones and a clock. */
import { createClock } from './clock.js';
import { recall, remember } from './memory.js';
import { createPhone } from './phone.js';

const phones = ['whatsapp', 'sms'].map(createPhone);
document.querySelector('main').append(...phones.map(({ root }) => root));
createClock(document.querySelector('.clock'), (epochMs) => {
  for (const phone of phones) phone.tick(epochMs);
});

const tabs = document.querySelectorAll('.tabs button');

/** On a narrow screen there is room for one. */
function show(channel) {
  document.body.dataset.show = channel;
  remember('show', channel);
  for (const tab of tabs) tab.setAttribute('aria-pressed', String(tab.dataset.show === channel));
}
for (const tab of tabs) tab.addEventListener('click', () => show(tab.dataset.show));
show(recall('show', 'whatsapp'));

// What a sampling desk shows: the answer to the last scan, what waits, what the laboratory said.

import { say } from './frame.js';
import { play } from './sounds.js';

export const find = (id) => document.getElementById(id);
const signs = { good: '✓', again: '↺', bad: '✗', warn: '?', wait: '…', undone: '↶' };

/** A time of day in the language of the page. */
export const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });

/** The answer to what was just done. */
export function show(kind, title, detail = '', code = '') {
  find('band').className = `band ${kind}`;
  find('band-sign').textContent = signs[kind];
  find('band-title').textContent = title;
  find('band-detail').textContent = detail;
  find('band-code').textContent = code;
  if (kind !== 'wait') play(kind === 'good' || kind === 'undone');
}

/** What the laboratory answered to something that was sent. */
export function told(answer) {
  if (answer.kind === 'good' || answer.kind === 'undone') return;
  const item = document.createElement('li');
  item.className = answer.kind;
  item.textContent = `${clock(Date.now())} ${signs[answer.kind]} ${answer.title}: ${answer.message}`;
  find('told').prepend(item);
  while (find('told').children.length > 50) find('told').lastElementChild.remove();
  find('told-part').hidden = false;
  play(false);
}

/** How much waits, and why. */
export function changed({ waiting, trouble, why }) {
  const line = find('connection');
  line.className = `connection ${trouble === 'stopped' ? 'offline' : trouble || (waiting ? 'busy' : 'online')}`;
  line.textContent = trouble === 'offline' ? say('desk.offline', { n: waiting })
    : trouble === 'signedOut' ? say('desk.signedOut', { n: waiting })
      : trouble === 'stopped' ? say('desk.stopped', { n: waiting })
        : waiting > 0 ? say('desk.sending', { n: waiting }) : say('desk.allSent');
  line.dataset.waiting = waiting;
  line.dataset.trouble = trouble;
  find('why').textContent = why ?? '';
  find('why').hidden = !why;
  find('sign-in-again').hidden = trouble !== 'signedOut';
}

// What a sampling desk shows: the answer to the last scan, what waits, what the laboratory said.

import { say } from './frame.js';
import { play } from './sounds.js';

export const find = (id) => document.getElementById(id);
const signs = { good: '✓', again: '↺', bad: '✗', warn: '?', wait: '…', undone: '↶' };

/** The laboratory's zone in minutes east, and how far its clock is ahead of this device's. */
const laboratory = { zone: -new Date().getTimezoneOffset(), ahead: 0 };
export function keepTime({ zone = laboratory.zone, ahead = laboratory.ahead }) { Object.assign(laboratory, { zone, ahead }); }

/** A moment of this device's clock as the laboratory's clocks show it, for fields of UTC. */
const there = (at) => new Date(at + laboratory.ahead + laboratory.zone * 60000);

/** A time of day of the laboratory, in the language of the page. */
export const clock = (at) => there(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** The laboratory's day in which a moment of this device's clock lies. */
export const dayOf = (at) => there(at).toISOString().slice(0, 10);

/** The answer to what was just done. */
export function show(kind, title, detail = '', code = '') {
  find('band').className = `band ${kind}`;
  find('band-sign').textContent = signs[kind];
  find('band-title').textContent = title;
  find('band-detail').textContent = detail;
  find('band-code').textContent = code;
  if (kind !== 'wait') play(kind === 'good' || kind === 'undone');
}

/** What the laboratory answered to something that was sent, and of whom. */
export function told(answer, who) {
  if (answer.kind === 'good' || answer.kind === 'undone') return;
  const item = document.createElement('li');
  item.className = answer.kind;
  item.textContent = `${clock(Date.now())} ${signs[answer.kind]} ${who ? `${who} · ` : ''}${answer.title}: ${answer.message}`;
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

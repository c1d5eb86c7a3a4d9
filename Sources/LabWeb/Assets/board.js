// Keeps the board up to date: fresh rows when something was done, fresh times every half minute.
import { say } from './frame.js';

const board = document.getElementById('board');
const live = document.getElementById('live');
const signedOut = document.getElementById('signed-out');
const state = () => document.getElementById('state');
// The server's clock counts; a browser's own may be wrong.
let ahead = Number(state().dataset.now) - Date.now();

function left(milliseconds) {
  const minutes = Math.floor(Math.abs(milliseconds) / 60000);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const time = days >= 2 ? say('time.days', { d: days, h: hours % 24 })
    : hours > 0 ? say('time.hours', { h: hours, m: minutes % 60 }) : say('time.minutes', { m: minutes });
  return say(milliseconds < 0 ? 'time.over' : 'time.left', { time });
}

function tick() {
  for (const place of board.querySelectorAll('[data-due]')) {
    place.textContent = left(Number(place.dataset.due) - Date.now() - ahead);
  }
}

/** Makes `old` like `fresh` without touching what is alike: focus, scroll and what is being typed stay. */
function morph(old, fresh) {
  if (old.nodeName !== fresh.nodeName || old.nodeType !== Node.ELEMENT_NODE) {
    if (!old.isEqualNode(fresh)) old.replaceWith(fresh);
    return;
  }
  // Somebody is at this form.
  if (old.matches('details[open]')) return;
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes]) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  morphChildren(old, fresh);
}

function morphChildren(old, fresh) {
  const named = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const known = child.id ? named.get(child.id)
      : place && !place.id && place.nodeName === child.nodeName ? place : undefined;
    if (!known) {
      old.insertBefore(child, place);
    } else {
      if (known === place) place = place.nextSibling;
      else old.insertBefore(known, place);
      morph(known, child);
    }
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

let isAsking = false;
let isAskedAgain = false;

async function refresh() {
  if (isAsking) { isAskedAgain = true; return; }
  isAsking = true;
  try {
    const answer = await fetch(state().dataset.part, { redirect: 'manual' });
    if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) {
      leave();
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = document.createElement('template');
    fresh.innerHTML = await answer.text();
    const focused = document.activeElement;
    morphChildren(board, fresh.content);
    // A row that moved lets go of the focus.
    if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
    ahead = Number(state().dataset.now) - Date.now();
    tick();
    isLive();
  } catch {
    isNotLive();
  } finally {
    isAsking = false;
    if (isAskedAgain) { isAskedAgain = false; refresh(); }
  }
}

let since;

function isLive() {
  if (live.dataset.state === 'live') return;
  live.dataset.state = 'live';
  since = undefined;
  live.hidden = false;
  live.classList.remove('not');
  live.textContent = say('board.live');
}

function isNotLive() {
  since ??= new Date(Date.now()).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hour12: false });
  live.dataset.state = 'not';
  live.hidden = false;
  live.classList.add('not');
  const text = say('board.notLive', { time: since });
  if (live.textContent !== text) live.textContent = text;
}

let events;
let again;

function listen() {
  clearTimeout(again);
  events?.close();
  events = new EventSource('/board/events');
  events.addEventListener('message', (event) => {
    if (event.data === state().dataset.change) isLive(); else refresh();
  });
  events.addEventListener('error', () => {
    isNotLive();
    // A browser tries again by itself after a cut, but not after an answer that is no stream.
    if (events.readyState === EventSource.CLOSED) again = setTimeout(() => { refresh(); listen(); }, 10000);
  });
}

function leave() {
  isNotLive();
  signedOut.hidden = false;
  clearTimeout(again);
  clearInterval(ticking);
  events?.close();
  document.removeEventListener('visibilitychange', turn);
}

// A tab that nobody sees holds no connection: a browser has few of them for one server.
function turn() {
  if (document.hidden) {
    clearTimeout(again);
    events?.close();
  } else {
    refresh();
    listen();
  }
}

// What nobody did changes the board too: a limit comes near, or passes.
const ticking = setInterval(() => { if (!document.hidden) { tick(); refresh(); } }, 30000);
document.addEventListener('visibilitychange', turn);
window.addEventListener('pagehide', () => events?.close());
listen();

// Without a network: how much of the desk waits on this device, and the page again once it is back.

import { say } from './frame.js';

/** The entries that wait; 0 where this device never was a desk. */
function waiting() {
  return new Promise((done) => {
    const asked = indexedDB.open('swabline-desk');
    // Whatever is not there is not made here.
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => done(0);
    asked.onsuccess = () => {
      const entries = asked.result.transaction('entries').objectStore('entries').count();
      entries.onsuccess = () => { asked.result.close(); done(entries.result); };
      entries.onerror = () => done(0);
    };
  });
}

const count = await waiting();
document.getElementById('waits').textContent = count > 0 ? say('deskOffline.waits', { n: count }) : say('deskOffline.nothing');
const isOwn = window.location.pathname === '/desk/offline';
window.addEventListener('online', () => { if (!isOwn) window.location.reload(); });

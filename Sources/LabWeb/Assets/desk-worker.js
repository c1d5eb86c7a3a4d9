// Answers while the network is down: for the desk with its page as it was last seen, with the styles
// and scripts that it is made of; for any other page with a word on what waits and the way back.
// `files` stands before this, put by the server.

const store = `swabline-desk ${files[0]}`;
const patience = 4000;
const away = '/desk/offline';

async function keepPage(cache, path) {
  try {
    const page = await fetch(path, { credentials: 'same-origin' });
    // Whoever is not signed in is sent elsewhere: that is no page of the desk.
    if (page.ok && !page.redirected) await cache.put(path, page);
  } catch { /* It is kept when it is seen next. */ }
}

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(store);
    await cache.addAll(files);
    await keepPage(cache, '/desk');
    await keepPage(cache, away);
    await self.skipWaiting();
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    // The page of before goes on with its own scripts until the new one has been seen.
    if (await (await caches.open(store)).match('/desk')) {
      for (const name of await caches.keys()) {
        if (name.startsWith('swabline-desk ') && name !== store) await caches.delete(name);
      }
    }
    await self.clients.claim();
  })());
});

/** A page as it was kept, of before when there is none of now. */
async function kept(path) {
  return await (await caches.open(store)).match(path) ?? await caches.match(path);
}

async function desk(event) {
  const cache = await caches.open(store);
  try {
    const answer = await Promise.race([
      fetch(event.request),
      new Promise((_, fail) => { setTimeout(() => fail(new Error('slow')), patience); }),
    ]);
    if (answer.status >= 500) throw new Error('away');
    if (answer.ok && answer.type === 'basic' && !answer.redirected) {
      await cache.put('/desk', answer.clone());
      // In the language of now.
      event.waitUntil(keepPage(cache, away));
    }
    return answer;
  } catch (problem) {
    const page = await kept('/desk');
    if (page) return page;
    throw problem;
  }
}

/** Any other page is the network's alone; the browser's own page would be a dead end. */
async function other(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const page = await kept(away);
    if (page) return page;
    throw problem;
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(url.pathname === '/desk' ? desk(event) : other(request));
  else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});

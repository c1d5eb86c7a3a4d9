// Answers for the desk's page while the network is down: with the page as it was last seen, and
// with the styles and scripts that it is made of. `files` stands before this, put by the server.

const store = `swabline-desk ${files[0]}`;
const patience = 4000;

async function keepPage(cache) {
  try {
    const page = await fetch('/desk', { credentials: 'same-origin' });
    // Whoever is not signed in is sent elsewhere: that is no page of the desk.
    if (page.ok && !page.redirected) await cache.put('/desk', page);
  } catch { /* It is kept when it is seen next. */ }
}

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(store);
    await cache.addAll(files);
    await keepPage(cache);
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

async function page(request) {
  const cache = await caches.open(store);
  try {
    const answer = await Promise.race([
      fetch(request),
      new Promise((_, fail) => { setTimeout(() => fail(new Error('slow')), patience); }),
    ]);
    if (answer.status >= 500) throw new Error('away');
    if (answer.ok && answer.type === 'basic' && !answer.redirected) {
      await cache.put('/desk', answer.clone());
    }
    return answer;
  } catch (problem) {
    const kept = await cache.match('/desk') ?? await caches.match('/desk');
    if (kept) return kept;
    throw problem;
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && url.pathname === '/desk') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});

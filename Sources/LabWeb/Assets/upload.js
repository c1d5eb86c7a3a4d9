// A file is sent without leaving the page, so that it stays chosen while its faults are looked at.

import { csrf, say } from './frame.js';

const form = document.querySelector('form[data-upload]');
const state = document.getElementById('upload-state');

form.addEventListener('submit', async (event) => {
  const button = event.submitter;
  if (button?.hasAttribute('data-download')) {
    // A download leaves the page as it is.
    setTimeout(() => {
      delete form.dataset.sent;
      for (const each of form.querySelectorAll('button')) each.removeAttribute('aria-disabled');
    }, 500);
    return;
  }
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = 'yes';
  const data = new FormData(form, button);
  const size = [...form.querySelectorAll('input[type=file]')]
    .reduce((sum, input) => sum + (input.files[0]?.size ?? 0), 0);
  state.replaceChildren(document.createElement('progress'), ' ', say('upload.working', { n: Math.ceil(size / 1024) }));
  try {
    const answer = await fetch(form.getAttribute('action'), { method: 'POST', body: data, headers: { 'X-CSRF-Token': csrf } });
    if (answer.status === 401) { window.location.assign('/sign-in'); return; }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    state.textContent = '';
    if (answer.redirected && new URL(answer.url).pathname !== window.location.pathname) {
      window.location.assign(answer.url);
      return;
    }
    const fresh = page.querySelector('main');
    if (answer.redirected || !page.getElementById('result')) {
      // Done, or words of the server: the whole page is another one now; the form stays as it is.
      for (const old of document.querySelectorAll('main > .flash')) old.remove();
      const flash = fresh.querySelector('.flash, .trouble');
      if (flash) document.querySelector('main').prepend(flash);
      document.getElementById('result').replaceChildren();
      const [list, old] = [fresh.querySelector('table'), document.querySelector('main > .scroll table, main > .empty')];
      if (answer.redirected && list && old) old.replaceWith(list);
      if (answer.redirected) form.reset();
    } else {
      for (const old of document.querySelectorAll('main > .flash')) old.remove();
      document.getElementById('result').replaceWith(page.getElementById('result'));
    }
    document.querySelector('main .flash')?.scrollIntoView({ block: 'nearest' });
  } catch {
    state.textContent = say('upload.failed');
  } finally {
    delete form.dataset.busy;
  }
}, true);

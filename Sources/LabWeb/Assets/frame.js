// What every page does: a form is sent once, and fields keep what was typed when a page comes back.

/** The texts of this page's scripts, in its language. */
export const words = JSON.parse(document.getElementById('words')?.textContent || '{}');

/** A text with its places filled in. */
export function say(key, values = {}) {
  let text = words[key] ?? `⟦${key}⟧`;
  for (const [name, value] of Object.entries(values)) text = text.replaceAll(`{${name}}`, value);
  return text;
}

/** The token that each request of this session carries. */
export const csrf = document.querySelector('meta[name=csrf]')?.content ?? '';

for (const form of document.querySelectorAll('form[method=post]')) {
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    const question = event.submitter?.dataset.ask ?? form.dataset.ask;
    if (question && !window.confirm(question)) { event.preventDefault(); return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
  });
}

// A form that was refused comes back as it was typed.
const typed = JSON.parse(document.getElementById('typed')?.textContent || 'null');

/** Whether a form is the one that was refused: some pages have several with one address. */
function isRefused(form) {
  const own = ['csrf', 'key', 'back', 'basis'];
  return form.getAttribute('action') === typed.action
    && [...form.querySelectorAll('input[type=hidden]')].every(({ name, value }) =>
      own.includes(name) || typed.fields.some((field) => field[0] === name && field[1] === value));
}

function fill(form) {
  const left = typed.fields.map((field) => [...field]);
  for (const element of form.elements) {
    const { name, type } = element;
    if (!name || ['hidden', 'password', 'file', 'submit', 'button'].includes(type)) continue;
    if (type === 'checkbox' || type === 'radio') {
      element.checked = left.some((field) => field[0] === name && field[1] === element.value);
      continue;
    }
    const place = left.findIndex((field) => field[0] === name);
    if (place < 0) continue;
    const [[, value]] = left.splice(place, 1);
    if (element.value === value) continue;
    element.value = value;
    for (let part = element.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
  }
}

if (typed) for (const form of document.querySelectorAll('form[method=post]')) if (isRefused(form)) fill(form);

// A page that comes back from the browser's memory was sent long ago: it may be sent again.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) window.location.reload();
});

// The wheel never changes a number, and Enter in a scanner's field never sends a form.
document.addEventListener('wheel', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.type === 'number') event.target.blur();
}, { passive: true });

// An open group of the menu closes when one clicks or goes elsewhere, and by Escape.
const groups = [...document.querySelectorAll('.grouped details')];
function shut(keep = null) {
  for (const group of groups) if (group !== keep) group.open = false;
}
document.addEventListener('click', (event) => shut(event.target.closest?.('.grouped details')));
for (const group of groups) {
  group.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && group.open) {
      shut();
      group.querySelector('summary').focus();
    } else if (event.key === 'Tab') {
      setTimeout(() => { if (!group.contains(document.activeElement)) shut(); }, 0);
    }
  });
}

// The place where one is stands in sight, and what goes on beyond an edge shows that it does.
const strip = document.querySelector('.top nav:not(.grouped)');
const here = strip?.querySelector('[aria-current]');
if (here) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;

function more(region) {
  const rest = region.scrollWidth - region.clientWidth - region.scrollLeft;
  const edges = [region.scrollLeft > 4 && 'left', rest > 4 && 'right'].filter(Boolean);
  if (edges.length) region.dataset.more = edges.join(' ');
  else delete region.dataset.more;
}

const regions = [strip, ...document.querySelectorAll('.scroll')].filter(Boolean);
const sizes = new ResizeObserver((changed) => { for (const { target } of changed) more(target); });
for (const region of regions) {
  sizes.observe(region);
  region.addEventListener('scroll', () => more(region), { passive: true });
}

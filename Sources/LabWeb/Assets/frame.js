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

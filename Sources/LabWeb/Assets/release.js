// The button says how many negative answers the ticked groups hold, and one tick takes all.
import { say } from './frame.js';

const form = document.querySelector('form[data-negatives]');
if (form) {
  const boxes = [...form.querySelectorAll('input[name=group]')];
  const button = form.querySelector('button.main');
  const all = document.createElement('input');
  all.type = 'checkbox';
  all.setAttribute('aria-label', say('release.all'));
  form.querySelector('[data-all]')?.replaceChildren(all);

  const count = () => {
    const ticked = boxes.filter((box) => box.checked);
    const tubes = ticked.reduce((sum, box) => sum + Number(box.dataset.tubes), 0);
    button.textContent = say(tubes === 1 ? 'release.do.one' : 'release.do', { n: tubes });
    if (tubes === 0) button.setAttribute('aria-disabled', 'true');
    else button.removeAttribute('aria-disabled');
    all.checked = ticked.length === boxes.length;
    all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
  };

  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  form.addEventListener('change', count);
  count();
}

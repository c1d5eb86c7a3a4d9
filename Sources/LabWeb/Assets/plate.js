// The plate picture: arrow keys move between wells, and the panel tells about the well that is
// pointed at or focused.
import { say } from './frame.js';

const names = ['well', 'code', 'kind', 'purpose', 'members', 'pool', 'risk', 'left', 'verdict',
  'reason', 'cq', 'disagrees'];

for (const plate of document.querySelectorAll('.plate')) begin(plate);

function begin(plate) {
  const rows = [...plate.querySelectorAll('.wells tbody tr')]
    .map((row) => [...row.querySelectorAll('.well')]);
  const panel = plate.querySelector('.well-detail dl');
  const hint = plate.querySelector('.well-detail .hint');
  const wells = rows.flat();
  // One well stands in the order of the tab key; the arrows reach the others.
  let current = wells.find((well) => well.dataset.ofCode) ?? wells[0];
  if (!current) return;
  for (const well of wells) well.tabIndex = well === current ? 0 : -1;

  const tell = (well) => {
    panel.replaceChildren(...names.flatMap((name) => {
      const value = well.dataset[`of${name[0].toUpperCase()}${name.slice(1)}`];
      if (!value) return [];
      const term = document.createElement('dt');
      term.textContent = say(`plate.${name}`);
      const text = document.createElement('dd');
      const parts = name === 'members' ? value.split(' ') : [value];
      text.append(...parts.flatMap((part, index) => {
        const line = document.createElement('span');
        line.textContent = part;
        if (['code', 'members', 'pool', 'well'].includes(name)) line.className = 'code';
        return index ? [document.createElement('br'), line] : [line];
      }));
      return [term, text];
    }));
    panel.hidden = false;
    hint.hidden = true;
  };

  const go = (row, column) => {
    const well = rows[row]?.[column];
    if (!well) return;
    current.tabIndex = -1;
    current.removeAttribute('aria-describedby');
    current = well;
    well.tabIndex = 0;
    tell(well);
    well.setAttribute('aria-describedby', panel.id);
    well.focus();
  };

  const place = (well) => {
    const row = rows.findIndex((row) => row.includes(well));
    return [row, row < 0 ? -1 : rows[row].indexOf(well)];
  };

  const table = plate.querySelector('.wells');
  table.addEventListener('keydown', (event) => {
    const well = event.target.closest('.well');
    if (!well || event.altKey || event.metaKey) return;
    const [row, column] = place(well);
    const [lastRow, lastColumn] = [rows.length - 1, rows[row].length - 1];
    const to = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      Home: event.ctrlKey ? [0, 0] : [row, 0],
      End: event.ctrlKey ? [lastRow, lastColumn] : [row, lastColumn],
      PageUp: [0, column], PageDown: [lastRow, column],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    go(...to);
  });
  table.addEventListener('focusin', (event) => {
    const well = event.target.closest('.well');
    if (well && well !== current) go(...place(well));
    else if (well) { tell(well); well.setAttribute('aria-describedby', panel.id); }
  });
  table.addEventListener('mouseover', (event) => {
    const well = event.target.closest('.well');
    if (well) tell(well);
  });
  // What the keyboard stands on is told again when the pointer leaves.
  table.addEventListener('mouseleave', () => {
    if (plate.contains(document.activeElement)) tell(current);
  });
  table.addEventListener('click', (event) => {
    const well = event.target.closest('.well');
    if (well) go(...place(well));
  });
}

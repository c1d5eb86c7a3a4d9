// A plan of pools is changed by keyboard or by drag; every change can be taken back.
import { say } from './frame.js';

// Where nothing can be moved there is no bar, and nothing to do.
const plan = document.querySelector('#plan:has(.bar)');
const says = plan?.querySelector('.says');
const undo = plan?.querySelector('.undo');
const submit = plan?.querySelector('button.main');
const done = [];
let isMoving = false;

const fieldOf = (tube) => tube.querySelector('.to');
const numberOf = (tube) => tube.closest('.card').dataset.pool;
const classOf = (node) => node.closest('.poolclass');
const tubesOf = (card) => card.querySelectorAll('.tube').length;
const shown = (number) => (number === '0' ? '' : number);

function tell(text, isBad = false) {
  says.textContent = text;
  says.classList.toggle('bad', isBad);
}

/** The card of a number in any class; nil when there is none. */
const cardOf = (number) => plan.querySelector(`.card[data-pool="${number}"]:not([data-pool="0"])`);

function newCard(owner, number) {
  const card = document.getElementById('card').content.firstElementChild.cloneNode(true);
  const name = say('pools.number', { n: number });
  card.dataset.pool = number;
  card.dataset.made = 'yes';
  card.setAttribute('aria-label', name);
  card.querySelector('.name').textContent = name;
  owner.querySelector('.card.single').before(card);
  return card;
}

/** Counts each card's tubes and holds them against its limits. */
function count() {
  let formed = plan.querySelectorAll('input[name^="rest."]').length;
  let bad = 0;
  for (const card of plan.querySelectorAll('.card:not(.new)')) {
    const n = tubesOf(card);
    const fill = card.querySelector('.fill');
    if (card.dataset.pool === '0') { fill.textContent = say('pools.tubes', { n }); continue; }
    const most = Number(classOf(card).dataset.most);
    const isAlone = n === 1 && !plan.dataset.one;
    card.classList.toggle('bad', n > most || isAlone);
    card.classList.toggle('warn', n === 0);
    fill.textContent = n > most ? say('pools.over', { n, most })
      : isAlone ? say('pools.alone')
      : n === 0 ? say('pools.empty') : say('pools.fill', { n, most });
    if (n > 0) formed += 1;
    if (n > most || isAlone) bad += 1;
  }
  submit.textContent = say('pools.form', { n: formed });
  submit.setAttribute('aria-disabled', String(bad > 0 || formed === 0));
  undo.disabled = done.length === 0;
}

/** Why a tube may not go to a number; nil when it may. */
function obstacle(tube, number) {
  if (number === '0') return null;
  const card = cardOf(number);
  if (!card) return null;
  if (classOf(card) !== classOf(tube)) return say('pools.otherClass', { n: number });
  const most = Number(classOf(tube).dataset.most);
  return tubesOf(card) >= most ? say('pools.full', { n: number, most }) : null;
}

function put(tube, card, before = null) {
  card.querySelector('ol').insertBefore(tube, before);
  fieldOf(tube).value = shown(card.dataset.pool);
  tube.classList.add('moved');
}

/** Moves a tube to a pool, out of its pool ("0") or into a new one ("+"). */
function move(tube, wanted) {
  const owner = classOf(tube);
  const isNew = wanted === '+' || (wanted !== '0' && !cardOf(wanted));
  const number = isNew ? plan.dataset.free : wanted;
  const field = fieldOf(tube);
  const from = tube.closest('.card');
  if (number === from.dataset.pool) { field.value = shown(number); return; }
  const why = obstacle(tube, number);
  if (why) { field.value = shown(from.dataset.pool); tell(why, true); return; }
  const card = isNew ? newCard(owner, number)
    : number === '0' ? owner.querySelector('.card.single') : cardOf(number);
  if (isNew) plan.dataset.free = String(Number(number) + 1);
  done.push({ tube, from, next: tube.nextElementSibling, wasMoved: tube.classList.contains('moved') });
  put(tube, card);
  count();
  tell(say(number === '0' ? 'pools.nowSingly' : 'pools.nowIn', { tube: tube.dataset.tube, n: number }));
}

function takeBack() {
  const last = done.pop();
  if (!last) return;
  const left = last.tube.closest('.card');
  put(last.tube, last.from, last.next);
  last.tube.classList.toggle('moved', last.wasMoved);
  if (left.dataset.made && tubesOf(left) === 0) {
    plan.dataset.free = left.dataset.pool;
    left.remove();
  }
  count();
  tell(say('pools.undone', { tube: last.tube.dataset.tube }));
  fieldOf(last.tube).focus();
}

/** Shows a tube whose barcode was scanned or typed. */
function find(code) {
  const tube = [...plan.querySelectorAll('.tube')].find((own) => own.dataset.tube === code);
  for (const other of plan.querySelectorAll('.found')) other.classList.remove('found');
  if (!tube) { tell(say('pools.notHere', { tube: code }), true); return false; }
  tube.classList.add('found');
  tube.scrollIntoView({ block: 'center' });
  fieldOf(tube).focus();
  fieldOf(tube).select();
  const n = numberOf(tube);
  tell(say(n === '0' ? 'pools.isSingly' : 'pools.isIn', { tube: code, n }));
  return true;
}

/** Takes what was typed into a tube's field: a number, nothing, "+", or a scan meant elsewhere. */
function commit(field) {
  // A field that is moved loses the focus, and says once more that it was changed.
  if (isMoving) return;
  isMoving = true;
  try { take(field); } finally { isMoving = false; }
}

function take(field) {
  const tube = field.closest('.tube');
  const text = field.value.trim().toUpperCase();
  if (text === shown(numberOf(tube))) return;
  if (text === '' || /^0+$/.test(text)) move(tube, '0');
  else if (text === '+' || text === 'N') move(tube, '+');
  else if (/^\d{1,4}$/.test(text)) move(tube, String(Number(text)));
  else { field.value = shown(numberOf(tube)); find(text); }
}

function onKey(event) {
  const field = event.target;
  if (field.id === 'find') {
    if (event.key !== 'Enter') return;
    // A scanner ends with Enter: it never sends the form.
    event.preventDefault();
    if (field.value.trim()) find(field.value.trim().toUpperCase());
    field.value = '';
    return;
  }
  if (!field.matches?.('.to')) return;
  if (event.key === 'Enter') {
    event.preventDefault();
    commit(field);
    // A scan has led to another tube; a number leaves the eye where it was.
    if (!document.activeElement?.matches('.to')) field.focus();
    document.activeElement.select();
  }
  if (event.key === 'Escape') field.value = shown(numberOf(field.closest('.tube')));
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    const all = [...plan.querySelectorAll('.to')];
    const next = all[all.indexOf(field) + (event.key === 'ArrowDown' ? 1 : -1)];
    next?.focus();
    next?.select();
  }
}

function drags() {
  let dragged = null;
  const over = (card) => {
    for (const own of plan.querySelectorAll('.over')) own.classList.remove('over');
    card?.classList.add('over');
  };
  const target = (event) => {
    const card = event.target.closest?.('.card');
    if (!dragged || !card || card === dragged.closest('.card')) return null;
    if (card.dataset.pool === '+' || card.dataset.pool === '0') {
      return classOf(card) === classOf(dragged) ? card : null;
    }
    const why = obstacle(dragged, card.dataset.pool);
    if (why) tell(why, true);
    return why ? null : card;
  };
  plan.addEventListener('dragstart', (event) => {
    dragged = event.target.closest?.('.tube');
    if (!dragged) return;
    event.dataTransfer.setData('text/plain', dragged.dataset.tube);
    event.dataTransfer.effectAllowed = 'move';
    dragged.classList.add('dragged');
  });
  plan.addEventListener('dragover', (event) => {
    const card = target(event);
    over(card);
    if (card) event.preventDefault();
  });
  plan.addEventListener('drop', (event) => {
    // A drop never writes a barcode into a field.
    event.preventDefault();
    const card = target(event);
    if (card) move(dragged, card.dataset.pool);
  });
  plan.addEventListener('dragend', () => {
    dragged?.classList.remove('dragged');
    dragged = null;
    over(null);
  });
}

if (plan) {
  for (const part of plan.querySelectorAll('.scripted')) part.hidden = false;
  for (const part of plan.querySelectorAll('.plain')) part.hidden = true;
  for (const tube of plan.querySelectorAll('.poolclass:has(.card.single) .tube')) {
    tube.draggable = true;
    const out = document.createElement('button');
    out.type = 'button';
    out.className = 'quiet out';
    out.textContent = '×';
    out.title = say('pools.takeOut', { tube: tube.dataset.tube });
    out.setAttribute('aria-label', out.title);
    fieldOf(tube).after(out);
  }
  plan.addEventListener('keydown', onKey);
  plan.addEventListener('change', (event) => { if (event.target.matches('.to')) commit(event.target); });
  plan.addEventListener('focusin', (event) => { if (event.target.matches('.to')) event.target.select(); });
  plan.addEventListener('click', (event) => {
    if (event.target.matches('.out')) move(event.target.closest('.tube'), '0');
    if (event.target === undo) takeBack();
    if (event.target === submit && submit.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
      tell(say('pools.cannot'), true);
    }
  });
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.matches?.('input') && event.target.value !== event.target.defaultValue
      && !event.target.matches('.to');
    if ((event.ctrlKey || event.metaKey) && event.key === 'z' && !isTyping && done.length) {
      event.preventDefault();
      takeBack();
    }
  });
  drags();
  count();
}

// The sampling desk: people into tubes. Whatever is done is kept on this device first and sent to
// the laboratory behind it.

import { say } from './frame.js';
import { fillTold, guard, stayHere } from './desk-fields.js';
import { barcode, capitals, card, isDocument, isSlip, spoken, tail } from './desk-people.js';
import { people as read } from './desk-roster.js';
import { DeskSender } from './desk-sender.js';
import { DeskStore } from './desk-store.js';
import { changed, clock, dayOf, find, keepTime, show, told } from './desk-status.js';
import { listen, normalised } from './scanner.js';
import { mute, muted } from './sounds.js';

const page = JSON.parse(document.getElementById('desk').textContent);
const day = 86400000;

let store;
let sender;
let handle = page.handle;
let roster = [];
/** Marks of roster people who are in a tube. */
let bound = new Map();
/** The open tube with its people, and who was scanned before any tube; the tube that was closed
 *  last, which may be opened again, and the number of the entry that did so. */
let state = { tube: '', ratio: 10, people: [], waiting: [], last: null, reopened: 0 };
/** What was scanned and needs one more word: a person to confirm, a tube to open after closing, a
 *  person who waits for the sending unit. */
let asked = null;
/** Who was bound lately by their entry's number, until the page is left: what the laboratory says
 *  of an entry is told with a name. */
const recent = new Map();
/** Marks of people whom somebody has said to swab again: they are not asked about a second time. */
const sure = new Set();

function ratio() { return state.people.length > 0 ? state.ratio : Number(find('ratio').value); }

function settings() {
  const value = (id) => find(id).value.trim();
  return { unit: value('unit'), site: value('site'), box: value('box'), risk: value('risk'), ratio: Number(value('ratio')) };
}

function draw() {
  find('tube-code').textContent = state.tube || say('desk.noTube');
  find('tube-count').textContent = say('desk.count', { n: state.people.length, of: ratio() });
  find('fill').max = ratio();
  find('fill').value = state.people.length;
  const rows = [...state.people.map((one) => [one, false]), ...state.waiting.map((one) => [one, true])];
  find('people').replaceChildren(...rows.map(([one, isWaiting]) => {
    const item = document.createElement('li');
    item.textContent = `${one.name} ${tail(one.number)}${isWaiting ? ` · ${say('desk.waitsForTube')}` : ''}`;
    if (!isWaiting) item.append(' ', backButton(one));
    return item;
  }));
  find('undo').disabled = rows.length === 0 && (!state.last || Boolean(state.tube));
  find('close').disabled = !state.tube || state.people.length === 0;
  find('put-away').hidden = !state.tube || state.people.length > 0;
  const mayReopen = state.last && rows.length === 0;
  find('reopen').hidden = !mayReopen;
  if (mayReopen) find('reopen').textContent = say('desk.reopen', { tube: state.last.tube });
  find('ratio').disabled = state.people.length > 0;
  find('risk').disabled = state.people.length > 0;
  find('settings-line').textContent = [find('unit').value, find('site').value, find('ratio').selectedOptions[0]?.textContent, find('risk').selectedOptions[0]?.textContent].filter(Boolean).join(' · ');
  if (roster.length > 0) { cancelAnimationFrame(drawing); drawing = requestAnimationFrame(drawRoster); }
  clearTimeout(summing);
  summing = setTimeout(drawDay, 300);
}

let summing = 0;

/** A mistake further back is taken back by itself, while its tube is open. */
function backButton(one) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = '↶';
  button.title = say('desk.takeBack');
  button.setAttribute('aria-label', `${say('desk.takeBack')} ${one.name} ${tail(one.number)}`);
  button.addEventListener('click', () => queued(() => { unasked(); return takeBack(one.sequence); }));
  return button;
}

/** What this device did today: people, tubes that are closed, and what is not sent. */
async function drawDay() {
  const [seen, waiting] = await Promise.all([store.allSeen(), store.waitingPeople()]);
  const today = seen.filter((one) => dayOf(one.at) === dayOf(Date.now()));
  const tubes = today.filter((one) => one.mark.startsWith('tube ')).length;
  find('day').textContent = say('desk.day', { people: today.length - tubes, tubes, waiting });
}

let drawing = 0;

/** Keeps one entry together with what the desk looks like after it. */
function record(what, tube, options = {}) {
  const sequence = options.sequence ?? store.number();
  find('connection').dataset.waiting = Number(find('connection').dataset.waiting) + 1;
  const kept = store.record({
    sequence, what: { ...what, tube }, state, device: Date.now(), by: handle,
    offset: sender.offset(page.tolerance), see: options.see, forget: options.forget,
  });
  kept.then(() => sender.wake(), () => {
    show('bad', say('desk.full'), say('desk.fullDetail'));
    document.querySelector('.desk').inert = true;
  });
  return kept;
}

async function bind(person) {
  const mark = await store.mark(person.number);
  const sequence = store.number();
  const now = Date.now();
  state.ratio = ratio();
  state.people = [...state.people, { name: person.name, number: person.number, mark, sequence, at: now }];
  bound.set(mark, state.tube);
  const set = settings();
  await record(
    { kind: 'bind', person, ratio: state.ratio, risk: set.risk, unit: set.unit, site: set.site, box: set.box },
    state.tube, { sequence, see: [{ mark, tube: state.tube, at: now }] });
  recent.set(sequence, { person, mark, tube: state.tube });
  if (recent.size > 200) recent.delete(recent.keys().next().value);
  const left = state.ratio - state.people.length;
  show('good', `${state.people.length}/${state.ratio} ${person.name}`, left === 0 ? say('desk.nextTube') : say('desk.left', { n: left }), tail(person.number));
  draw();
}

/** A person who was scanned, chosen or typed. */
async function meet(person, isSure = false) {
  if (!find('unit').value.trim()) {
    asked = { person, isSure, needs: 'unit' };
    find('settings').open = true;
    show('warn', say('desk.needsUnit'), person.name, tail(person.number));
    find('unit').focus();
    return;
  }
  const mark = await store.mark(person.number);
  if (state.people.some((one) => one.mark === mark) || state.waiting.some((one) => one.number === person.number)) {
    show('again', say('desk.twice'), person.name, tail(person.number));
    return;
  }
  if (isSure) sure.add(mark);
  const seen = await store.seen(mark);
  if (seen && seen.at > Date.now() - day / 2 && !isSure) {
    asked = { person };
    find('sure').hidden = false;
    show('again', say('desk.seen', { tube: seen.tube, time: clock(seen.at) }), person.name, tail(person.number));
    return;
  }
  if (!person.name) { ask(person); return; }
  if (state.tube && state.people.length >= ratio()) await close(null);
  if (!state.tube) {
    if (state.waiting.length >= ratio()) { show('warn', say('desk.tubeFirst')); return; }
    state.waiting = [...state.waiting, person];
    await store.keep('state', state);
    show('wait', say('desk.scanTube'), person.name, tail(person.number));
    draw();
    return;
  }
  await bind(person);
}

/** Asks for what a card reader does not tell. */
function ask(person) {
  find('person').open = true;
  find('person-number').value = person.number;
  find('person-type').value = person.type ?? 'resident-id';
  find('person-name').value = person.name ?? '';
  fillTold();
  show('wait', say('desk.needsName'), '', tail(person.number));
  find('person-name').focus();
}

async function takeTube(code) {
  if (code === state.tube) { show('again', say('desk.sameTube'), '', code); return; }
  const seen = await store.seen(`tube ${code}`);
  if (seen) { show('bad', say('desk.tubeUsed', { time: clock(seen.at) }), '', code); return; }
  if (state.tube && state.people.length > 0) {
    if (state.people.length < state.ratio) {
      asked = { tube: code };
      find('reasons').hidden = false;
      show('warn', say('desk.notFull', { n: state.people.length, of: state.ratio }), say('desk.whyClose'), state.tube);
      find('reasons').querySelector('button').focus();
      return;
    }
    await close(null);
  }
  state = { ...state, tube: code, ratio: Number(find('ratio').value), people: [] };
  await store.keep('state', state);
  show('good', say('desk.tubeOpen'), say('desk.left', { n: state.ratio }), code);
  draw();
  await bindWaiting();
}

/** Whoever was scanned before the tube is in it. */
async function bindWaiting() {
  while (state.tube && state.waiting.length > 0) {
    const [first, ...rest] = state.waiting;
    state.waiting = rest;
    await bind(first);
  }
}

async function close(reason) {
  const { tube, people, ratio: size } = state;
  find('reasons').hidden = true;
  if (!tube || people.length === 0) return;
  const isSpoiled = reason === 'spoiled';
  state = fresh();
  if (!isSpoiled) state.last = { tube, people, ratio: size };
  if (isSpoiled) for (const one of people) bound.delete(one.mark);
  await record({ kind: 'close', counted: people.length, reason }, tube, {
    see: [{ mark: `tube ${tube}`, tube, at: Date.now() }],
    forget: isSpoiled ? people.map((one) => one.mark) : [],
  });
  show(isSpoiled ? 'undone' : 'good', say('desk.closed', { n: people.length }), isSpoiled ? say('desk.spoiled') : say('desk.nextTube'), tube);
  draw();
}

/** A desk without a tube. */
function fresh() {
  return { tube: '', ratio: Number(find('ratio').value), people: [], waiting: [], last: null, reopened: 0 };
}

/** The tube that was closed last is opened again with everybody in it; the laboratory says when it
 *  is too late (DESK-20). */
async function reopen() {
  const { last } = state;
  if (!last || state.people.length + state.waiting.length > 0) { show('warn', say('desk.nothingToUndo')); return; }
  const sequence = store.number();
  state = { ...state, ...last, last: null, reopened: sequence };
  find('ratio').value = last.ratio;
  await record({ kind: 'reopen' }, last.tube, { sequence, forget: [`tube ${last.tube}`] });
  show('undone', say('desk.reopened'), say('desk.left', { n: Math.max(0, last.ratio - last.people.length) }), last.tube);
  draw();
}

/** The laboratory has the tube, or it is on its way: it stays closed, and the next one is scanned. */
async function staysClosed(answer) {
  const { tube } = state;
  state = { ...state, tube: '', people: [], last: null, reopened: 0 };
  await store.keep('state', state);
  await store.see({ mark: `tube ${tube}`, tube, at: Date.now() });
  show('bad', say('desk.staysClosed'), answer.message, tube);
  draw();
}

/** An open tube into which nobody was swabbed is put away: another may be scanned. */
async function putAway() {
  if (!state.tube || state.people.length > 0) return;
  const { tube } = state;
  state = { ...state, tube: '' };
  await store.keep('state', state);
  show('undone', say('desk.putAway'), '', tube);
  draw();
}

/** The laboratory's word on an entry. Who was swabbed elsewhere shortly before is asked about, loudly
 *  and by name, while their tube is open. */
function answered(answer) {
  if (answer.isOnItsWay && answer.sequence === state.reopened) queued(() => staysClosed(answer));
  const known = recent.get(answer.sequence);
  const who = known && `${known.person.name} ${tail(known.person.number)}`;
  told(answer, who);
  clearTimeout(summing);
  summing = setTimeout(drawDay, 300);
  if (!answer.again || !known || sure.has(known.mark)) return;
  queued(() => {
    // Another question stands there: the list says it with the name.
    if (asked) return;
    const isOpen = state.people.some((one) => one.mark === known.mark && one.sequence === answer.sequence);
    const where = say('desk.elsewhere', { tube: answer.again });
    show('again', known.person.name, isOpen ? `${where} · ${say('desk.undoOrKeep')}` : where, tail(known.person.number));
    if (!isOpen) return;
    asked = { again: answer.sequence };
    find('again').hidden = false;
  });
}

/** Takes back one person of the open tube by their entry's number. */
async function takeBack(sequence) {
  const one = state.people.find((each) => each.sequence === sequence);
  if (!one) { show('warn', say('desk.nothingToUndo')); return; }
  state.people = state.people.filter((each) => each !== one);
  bound.delete(one.mark);
  await record({ kind: 'undo', of: one.sequence }, state.tube, { forget: [one.mark] });
  show('undone', say('desk.undone'), one.name, tail(one.number));
  draw();
}

/** Takes away every question that waits for an answer. */
function unasked() {
  asked = null;
  for (const id of ['sure', 'again', 'reasons']) find(id).hidden = true;
}

async function undo() {
  unasked();
  if (state.waiting.length > 0) {
    const last = state.waiting.at(-1);
    state.waiting = state.waiting.slice(0, -1);
    await store.keep('state', state);
    show('undone', say('desk.undone'), last.name, tail(last.number));
  } else if (state.people.length > 0) await takeBack(state.people.at(-1).sequence);
  else if (!state.tube && state.last) await reopen();
  else show('warn', say('desk.nothingToUndo'));
  draw();
}

/** One scan or typed line. */
async function take(line) {
  unasked();
  const person = spoken(line);
  const code = normalised(line);
  const known = roster.find((one) => one.number === (person?.number ?? capitals(line)) || (one.code && one.code === line.trim()));
  if (known) await meet(known);
  else if (person && !person.isMisread) await meet({ name: person.name, number: person.number, type: 'resident-id' });
  else {
    const kind = barcode(code, page.barcodes);
    if (kind === 'tube') await takeTube(code);
    else if (person) show('bad', say('desk.cardMisread'), '', tail(person.number));
    else if (kind === 'misread') show('bad', say('desk.tubeMisread'), '', code);
    else show('warn', say('desk.neither'), '', code.slice(0, 24));
  }
}

/** Scans wait for each other: a tube that comes right behind a person finds them in their place. */
let working = Promise.resolve();
let underWay = 0;
function queued(work) {
  underWay += 1;
  working = working.then(work)
    .catch((problem) => { show('bad', say('desk.full'), String(problem?.name ?? '')); })
    .finally(() => { underWay -= 1; });
}
window.addEventListener('beforeunload', (event) => { if (underWay > 0) event.preventDefault(); });

function drawRoster() {
  find('roster-part').hidden = roster.length === 0;
  const group = find('roster-group').value;
  const wanted = find('roster-search').value.trim().toLowerCase();
  const fits = roster.filter((one) => (!group || one.group === group)
    && (!wanted || one.name.toLowerCase().includes(wanted) || one.code === wanted || one.number.toLowerCase().endsWith(wanted)));
  const open = fits.filter((one) => !bound.has(one.mark));
  find('roster-count').textContent = say('desk.rosterCount', { n: fits.length - open.length, of: fits.length });
  find('roster-list').replaceChildren(...open.slice(0, 40).map((one) => {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${one.name} ${tail(one.number)}`;
    button.addEventListener('click', () => queued(() => meet(one)));
    item.append(button);
    return item;
  }));
}

async function useRoster(people) {
  roster = await Promise.all(people.map(async (one) => ({ ...one, mark: await store.mark(one.number) })));
  const groups = [...new Set(roster.map((one) => one.group).filter(Boolean))];
  find('roster-group').replaceChildren(...['', ...groups].map((group) => new Option(group || say('desk.allGroups'), group)));
  draw();
  drawRoster();
}

async function load(file) {
  const { people, faults } = read(new Uint8Array(await file.arrayBuffer()), roster);
  const list = find('roster-faults');
  list.replaceChildren(...faults.slice(0, 20).map(({ line, code }) => {
    const item = document.createElement('li');
    item.textContent = say(`desk.fault.${code}`, { line });
    return item;
  }));
  if (people.length > 0) {
    await store.keep('roster', people);
    await useRoster(people);
  }
  find('roster-note').textContent = say('desk.rosterLoaded', { n: people.length, faults: faults.length });
}

function met(hello) {
  handle = hello.handle;
  keepTime({ ahead: sender.clock.offset });
  const isWrong = Math.abs(sender.clock.offset) > page.tolerance;
  const isElsewhere = -new Date().getTimezoneOffset() !== page.zone;
  find('clock').hidden = !isWrong && !isElsewhere;
  find('clock').textContent = [
    isWrong ? say('desk.clockWrong', { n: Math.round(Math.abs(sender.clock.offset) / 60000) }) : '',
    isElsewhere ? say('desk.zoneWrong') : '',
  ].filter(Boolean).join(' ');
}

function renumbered(numbers) {
  for (const one of [...state.people, ...state.last?.people ?? []]) one.sequence = numbers.get(one.sequence) ?? one.sequence;
  state.reopened = numbers.get(state.reopened) ?? state.reopened;
  const moved = [...recent].map(([sequence, one]) => [numbers.get(sequence) ?? sequence, one]);
  recent.clear();
  for (const [sequence, one] of moved) recent.set(sequence, one);
  store.keep('state', state);
}

function hear() {
  listen(find('scan'), (line) => queued(() => take(line)));
  find('undo').addEventListener('click', () => queued(undo));
  find('close').addEventListener('click', () => queued(async () => {
    if (state.people.length >= state.ratio) await close(null);
    else if (state.people.length > 0) { find('reasons').hidden = false; find('reasons').querySelector('button').focus(); }
  }));
  for (const button of document.querySelectorAll('[data-reason]')) {
    button.addEventListener('click', () => queued(async () => {
      const next = asked?.tube;
      asked = null;
      await close(button.dataset.reason);
      if (next) await takeTube(next);
      find('scan').focus();
    }));
  }
  find('sure').addEventListener('click', () => queued(async () => {
    const person = asked?.person;
    asked = null;
    find('sure').hidden = true;
    if (person) await meet(person, true);
  }));
  find('put-away').addEventListener('click', () => queued(putAway));
  find('reopen').addEventListener('click', () => queued(async () => { unasked(); await reopen(); find('scan').focus(); }));
  find('again-undo').addEventListener('click', () => queued(async () => {
    const sequence = asked?.again;
    unasked();
    if (sequence) await takeBack(sequence);
    find('scan').focus();
  }));
  find('again-keep').addEventListener('click', () => queued(() => {
    const known = recent.get(asked?.again);
    unasked();
    if (known) sure.add(known.mark);
    if (known) show('good', say('desk.kept'), known.person.name, tail(known.person.number));
    find('scan').focus();
  }));
  for (const field of ['unit', 'site', 'box'].map(find)) {
    guard(field, page.barcodes, {
      refused: () => show('bad', say(field.id === 'box' ? 'desk.noBox' : 'desk.noName'), say('desk.noNameDetail')),
      taken: () => named(field),
    });
  }
  find('person-number').addEventListener('input', fillTold);
  stayHere(isOnline, {
    stay: () => { show('warn', say('desk.stay'), say('desk.stayDetail')); find('scan').focus(); sender.wake(); },
    signOutWaits: () => show('warn', say('desk.signOutWaits'), say('desk.stayDetail')),
  });
  find('person-form').addEventListener('submit', (event) => { event.preventDefault(); queued(typed); });
  for (const id of ['risk', 'ratio']) {
    find(id).addEventListener('change', () => { store.keep('settings', settings(), false); draw(); });
  }
  find('roster-file').addEventListener('change', () => { const [file] = find('roster-file').files; if (file) queued(() => load(file)); });
  find('roster-group').addEventListener('change', drawRoster);
  find('roster-search').addEventListener('input', drawRoster);
  find('clear').addEventListener('click', () => queued(clear));
  find('mute').addEventListener('click', () => { mute(!muted()); find('mute').setAttribute('aria-pressed', muted()); });
  find('mute').setAttribute('aria-pressed', muted());
  document.addEventListener('keydown', (event) => {
    if (event.key === 'F2') { event.preventDefault(); queued(undo); }
    if (event.key === 'F4') { event.preventDefault(); find('close').click(); }
  });
}

function isOnline() { return navigator.onLine && find('connection').dataset.trouble !== 'offline'; }

/** The unit, site or box was typed: whoever waited for the unit goes on. */
function named(field) {
  store.keep('settings', settings(), false);
  draw();
  if (field.id !== 'unit' || !field.value.trim() || asked?.needs !== 'unit') return;
  const { person, isSure } = asked;
  asked = null;
  queued(() => meet(person, isSure));
}

/** The person who was typed. */
async function typed() {
  const value = (id) => find(id).value.trim();
  const person = {
    name: value('person-name'), type: value('person-type'), number: capitals(value('person-number')),
    sex: value('person-sex') === 'unknown' ? '' : value('person-sex'), born: value('person-born'), telephone: value('person-telephone'), address: value('person-address'),
  };
  if (!isDocument(person.type, person.number)) {
    show('bad', card(person.number) === 'misread' ? say('desk.cardMisread') : say('desk.documentWrong'));
    find('person-number').focus();
    return;
  }
  find('person-form').reset();
  find('person').open = false;
  find('scan').focus();
  await meet(person);
}

async function clear() {
  const isOpen = state.people.length + state.waiting.length > 0;
  if (isOpen || await store.waiting() > 0) { show('warn', say('desk.clearWaits')); return; }
  // With the marks goes what tells whoever comes twice.
  const isKept = roster.length > 0 || (await store.allSeen()).length > 0;
  if (isKept && !window.confirm(say('desk.clearAsk'))) return;
  if (!(await store.clear())) { show('warn', say('desk.clearWaits')); return; }
  state = fresh();
  bound = new Map();
  await useRoster([]);
  recent.clear();
  find('told').replaceChildren();
  draw();
  show('undone', say('desk.cleared'));
}

async function start() {
  store = await DeskStore.open();
  keepTime({ zone: page.zone });
  sender = new DeskSender(store, { told: answered, changed, met, renumbered });
  const kept = await store.get('settings');
  for (const [name, value] of Object.entries(kept ?? {})) {
    const field = find(name);
    if (!field || field.readOnly || value === undefined) continue;
    if (['unit', 'site', 'box'].includes(name) && isSlip(String(value), page.barcodes, name === 'box')) continue;
    field.value = value;
  }
  state = await store.sealed('state') ?? { ...state, ratio: Number(find('ratio').value) };
  if (state.people.length > 0) find('ratio').value = state.ratio;
  else if (!kept) find('ratio').value = find('ratio').querySelector('[value="10"]') ? 10 : 1;
  await store.forgetBefore(Date.now() - day);
  bound = new Map((await store.allSeen()).map((one) => [one.mark, one.tube]));
  await useRoster(await store.sealed('roster') ?? []);
  find('settings').open = !find('unit').value;
  hear();
  draw();
  changed({ waiting: await store.waiting(), trouble: '' });
  await bindWaiting();
  document.documentElement.dataset.desk = 'ready';
  sender.wake();
  // Kept scans survive a shortage of room only when the browser is asked to.
  navigator.storage?.persist?.();
  // The worker of before answered for this page alone.
  for (const old of await navigator.serviceWorker.getRegistrations()) if (old.scope.endsWith('/desk')) await old.unregister();
  const worker = await navigator.serviceWorker.register('/desk/worker.js', { scope: '/' });
  await navigator.serviceWorker.ready;
  document.documentElement.dataset.offline = worker ? 'ready' : '';
}

if (!window.isSecureContext) find('insecure').hidden = false;
else {
  // One page at a time: two would give the same numbers.
  navigator.locks.request('swabline.desk', { ifAvailable: true }, async (lock) => {
    if (!lock) { find('elsewhere').hidden = false; return; }
    await start();
    await new Promise(() => {});
  });
}

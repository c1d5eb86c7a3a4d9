// The reception: every scan is answered on the page at once and stored behind it.

import { csrf, say } from './frame.js';
import { listen, normalised } from './scanner.js';
import { ScanQueue } from './scan-queue.js';
import { mute, muted, play } from './sounds.js';

const page = JSON.parse(document.getElementById('reception').textContent);
const find = (id) => document.getElementById(id);
// The laboratory's time of day, whatever this device's zone is.
const time = (at) => new Date(at + page.zone * 60000).toLocaleTimeString(page.locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'UTC' });

/** The tubes of the open box by their codes; null while no box is open. */
let box = page.box ?? null;
let tubes = new Map((box?.tubes ?? []).map((tube) => [tube.code, tube]));
/** The tube that was scanned last: undo and reject mean it. */
let last = '';
/** The tube whose rejection was asked for last; asked again it is a double click. */
let rejecting = '';
const lines = new Map();

const signs = { good: '✓', again: '↺', bad: '✗', warn: '?', wait: '…', undone: '↶' };

function show(kind, title, detail, code) {
  const band = find('band');
  band.className = `band ${kind}`;
  find('band-sign').textContent = signs[kind];
  find('band-title').textContent = title;
  find('band-detail').textContent = detail;
  find('band-code').textContent = code;
}

function count() {
  const all = [...tubes.values()];
  const here = all.filter((tube) => tube.state !== 'expected');
  const rejected = all.filter((tube) => tube.state === 'rejected').length;
  const missing = all.filter((tube) => tube.state === 'expected');
  find('counter').textContent = box
    ? say('reception.counter', { n: here.length, of: all.length, missing: missing.length }) : '';
  find('rejected-count').textContent = rejected > 0 ? say('reception.rejectedCount', { n: rejected }) : '';
  find('progress').max = Math.max(all.length, 1);
  find('progress').value = here.length;
  find('box-code').textContent = box?.box ?? '';
  find('box-unit').textContent = box?.unit ?? '';
  find('with-box').hidden = !box;
  find('without-box').hidden = !!box;
  const list = find('missing');
  list.replaceChildren(...missing.slice(0, 60).map((tube) => {
    const item = document.createElement('li');
    item.textContent = tube.code;
    return item;
  }));
  find('missing-title').textContent = say('reception.missingTitle', { n: missing.length });
  if (missing.length > 60) {
    const item = document.createElement('li');
    item.textContent = say('reception.more', { n: missing.length - 60 });
    list.append(item);
  }
  find('close-box').hidden = !box;
  find('close-name').value = box?.box ?? '';
  // A count that is refused comes back to the same box.
  find('close-back').value = box ? `/reception/${encodeURIComponent(box.box)}` : '/reception';
}

/** One line of the protocol; the same entry keeps its line when its answer comes. */
function note(entry, kind, title, detail) {
  let line = lines.get(entry.id);
  if (!line) {
    line = document.createElement('tr');
    lines.set(entry.id, line);
    find('protocol').prepend(line);
    while (find('protocol').rows.length > 400) find('protocol').lastElementChild.remove();
  }
  line.className = kind;
  line.dataset.code = entry.code;
  line.dataset.state = kind;
  // A tube that somebody rejects is settled; a scan that could not be received is not.
  line.dataset.open = entry.kind === 'scan' && (kind === 'warn' || kind === 'bad') ? 'yes' : '';
  const cells = [time(entry.at), signs[kind] + ' ' + title, entry.code, detail];
  line.replaceChildren(...cells.map((text, index) => {
    const cell = document.createElement('td');
    cell.textContent = text;
    if (index === 2) cell.className = 'code';
    return cell;
  }));
  const problems = [...lines.values()].filter((row) => row.dataset.open).length;
  find('problem-count').textContent = problems > 0 ? say('reception.problems', { n: problems }) : '';
}

/** What the page itself knows of a scan, before the server answers. */
function guess(code) {
  const tube = tubes.get(code);
  if (!tube) return ['wait', say('reception.checking'), ''];
  if (tube.state === 'expected') return ['good', say('reception.received'), ''];
  if (tube.state === 'rejected') return ['bad', say('reception.rejectedBefore'), tube.detail ?? ''];
  return ['again', say('reception.again'), tube.detail ?? ''];
}

const queue = new ScanQueue({
  by: page.handle,
  async send(entries) {
    let answer;
    try {
      answer = await fetch('/scans', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
        body: JSON.stringify({ entries: entries.map(({ id, kind, code, box: of, reason }) => ({ id, kind, code, box: of, reason })) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(15000),
      });
    } catch { throw { kind: 'offline' }; }
    if (answer.status === 401 || answer.status === 403 || answer.type === 'opaqueredirect') throw { kind: 'signedOut' };
    if (!answer.ok) throw { kind: 'offline' };
    return (await answer.json()).answers;
  },
  told,
  changed({ waiting, others, trouble }) {
    const state = find('connection');
    state.className = `connection ${trouble || (waiting ? 'busy' : 'online')}`;
    state.textContent = trouble === 'offline' ? say('reception.offline', { n: waiting })
      : trouble === 'signedOut' ? say('reception.signedOut', { n: waiting })
        : waiting > 0 ? say('reception.sending', { n: waiting }) : say('reception.allStored');
    state.dataset.waiting = waiting;
    find('sign-in-again').hidden = trouble !== 'signedOut';
    find('others').hidden = others.length === 0;
    find('others-text').textContent = say('reception.others', { n: others.length, who: [...new Set(others.map((entry) => entry.by))].join(', ') });
  },
});

/** The server's answer to an entry. */
function told(entry, answer) {
  const isLast = entry.id === latest;
  const tube = tubes.get(answer.tube ?? entry.code);
  const before = lines.get(entry.id)?.dataset.state;
  if (tube && answer.state) Object.assign(tube, { state: answer.state, detail: answer.detail });
  if (answer.opens) open(answer.opens);
  if (entry.kind === 'scan' && answer.kind === 'warn' && last === entry.code) last = '';
  note(entry, answer.kind, answer.title, answer.message);
  if (isLast) show(answer.kind, answer.title, answer.message, entry.code);
  // A sound is told once: again only when the server sees it otherwise than the page did.
  if (before !== answer.kind) play(answer.kind === 'good' || answer.kind === 'undone');
  count();
}

let latest = '';

function add(entry, kind, title, detail) {
  const kept = queue.add(entry);
  latest = kept.id;
  find('connection').dataset.waiting = Number(find('connection').dataset.waiting) + 1;
  note(kept, kind, title, detail);
  show(kind, title, detail, entry.code);
  if (kind !== 'wait') play(kind === 'good' || kind === 'undone');
  count();
}

function take(scan) {
  const code = normalised(scan);
  const command = page.commands[code];
  if (command) { obey(command, code); return; }
  if (page.boxes.includes(code)) { open(code); return; }
  const [kind, title, detail] = guess(code);
  const tube = tubes.get(code);
  if (tube?.state === 'expected') Object.assign(tube, { state: 'received', detail: '' });
  rejecting = '';
  // What can be no tube is never what undo and reject mean.
  last = /^[A-Z0-9-]{6,40}$/.test(code) ? code : '';
  add({ kind: 'scan', code, box: box?.box ?? null }, kind, title, detail);
}

function obey(command, code) {
  if (command.kind === 'undo') undo();
  else if (command.kind === 'reject') reject(command.reason);
  else if (command.kind === 'next') leave();
  else if (command.kind === 'close') find('counted').focus();
  else show('warn', say('reception.unknownCommand'), '', code);
}

function undo() {
  rejecting = '';
  if (!last) { refuse(say('reception.nothingToUndo')); return; }
  const tube = tubes.get(last);
  if (tube) Object.assign(tube, { state: tube.state === 'rejected' ? 'received' : 'expected' });
  add({ kind: 'undo', code: last, box: box?.box ?? null }, 'undone', say('reception.undone'), '');
}

function reject(reason) {
  if (!last) { refuse(say('reception.scanFirst')); return; }
  // A second press on the same button is one too many, not another rejection.
  if (rejecting === last) return;
  rejecting = last;
  add({ kind: 'reject', code: last, reason, box: box?.box ?? null }, 'wait', say('reception.rejecting'), page.reasons[reason] ?? '');
}

function refuse(title) {
  show('warn', title, '', '');
  play(false);
}

function leave() {
  box = null;
  tubes = new Map();
  last = '';
  history.pushState(null, '', '/reception');
  show('wait', say('reception.nextBox'), '', '');
  count();
}

/** Opens a box; scans go on meanwhile and are judged by the server. */
async function open(code) {
  if (box?.box !== code) {
    box = { box: code, unit: '', tubes: [] };
    tubes = new Map();
    last = '';
    show('good', say('reception.boxOpened'), '', code);
    play(true);
    history.pushState(null, '', `/reception/${encodeURIComponent(code)}`);
    count();
  }
  await countAgain(code);
}

/** Asks the server how the tubes of the open box stand. */
async function countAgain(code) {
  try {
    const answer = await fetch(`/reception/${encodeURIComponent(code)}/tubes`);
    if (!answer.ok) return;
    const fresh = await answer.json();
    if (box?.box !== code) return;
    box = fresh;
    tubes = new Map(fresh.tubes.map((tube) => [tube.code, tube]));
    // What was scanned in the meantime and is not stored yet is here all the same.
    for (const entry of (await queue.waiting()).own) {
      const tube = tubes.get(entry.code);
      if (tube && entry.kind === 'scan' && tube.state === 'expected') tube.state = 'received';
    }
    count();
  } catch { /* Without the server the box is counted when it is back. */ }
}

// What colleagues scan of the same box is counted here too: not while this page's own scans are
// under way, and not more often than every other second.
let asked = 0;
function others() {
  if (!box || document.hidden || find('connection').dataset.waiting !== '0') return;
  if (Date.now() - asked < 2000) return;
  asked = Date.now();
  countAgain(box.box);
}

listen(find('scan'), take);
find('undo').addEventListener('click', undo);
find('take-over').addEventListener('click', () => queue.takeOver());
for (const button of document.querySelectorAll('[data-reject]')) {
  button.addEventListener('click', () => reject(button.dataset.reject));
}
find('mute').addEventListener('click', () => {
  mute(!muted());
  find('mute').setAttribute('aria-pressed', muted());
});
find('mute').setAttribute('aria-pressed', muted());
document.addEventListener('keydown', (event) => {
  if (event.key === 'F2' || (event.key === 'z' && event.ctrlKey && event.target === find('scan'))) {
    event.preventDefault();
    undo();
  }
});
find('close-form').addEventListener('submit', (event) => {
  const waiting = Number(find('connection').dataset.waiting);
  if (waiting === 0) {
    sessionStorage.setItem('counted', JSON.stringify({ box: box.box, counted: find('counted').value }));
    return;
  }
  event.preventDefault();
  refuse(say('reception.closeWaits', { n: waiting }));
}, true);
window.addEventListener('beforeunload', (event) => {
  // Nothing is lost when the page is left; but whoever leaves while the server is away should know.
  if (find('connection').classList.contains('offline')) event.preventDefault();
});
count();
// A count that was refused stands in its field again, to be mended.
const counted = JSON.parse(sessionStorage.getItem('counted') ?? 'null');
sessionStorage.removeItem('counted');
if (counted && counted.box === box?.box && document.querySelector('.flash.refused')) {
  find('counted').value = counted.counted;
  find('counted').select();
}
new EventSource('/board/events').addEventListener('message', others);
setInterval(others, 15000);
queue.waiting().then(({ own }) => {
  for (const entry of own) {
    const [kind, title, detail] = entry.kind === 'scan' ? guess(entry.code) : ['wait', say('reception.checking'), ''];
    const tube = tubes.get(entry.code);
    if (tube && entry.kind === 'scan' && tube.state === 'expected') tube.state = 'received';
    note(entry, kind, title, detail);
    if (entry.kind === 'scan') last = entry.code;
  }
  count();
  queue.wake();
});

// A scenario's form shows at once the file that it comes to, and what is wrong with it.

import { csrf, say } from './frame.js';

const form = document.getElementById('scenario-form');
const yaml = document.getElementById('yaml');
const faults = document.getElementById('faults');
let typedFile = false;
let timer = 0;
let turn = 0;

function show(found) {
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  faults.replaceChildren();
  if (!found.length) return;
  const box = document.createElement('div');
  box.className = 'flash refused';
  const head = document.createElement('p');
  head.textContent = `✗ ${say('planner.faulty')}`;
  const list = document.createElement('ul');
  for (const fault of found.slice(0, 50)) {
    const item = document.createElement('li');
    const field = fault.field && document.getElementById(fault.field);
    if (field) {
      field.setAttribute('aria-invalid', 'true');
      const link = document.createElement('a');
      link.href = `#${fault.field}`;
      link.textContent = fault.text;
      item.append(link);
    } else item.textContent = fault.text;
    list.append(item);
  }
  box.append(head, list);
  faults.append(box);
}

async function check(fields) {
  const mine = ++turn;
  const body = new URLSearchParams(fields);
  body.set('scenario', form.dataset.scenario);
  body.set('version', form.elements.version.value);
  const answer = await fetch('/planner/check', { method: 'POST', body, headers: { 'X-CSRF-Token': csrf } });
  if (!answer.ok || mine !== turn) return;
  const told = await answer.json();
  show(told.faults);
  if (!typedFile) yaml.value = told.yaml;
}

function later(work) {
  clearTimeout(timer);
  timer = setTimeout(() => work().catch(() => {}), 300);
}

form?.addEventListener('input', () => later(() => {
  typedFile = false;
  return check(new FormData(form));
}));
yaml?.addEventListener('input', () => {
  typedFile = true;
  later(() => check({ yaml: yaml.value, csrf }));
});

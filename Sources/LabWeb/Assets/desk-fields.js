// The fields of a desk that are typed: what slides into them by a scanner, and what a number says.

import { isSlip, told } from './desk-people.js';
import { find } from './desk-status.js';

/** Guards a field that names the unit, the site or the box. Enter goes back to the scans, and a scan
 *  that slid in is taken out again (DESK-11). `refused()` says so, `taken()` keeps what was typed. */
export function guard(field, formats, { refused, taken }) {
  let before = field.value;
  const isTaken = () => {
    if (!isSlip(field.value, formats, field.id === 'box')) {
      before = field.value;
      return true;
    }
    field.value = before;
    refused();
    return false;
  };
  field.addEventListener('focus', () => { before = field.value; });
  field.addEventListener('change', () => { if (isTaken()) taken(); });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    if (isTaken()) find('scan').focus();
    else field.select();
  });
}

/** Fills in sex and day of birth as a resident number says them. */
export function fillTold() {
  const says = find('person-type').value === 'resident-id' && told(find('person-number').value);
  if (!says) return;
  find('person-sex').value = says.sex;
  find('person-born').value = says.born;
}

/** Keeps whoever works without a network on this page: the browser would show its own instead. */
export function stayHere(isOnline, { stay, signOutWaits }) {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || isOnline() || new URL(link.href, window.location.href).pathname === '/desk') return;
    event.preventDefault();
    stay();
  });
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', (event) => {
    if (isOnline()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    signOutWaits();
  }, { capture: true });
}

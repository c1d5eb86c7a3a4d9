// One field takes every scan: Enter ends one, whatever the keyboard layout or input method does.

/** A scan as the laboratory reads it: ASCII capitals, without blanks, control characters and the
 *  symbology identifier (`]C0`) that some scanners send first. */
export function normalised(scan) {
  return scan.normalize('NFKC').replace(/[\u0000-\u001f\u007f\u200b\ufeff]/g, '').trim()
    .replace(/^\][A-Za-z][0-9A-Za-z]/, '').toUpperCase();
}

/** The lines of a pasted rack: one code each, however they are parted. */
export function codes(text) {
  return text.split(/[\r\n\t,;，；、 ]+/).map((part) => part.trim()).filter((part) => part !== '');
}

/** The character of a key by its place on the keyboard, for input methods that keep it for
 *  themselves; scanners type on the American layout. */
function byPlace(event) {
  const code = event.code;
  if (/^Key[A-Z]$/.test(code)) return code[3];
  if (/^(Digit|Numpad)[0-9]$/.test(code) && !event.shiftKey) return code.slice(-1);
  if ((code === 'Minus' && !event.shiftKey) || code === 'NumpadSubtract') return '-';
  return '';
}

/** Gives every scan of `field` to `take`, and keeps the focus there. */
export function listen(field, take) {
  // What an input method held back since the last Enter, told from the keys' places.
  let held = '';
  const finish = (text) => {
    held = '';
    field.value = '';
    if (text.trim() !== '') take(text);
  };
  field.addEventListener('keydown', (event) => {
    const isHeldBack = event.isComposing || event.keyCode === 229 || event.key === 'Process';
    if (event.code === 'Enter' || event.code === 'NumpadEnter' || event.key === 'Enter') {
      event.preventDefault();
      if (held !== '' || isHeldBack) {
        // The composition ends with the focus; what it would have written is thrown away.
        const text = held;
        field.blur();
        field.focus();
        finish(text);
      } else {
        finish(field.value);
      }
    } else if (isHeldBack) {
      if (event.code === 'Backspace') held = held.slice(0, -1);
      else held += byPlace(event);
    } else if (event.key === 'Escape') {
      finish('');
    } else if (event.key === 'Tab' && field.value !== '') {
      // A scanner that ends with Tab means Enter.
      event.preventDefault();
      finish(field.value);
    }
  });
  field.addEventListener('paste', (event) => {
    const pasted = codes(event.clipboardData?.getData('text') ?? '');
    if (pasted.length === 0) return;
    event.preventDefault();
    field.value = '';
    for (const code of pasted) take(code);
  });
  // The focus comes back from everywhere but from where somebody types or chooses.
  const isElsewhere = (element) => element instanceof HTMLElement
    && (element.matches('input:not([type=checkbox]), textarea, select, dialog *'));
  document.addEventListener('focusout', () => {
    setTimeout(() => { if (document.activeElement === document.body) field.focus(); }, 0);
  });
  document.addEventListener('click', (event) => {
    if (!isElsewhere(event.target) && !event.target.closest?.('a, .top summary')) field.focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.target === field || isElsewhere(event.target)) return;
    if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey
      && !(event.key === ' ' && event.target.matches?.('button, a, summary'))) field.focus();
  }, true);
  window.addEventListener('focus', () => {
    if (!isElsewhere(document.activeElement)) field.focus();
  });
  window.addEventListener('afterprint', () => field.focus());
  field.focus();
}

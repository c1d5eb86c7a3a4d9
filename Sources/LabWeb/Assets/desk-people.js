// What a scan or a typed line is: a tube of a known supplier, a resident card, or neither.

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function pure(text) {
  let state = 0;
  for (const one of text.slice(0, -1)) state = (state + Number(one)) * 2 % 11;
  return '0123456789X'[(12 - state) % 11] === text.at(-1);
}

function hybrid(text) {
  let state = 36;
  for (const one of text.slice(0, -1)) {
    const sum = (state + alphabet.indexOf(one)) % 36;
    state = (sum === 0 ? 36 : sum) * 2 % 37;
  }
  return alphabet[(37 - state) % 36] === text.at(-1);
}

function luhn(text) {
  const digits = [...text].reverse().map((one, place) => (/\d/.test(one) ? Number(one) * (place % 2 + 1) : 0));
  return digits.reduce((sum, one) => sum + (one > 9 ? one - 9 : one), 0) % 10 === 0;
}

/** Whether a text is a tube's barcode: 'tube', 'misread' when only its check character is wrong,
 *  'none' for every other text. */
export function barcode(text, formats) {
  let found = 'none';
  for (const format of formats) {
    if (text.length !== format.length || !text.startsWith(format.prefix)) continue;
    const rest = text.slice(format.prefix.length);
    const isShape = format.alphabet === 'alphanumeric' ? /^[0-9A-Z]*$/.test(rest)
      : format.check === 'mod_11_2' ? /^[0-9]*[0-9X]$/.test(rest) : /^[0-9]*$/.test(rest);
    if (!isShape) continue;
    const proves = { none: () => true, mod_11_2: pure, mod_37_36: hybrid, luhn }[format.check];
    if (proves(text)) return 'tube';
    found = 'misread';
  }
  return found;
}

/** Whether a text is the number of a resident card (GB 11643): 'card', 'misread' or 'none'. */
export function card(text) {
  if (!/^\d{17}[\dX]$/.test(text)) return 'none';
  const [year, month, day] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)].map(Number);
  const born = new Date(Date.UTC(year, month - 1, day));
  born.setUTCFullYear(year);
  const isDay = born.getUTCMonth() === month - 1 && born.getUTCDate() === day;
  return isDay && born.getTime() <= Date.now() + 86400000 && pure(text) ? 'card' : 'misread';
}

/** What a resident number says by itself: the day of birth, and the sex by its sequence. */
export function told(number) {
  const text = capitals(number);
  if (card(text) !== 'card') return null;
  return { born: `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`, sex: Number(text[16]) % 2 ? 'male' : 'female' };
}

/** Whether a text that should be a name of a unit or site is a scan: somebody's number, or a
 *  tube's code. Boxes may bear any code, but nobody's number. */
export function isSlip(text, formats, isBox = false) {
  if (/\d{15}/.test(capitals(text))) return true;
  return !isBox && barcode(capitals(text), formats) !== 'none';
}

/** Capitals in ASCII without blanks around them, as the laboratory reads numbers. */
export function capitals(text) { return text.normalize('NFKC').trim().toUpperCase(); }

/** Whether a number can be one of its document; the rules are those of the laboratory. */
export function isDocument(type, number) {
  const text = capitals(number);
  const isCard = card(text) === 'card';
  switch (type) {
    case 'resident-id': return isCard;
    case 'passport': return /^[A-Z0-9]{5,17}$/.test(text);
    case 'hong-kong-macao-permit': return text.length === 18 ? isCard && /^8[12]/.test(text) : /^[HMC](\d{8}|\d{10})$/.test(text);
    case 'taiwan-permit': return text.length === 18 ? isCard && text.startsWith('83') : /^\d{8}$/.test(text);
    case 'foreign-residence-permit': return text.length === 18 ? /^9\d{16}[\dX]$/.test(text) && pure(text) : /^[A-Z]{3}\d{12}$/.test(text);
    case 'birth-certificate': return /^[A-Z0-9]{6,20}$/.test(text);
    default: return text.length >= 1 && [...text].length <= 40;
  }
}

/** A line of a card reader: the number alone, or name and number in any order with anything
 *  between them. */
export function spoken(line) {
  const text = line.normalize('NFKC').trim();
  const parts = text.split(/[\s,;|，；、]+/).filter((part) => part !== '');
  const place = parts.findIndex((part) => card(part.toUpperCase()) !== 'none');
  if (place < 0) return null;
  const number = parts[place].toUpperCase();
  const name = parts.filter((part, index) => index !== place && /\p{L}/u.test(part) && !/\d/.test(part)).join(' ');
  return { number, name, isMisread: card(number) === 'misread' };
}

/** The end of a number, which is enough to tell two people at a desk apart. */
export function tail(number) { return `…${number.slice(-4)}`; }

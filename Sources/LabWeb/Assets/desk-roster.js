// The list of a class, a building or a plan, read on the device itself: people who are not swabbed
// yet are nobody else's business.

import { card, capitals, isDocument } from './desk-people.js';

const headings = {
  name: 'name', 姓名: 'name', document_type: 'type', 证件类型: 'type',
  document_number: 'number', 证件号码: 'number', 证件号: 'number', 身份证号: 'number', 身份证号码: 'number',
  sex: 'sex', 性别: 'sex', birth_date: 'born', 出生日期: 'born',
  telephone: 'telephone', 联系电话: 'telephone', 电话: 'telephone', address: 'address', 住址: 'address',
  person: 'code', 人员编号: 'code', 编号: 'code', 序号: 'code', 学号: 'code',
  unit: 'unit', 单位: 'unit', 班级: 'unit', 楼栋: 'unit', class: 'unit', building: 'unit', group: 'unit',
  list: 'list', tube: 'planned', kind: 'kind', position: 'position', household: 'household', site: 'site', risk: 'risk',
};

const documents = {
  '': 'resident-id', 居民身份证: 'resident-id', 身份证: 'resident-id', 护照: 'passport',
  港澳居民来往内地通行证: 'hong-kong-macao-permit', 港澳通行证: 'hong-kong-macao-permit',
  台湾居民来往大陆通行证: 'taiwan-permit', 台胞证: 'taiwan-permit',
  外国人永久居留身份证: 'foreign-residence-permit', 外国人居留证: 'foreign-residence-permit',
  出生医学证明: 'birth-certificate', 其他: 'other',
};

/** The text of a file in UTF-8, UTF-16 with its mark, or GBK. */
export function decoded(bytes) {
  const mark = bytes[0] === 0xFF && bytes[1] === 0xFE ? 'utf-16le' : bytes[0] === 0xFE && bytes[1] === 0xFF ? 'utf-16be' : '';
  if (mark) return new TextDecoder(mark).decode(bytes);
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return new TextDecoder('gb18030').decode(bytes); }
}

/** The cells of a table, quotes as RFC 4180 has them. */
export function table(text) {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const mark = [',', '\t', ';'].sort((one, other) => head.split(other).length - head.split(one).length)[0];
  const rows = [];
  let row = [];
  let cell = '';
  let isQuoted = false;
  const end = () => { row.push(cell.trim()); cell = ''; };
  for (let at = 0; at < text.length; at += 1) {
    const one = text[at];
    if (isQuoted) {
      if (one !== '"') cell += one;
      else if (text[at + 1] === '"') { cell += one; at += 1; } else isQuoted = false;
    } else if (one === '"' && cell.trim() === '') { cell = ''; isQuoted = true; }
    else if (one === mark) end();
    else if (one === '\n' || one === '\r') {
      if (one === '\r' && text[at + 1] === '\n') at += 1;
      end(); rows.push(row); row = [];
    } else cell += one;
  }
  end();
  rows.push(row);
  return rows;
}

/** The people of a file. `known` is the roster of before: a list of `plan collection` names its
 *  people by their codes alone, and puts them in its order.
 *  Faults are {line, code}, and name nobody. */
export function people(bytes, known = []) {
  const [head, ...rows] = table(decoded(bytes).replace(/^\uFEFF/, ''));
  const columns = head.map((cell) => headings[cell.normalize('NFKC').toLowerCase()] ?? headings[cell] ?? '');
  if (!columns.includes('number') && !columns.includes('code')) return { people: [], faults: [{ line: 1, code: 'heading' }] };
  const byCode = new Map(known.filter((one) => one.code).map((one) => [one.code, one]));
  const faults = [];
  const found = [];
  const numbers = new Set();
  rows.forEach((cells, index) => {
    if (cells.every((cell) => cell === '')) return;
    const row = {};
    columns.forEach((column, place) => { if (column) row[column] = cells[place] ?? ''; });
    const line = index + 2;
    const one = person(row, byCode);
    if (!one.number) faults.push({ line, code: 'number' });
    else if (!isDocument(one.type, one.number)) faults.push({ line, code: 'check' });
    else if (!one.name) faults.push({ line, code: 'name' });
    else if (numbers.has(one.number)) faults.push({ line, code: 'twice' });
    else { numbers.add(one.number); found.push(one); }
  });
  return { people: found, faults };
}

function person(row, byCode) {
  const before = byCode.get(row.code ?? '') ?? {};
  // A resident number can itself be the code of a list.
  const code = row.code ?? '';
  const number = row.number || before.number || (card(capitals(code)) === 'card' ? code : '');
  const type = documents[row.type ?? ''] ?? (row.type || '').toLowerCase();
  return {
    code, number: capitals(number), type: row.number ? type : before.type ?? 'resident-id',
    name: row.name || before.name || '', sex: row.sex || before.sex || '', born: row.born || before.born || '',
    telephone: row.telephone || before.telephone || '', address: row.address || before.address || '',
    group: [row.unit || before.unit, row.list && `${row.list}-${row.planned}`].filter(Boolean).join(' '),
    unit: row.unit || before.unit || '',
  };
}

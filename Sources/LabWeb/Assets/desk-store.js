// What a sampling desk keeps until the laboratory has it. An entry, the open tube and the desk's
// running number become durable together; what names a person is encrypted with a key that no
// script can read out, and is deleted as soon as the laboratory has answered.

const stores = ['meta', 'entries', 'seen'];
const encoder = new TextEncoder();

function opened() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open('swabline-desk', 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('meta');
      asked.result.createObjectStore('entries', { keyPath: 'sequence' });
      asked.result.createObjectStore('seen', { keyPath: 'mark' });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

function finished(request) {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

function committed(transaction) {
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => fail(transaction.error);
    transaction.onerror = () => fail(transaction.error);
  });
}

function random(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class DeskStore {
  static async open() {
    const store = new DeskStore();
    store.database = await opened();
    store.writing = Promise.resolve();
    store.secret = await store.made('secret', () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']));
    store.marker = await store.made('marker', () => crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']));
    store.desk = await store.made('desk', async () => ({ id: random(16), next: 1 }));
    store.fresh = store.desk.next;
    return store;
  }

  /** A value that is made once and kept. */
  async made(name, make) {
    const known = await this.get(name);
    if (known) return known;
    const value = await make();
    const transaction = this.write();
    transaction.objectStore('meta').put(value, name);
    await committed(transaction);
    return value;
  }

  write() { return this.database.transaction(stores, 'readwrite', { durability: 'strict' }); }

  async get(name) {
    return finished(this.database.transaction('meta').objectStore('meta').get(name));
  }

  async seal(value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.secret, encoder.encode(JSON.stringify(value)));
    return { iv, data };
  }

  async unseal(sealed) {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, this.secret, sealed.data);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  /** What a document is known by here without being written down. */
  async mark(text) {
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', this.marker, encoder.encode(text)));
    return btoa(String.fromCharCode(...bytes.slice(0, 18)));
  }

  async sealed(name) {
    const kept = await this.get(name);
    return kept ? this.unseal(kept) : null;
  }

  async keep(name, value, isSealed = true) {
    return this.chain(async () => {
      const kept = value === null ? null : isSealed ? await this.seal(value) : value;
      const transaction = this.write();
      if (kept === null) transaction.objectStore('meta').delete(name);
      else transaction.objectStore('meta').put(kept, name);
      await committed(transaction);
    });
  }

  /** Work on the database, one after the other in the order of the calls. */
  chain(work) {
    const done = this.writing.then(work);
    this.writing = done.catch(() => {});
    return done;
  }

  /** The number that the next entry gets. */
  number() { return this.fresh++; }

  /** Keeps an entry with the state that follows from it.
   *  `see` are marks to remember with what they say, `forget` marks to forget. */
  record({ sequence, what, state, device, offset, by, see = [], forget = [] }) {
    return this.chain(async () => {
      const entry = { sequence, key: random(16), device, offset, by, kind: what.kind, sealed: await this.seal(what) };
      const kept = await this.seal(state);
      const transaction = this.write();
      transaction.objectStore('entries').add(entry);
      transaction.objectStore('meta').put(kept, 'state');
      this.desk = { ...this.desk, next: sequence + 1 };
      transaction.objectStore('meta').put(this.desk, 'desk');
      for (const one of see) transaction.objectStore('seen').put(one);
      for (const mark of forget) transaction.objectStore('seen').delete(mark);
      await committed(transaction);
    });
  }

  /** Remembers a mark with what it says. */
  async see(one) {
    return this.chain(async () => {
      const transaction = this.write();
      transaction.objectStore('seen').put(one);
      await committed(transaction);
    });
  }

  async seen(mark) {
    return finished(this.database.transaction('seen').objectStore('seen').get(mark));
  }

  async allSeen() { return finished(this.database.transaction('seen').objectStore('seen').getAll()); }

  /** Forgets who was seen before a moment. */
  async forgetBefore(moment) {
    const old = (await this.allSeen()).filter((one) => one.at < moment);
    await this.chain(async () => {
      const transaction = this.write();
      for (const one of old) transaction.objectStore('seen').delete(one.mark);
      await committed(transaction);
    });
  }

  async waiting() { return finished(this.database.transaction('entries').objectStore('entries').count()); }

  /** How many people wait to be sent: entries of before this version do not say what they are. */
  async waitingPeople() {
    const kept = await finished(this.database.transaction('entries').objectStore('entries').getAll());
    const of = (kind) => kept.filter((entry) => entry.kind === kind).length;
    return Math.max(0, of('bind') - of('undo'));
  }

  /** The first entries that wait, opened. */
  async first(most) {
    const kept = await finished(this.database.transaction('entries').objectStore('entries').getAll(null, most));
    return Promise.all(kept.map(async (entry) => {
      const { sealed, ...rest } = entry;
      return { ...rest, ...(await this.unseal(sealed)) };
    }));
  }

  async settle(sequences) {
    return this.chain(async () => {
      const transaction = this.write();
      for (const sequence of sequences) transaction.objectStore('entries').delete(sequence);
      await committed(transaction);
    });
  }

  /** Numbers what waits anew from `due`: the laboratory's database is older or newer than this
   *  desk's last answer. None of it was stored under its key, or the key would have been known. */
  async renumber(due) {
    return this.chain(async () => {
      const kept = await finished(this.database.transaction('entries').objectStore('entries').getAll());
      const numbers = new Map(kept.map((entry, index) => [entry.sequence, due + index]));
      const moved = await Promise.all(kept.map(async (entry) => {
        const what = await this.unseal(entry.sealed);
        if (what.of && numbers.has(what.of)) what.of = numbers.get(what.of);
        return { ...entry, sequence: numbers.get(entry.sequence), sealed: await this.seal(what) };
      }));
      const transaction = this.write();
      transaction.objectStore('entries').clear();
      for (const entry of moved) transaction.objectStore('entries').add(entry);
      this.fresh = due + moved.length;
      this.desk = { ...this.desk, next: this.fresh };
      transaction.objectStore('meta').put(this.desk, 'desk');
      await committed(transaction);
      return numbers;
    });
  }

  /** Takes away everything that names a person, once nothing waits. */
  async clear() {
    if (await this.waiting() > 0) return false;
    await this.chain(async () => {
      const transaction = this.write();
      for (const name of ['state', 'roster']) transaction.objectStore('meta').delete(name);
      transaction.objectStore('seen').clear();
      await committed(transaction);
    });
    return true;
  }
}

// Scans wait here, in the browser's own database, until the server has answered each of them.
// A scan is kept before it is sent, sent in its order, and sent again until it is answered; its
// identifier is its idempotency key, so that none is stored twice.

const most = 50;

function opened() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open('swabline', 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('scans', { keyPath: 'order', autoIncrement: true });
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

export class ScanQueue {
  /** `send(entries)` answers a list of answers, or throws {kind: 'offline' | 'signedOut'};
   *  `told(entry, answer)` hears of each; `changed(state)` of how many wait and why. */
  constructor({ by, send, told, changed }) {
    Object.assign(this, { by, send, told, changed });
    this.database = opened();
    this.pause = 0;
    this.trouble = '';
    this.writing = Promise.resolve();
    window.addEventListener('online', () => this.wake());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.wake(); });
  }

  async store(mode) {
    return (await this.database).transaction('scans', mode).objectStore('scans');
  }

  /** Keeps an entry; entries are kept in the order of the calls. */
  add(entry) {
    const kept = { ...entry, id: crypto.randomUUID?.() ?? identifier(), by: this.by, at: Date.now() };
    this.writing = this.writing.then(async () => {
      kept.order = await finished((await this.store('readwrite')).add(kept));
      this.wake();
    });
    return kept;
  }

  /** What waits: one's own, and how much is somebody else's. */
  async waiting() {
    const all = await finished((await this.store('readonly')).getAll());
    return {
      own: all.filter((entry) => entry.by === this.by),
      others: all.filter((entry) => entry.by !== this.by),
    };
  }

  /** Makes the waiting scans of others one's own. */
  async takeOver() {
    const { others } = await this.waiting();
    const store = await this.store('readwrite');
    for (const entry of others) store.put({ ...entry, by: this.by });
    this.wake();
  }

  wake() {
    clearTimeout(this.timer);
    this.pause = 0;
    this.work();
  }

  /** Sends what waits, one request after the other and in one tab at a time. */
  async work() {
    if (this.isWorking) { this.again = true; return; }
    this.isWorking = true;
    try {
      if (navigator.locks) await navigator.locks.request('swabline.scans', () => this.drain());
      else await this.drain();
    } finally {
      this.isWorking = false;
    }
    if (this.again) { this.again = false; this.work(); }
  }

  async drain() {
    for (;;) {
      await this.writing;
      const { own, others } = await this.waiting();
      this.changed({ waiting: own.length, others, trouble: this.trouble });
      if (own.length === 0) return;
      const part = own.slice(0, most);
      let answers;
      try {
        answers = await this.send(part);
        this.trouble = '';
        this.pause = 0;
      } catch (problem) {
        this.trouble = problem.kind ?? 'offline';
        this.changed({ waiting: own.length, others, trouble: this.trouble });
        this.pause = Math.min(Math.max(this.pause * 2, 250), 4000);
        this.timer = setTimeout(() => this.work(), this.pause);
        return;
      }
      const store = await this.store('readwrite');
      for (const entry of part) {
        const answer = answers.find((one) => one.id === entry.id);
        if (!answer) continue;
        store.delete(entry.order);
        this.told(entry, answer);
      }
      await new Promise((done) => { store.transaction.oncomplete = done; });
    }
  }
}

function identifier() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

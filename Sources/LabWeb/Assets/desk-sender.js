// Sends what waits at a desk, in its order, until the laboratory has answered each of it.

const most = 50;

export class DeskSender {
  /** `told(answer)` hears of each answer, `changed(state)` of how much waits and why, `met(hello)`
   *  of each hand-shake, `renumbered(numbers)` when entries got other numbers. */
  constructor(store, { told, changed, met, renumbered }) {
    Object.assign(this, { store, told, changed, met, renumbered });
    this.trouble = '';
    this.pause = 0;
    this.clock = null;
    this.csrf = '';
    window.addEventListener('online', () => this.wake());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.wake(); });
    setInterval(() => this.wake(), 60000);
  }

  /** How far the laboratory's clock is ahead of this device's; null while nobody knows.
   *  A clock that was set since the hand-shake, or a device that slept, makes it unknown again. */
  offset(tolerance) {
    if (!this.clock) return null;
    const expected = this.clock.wall + performance.now() - this.clock.running;
    return Math.abs(Date.now() - expected) > tolerance ? null : this.clock.offset;
  }

  wake() {
    clearTimeout(this.timer);
    this.pause = 0;
    this.work();
  }

  async work() {
    if (this.isWorking) { this.again = true; return; }
    this.isWorking = true;
    try { await this.drain(); } finally { this.isWorking = false; }
    if (this.again) { this.again = false; this.work(); }
  }

  async ask(path, options = {}) {
    let answer;
    try {
      answer = await fetch(path, { redirect: 'manual', cache: 'no-store', signal: AbortSignal.timeout(15000), ...options });
    } catch { throw { kind: 'offline' }; }
    if (answer.status === 401 || answer.type === 'opaqueredirect') throw { kind: 'signedOut' };
    if (answer.status === 403) throw { kind: 'forbidden' };
    if (!answer.ok) throw { kind: 'offline' };
    try { return await answer.json(); } catch { throw { kind: 'offline' }; }
  }

  /** The hand-shake: who is signed in, what the clock says, and the token for what is sent. */
  async greet() {
    const began = { wall: Date.now(), running: performance.now() };
    const hello = await this.ask(`/desk/hello?desk=${this.store.desk.id}`);
    const took = performance.now() - began.running;
    this.csrf = hello.csrf;
    this.clock = { ...began, offset: Math.round(hello.now - (began.wall + took / 2)) };
    this.met(hello);
  }

  async drain() {
    for (;;) {
      await this.store.writing;
      const waiting = await this.store.waiting();
      this.changed({ waiting, trouble: this.trouble, why: this.why });
      try {
        if (!this.csrf || waiting === 0 || this.trouble) await this.greet();
        if (waiting === 0) { this.trouble = ''; this.why = ''; this.changed({ waiting, trouble: '' }); return; }
        await this.send(await this.store.first(most));
        this.trouble = '';
        this.pause = 0;
      } catch (problem) {
        if (!problem.kind) throw problem;
        // The token was another sign-in's: it is asked for anew, once.
        if (problem.kind === 'forbidden' && this.csrf) { this.csrf = ''; this.trouble = ''; if (!this.retried) { this.retried = true; continue; } }
        this.retried = false;
        this.trouble = problem.kind === 'forbidden' ? 'signedOut' : problem.kind;
        this.why = problem.why ?? '';
        this.changed({ waiting, trouble: this.trouble, why: this.why });
        this.pause = Math.min(Math.max(this.pause * 2, 250), 4000);
        this.timer = setTimeout(() => this.work(), this.pause);
        return;
      }
      this.retried = false;
    }
  }

  async send(entries) {
    const answer = await this.ask('/desk/entries', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': this.csrf },
      body: JSON.stringify({ desk: this.store.desk.id, sentAt: Date.now(), entries }),
    });
    await this.store.settle(answer.answers.map((one) => one.sequence));
    for (const one of answer.answers) this.told(one);
    if (answer.due) this.renumbered(await this.store.renumber(answer.due));
    else if (answer.stopped) throw { kind: 'stopped', why: answer.stopped };
  }
}

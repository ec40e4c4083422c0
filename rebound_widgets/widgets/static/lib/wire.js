// The way to one kernel: whether it is open, and what to do when it is not.

const BEAT_EVERY_MS = 10000;
const SILENCE_MS = 20000;
const RECONNECT_AFTER_MS = [2000, 3000, 5000, 8000];
const FIRST_CONNECTION_MS = 10000;
const INQUIRE_EVERY_MS = 1500;
const INQUIRY_MS = 6000;
const CONNECTING_MS = 30000;

/**
 * @typedef {object} Speaker One widget that can talk to the kernel.
 * @property {(content: Record<string, any>) => boolean} send
 * @property {boolean} lost
 */

/**
 * The kernel connection behind a widget manager, of Voilà or JupyterLab; `null` where there is none to see.
 * @param {any} manager
 */
function connectionOf(manager) {
  try {
    return manager?.kernel ?? manager?.context?.sessionContext?.session?.kernel ?? manager?.context?.session?.kernel ?? null;
  } catch {
    return null;
  }
}

const SERVER_ENDED = 424; // a JupyterHub's word for a server that it has ended, or found ended

/**
 * @param {any} kernel
 * @returns {Promise<"there" | "gone" | null>} What its server says of it; `null` where nobody answers.
 */
async function askFor({ id, serverSettings }) {
  try {
    const where = new URL(`api/kernels/${encodeURIComponent(id)}`, new URL(serverSettings.baseUrl, location.href));
    const answer = await fetch(where, { cache: "no-store", signal: AbortSignal.timeout(INQUIRY_MS) });
    if (answer.ok) return "there";
    if (answer.status === SERVER_ENDED) return "gone";
    return answer.status === 404 && (await answer.text()).includes(id) ? "gone" : null;
  } catch {
    return null;
  }
}

export class Wire {
  /**
   * @param {any} manager The widget manager; may be missing.
   * @param {{changed: () => void, returned: (wire: Wire) => void}} told Called when reachability moves.
   */
  constructor(manager, told) {
    this.manager = manager;
    this.told = told;
    /** @type {Set<Speaker>} */
    this.speakers = new Set();
    this.startedAt = performance.now();
    this.everConnected = false;
    /** @type {number | null} Since when the kernel owes an answer. */
    this.waitingSince = null;
    this.lastBeatAt = this.startedAt;
    this.lastTickAt = this.startedAt;
    this.beats = 0;
    this.silent = false;
    this.open = true;
    this.reachable = true;
    this.attempts = 0;
    this.lastAttemptAt = this.startedAt;
    this.lastInquiryAt = -Infinity;
    this.inquiring = false;
    this.answered = false; // whether the server answered the last inquiry
    this.kernel = null;
    this.look = () => this.#look();
    this.look();
  }

  /** Whether the kernel runs in a notebook, where its code runs cell by cell. */
  get inNotebook() {
    return Boolean(this.manager?.context);
  }

  /** Notes that something was sent that wants an answer. */
  asked() {
    this.waitingSince ??= performance.now();
  }

  /** Notes that the kernel said something. */
  heard() {
    this.waitingSince = null;
    const silent = this.silent;
    this.silent = false;
    if (silent) this.#look();
  }

  #follow() {
    const kernel = connectionOf(this.manager);
    if (kernel === this.kernel) return;
    for (const signal of ["connectionStatusChanged", "statusChanged"]) {
      this.kernel?.[signal]?.disconnect?.(this.look);
      kernel?.[signal]?.connect?.(this.look);
    }
    // Another kernel, or the same one disposed: the widgets of the old one have nobody to talk to.
    if (this.kernel) this.#lose();
    this.kernel = kernel;
  }

  #lose() {
    for (const speaker of this.speakers) speaker.lost = true;
  }

  #look() {
    this.#follow();
    const { connectionStatus, status, isDisposed } = this.kernel ?? {};
    if (connectionStatus === "connected") this.everConnected = true;
    const gone = isDisposed === true || ["dead", "restarting", "autorestarting", "terminating"].includes(status);
    if (gone) this.#lose();
    const opening = !this.everConnected && performance.now() - this.startedAt < FIRST_CONNECTION_MS;
    const open = !connectionStatus || connectionStatus === "connected" || opening;
    if (open && !this.open) this.lastBeatAt = -Infinity; // ask at once whether anybody answers
    this.open = open;
    const reachable = open && !this.silent && !gone;
    const before = this.reachable;
    this.reachable = reachable;
    if (reachable && !before) {
      this.attempts = 0;
      this.waitingSince = null;
      this.told.returned(this);
    }
    if (reachable !== before || gone) this.told.changed();
  }

  /** Called every second. @param {number} now */
  tick(now) {
    // Timers that stood still (a closed lid, a hidden page) say nothing about the kernel: ask anew.
    if (now - this.lastTickAt > SILENCE_MS / 2) {
      this.waitingSince = null;
      this.lastBeatAt = -Infinity;
    }
    this.lastTickAt = now;
    if (this.waitingSince !== null && now - this.waitingSince >= SILENCE_MS) this.silent = true;
    this.#look();
    if (now - this.lastBeatAt >= BEAT_EVERY_MS) this.#beat(now);
    if (this.reachable) this.answered = false;
    else if (!this.inNotebook && this.kernel?.serverSettings?.baseUrl) this.#inquire(now);
    else this.#mend(now);
  }

  /** @param {number} now */
  #beat(now) {
    const speakers = [...this.speakers].filter((speaker) => !speaker.lost);
    // Into a closed connection nothing is said: it would queue there and come out in one burst.
    if (!speakers.length || !this.open) return;
    this.lastBeatAt = now;
    this.beats += 1;
    // Each in turn: one widget closed by its kernel must not make the others look unconnected.
    if (speakers[this.beats % speakers.length].send({ type: "beat", n: this.beats })) this.asked();
  }

  /** Tries to connect, at growing intervals. @param {number} now */
  #mend(now) {
    const wait = RECONNECT_AFTER_MS[Math.min(this.attempts, RECONNECT_AFTER_MS.length - 1)];
    // A notebook's kernel that calculates is silent and well: cutting its connection could lose its output.
    const calculating = this.inNotebook && this.kernel?.connectionStatus === "connected" && this.kernel?.status === "busy";
    if (now - this.lastAttemptAt < wait || calculating) return;
    this.reconnect();
  }

  /**
   * Asks the server for the kernel while it cannot be reached, and connects once the server answers. Not sooner:
   * each attempt ends the one before it, and on a slow way, or to a kernel that stands still, connecting takes long.
   * @param {number} now
   */
  async #inquire(now) {
    const { kernel } = this;
    if (this.inquiring || now - this.lastInquiryAt < INQUIRE_EVERY_MS) return;
    this.inquiring = true;
    this.lastInquiryAt = now;
    const answer = await askFor(kernel);
    this.inquiring = false;
    if (kernel !== this.kernel || this.reachable) return;
    const news = answer === "there" && !this.answered;
    this.answered = answer === "there";
    if (answer === "gone") {
      // A server started again knows nothing of this kernel: connecting would be tried forever.
      this.#lose();
      this.told.changed();
    } else if (news || (this.answered && performance.now() - this.lastAttemptAt > CONNECTING_MS)) {
      this.reconnect();
    }
  }

  /** Opens the connection anew, where we can reach it. */
  reconnect() {
    this.lastAttemptAt = performance.now();
    this.attempts += 1;
    this.lastBeatAt = -Infinity;
    try {
      this.kernel?.reconnect?.()?.catch?.(() => {});
    } catch {
      // disposed: the page says so and offers to load anew
    }
  }
}

// Words not yet acknowledged, kept in this browser's storage until they are.
//
// Each page keeps its own drafts under its own id, so that two pages of one workbook do not take each other's.
// A page shows that it lives by holding a lock; where there are no locks (a page served without TLS), by a stamp
// it renews. The drafts of a page that lives no more are free for the next page to adopt.

/**
 * @typedef {object} Draft
 * @property {string} workbook
 * @property {string} record
 * @property {string} question
 * @property {number | null} item
 * @property {any} value
 * @property {number} base The revision the person had before their eyes.
 * @property {any[]} unsure Values sent whose acknowledgement never came: the kernel may hold one of them.
 * @property {number} at When it was last changed, in ms since 1970.
 * @property {string} page The page that wrote it.
 * @property {number} post The exercise of that page.
 */

const DRAFT_MARK = "rebound:draft:";
const ALIVE_MARK = "rebound:alive:";
const PAGE_LOCK = "rebound:page:";
const STAMP_EVERY_MS = 5000;
const STAMP_HOLDS_MS = 90000; // hidden pages run their timers once a minute
const NOBODY = 0; // no exercise has this number
const LONG_TEXT = 20000;
const LONG_TEXT_WAIT_MS = 300;

/** @param {string[]} parts */
function draftName(...parts) {
  return DRAFT_MARK + parts.map(encodeURIComponent).join("|");
}

/** @returns {Storage | null} `null` where the browser forbids storage. */
function browserStorage() {
  try {
    const storage = globalThis.localStorage;
    storage.setItem("rebound:try", "1");
    storage.removeItem("rebound:try");
    return storage;
  } catch {
    return null;
  }
}

export class Drafts {
  /** @param {string} page This page's id. */
  constructor(page) {
    this.page = page;
    this.storage = browserStorage();
    /** Whether every draft of this page is really in the storage. */
    this.safe = this.storage !== null;
    /** @type {Map<string, {draft: Draft, timer: number}>} Long texts on their way to the storage. */
    this.waiting = new Map();
    this.#showLife();
  }

  #showLife() {
    if (navigator.locks) {
      // Held as long as the page is there: the promise never settles.
      navigator.locks.request(PAGE_LOCK + this.page, () => new Promise(() => {})).catch(() => {});
      return;
    }
    const stamp = () => this.#set(ALIVE_MARK + this.page, String(Date.now()));
    stamp();
    window.setInterval(stamp, STAMP_EVERY_MS);
    window.addEventListener("pageshow", stamp);
    window.addEventListener("pagehide", () => this.#drop(ALIVE_MARK + this.page));
  }

  /** @param {string} name @param {string} text */
  #set(name, text) {
    try {
      if (!this.storage) return false;
      this.storage.setItem(name, text);
      return true;
    } catch {
      return false; // full
    }
  }

  /** @param {string} name */
  #drop(name) {
    try {
      this.storage?.removeItem(name);
    } catch {
      // forbidden since: nothing of ours is there
    }
  }

  /** @param {Draft} draft */
  #name(draft) {
    const key = draft.item === null ? draft.question : `${draft.question}#${draft.item}`;
    return draftName(draft.workbook, draft.record, draft.page, String(draft.post), key);
  }

  /**
   * Keeps a draft; a long text a moment later, so that typing in it stays quick.
   * @param {Omit<Draft, "page">} given
   */
  put(given) {
    const draft = { ...given, page: this.page };
    const name = this.#name(draft);
    const found = this.waiting.get(name);
    if (found) {
      found.draft = draft;
    } else if (typeof draft.value === "string" && draft.value.length > LONG_TEXT) {
      const timer = window.setTimeout(() => this.#write(name), LONG_TEXT_WAIT_MS);
      this.waiting.set(name, { draft, timer });
    } else {
      this.safe = this.#set(name, JSON.stringify(draft));
    }
  }

  /** @param {string} name */
  #write(name) {
    const found = this.waiting.get(name);
    if (!found) return;
    window.clearTimeout(found.timer);
    this.waiting.delete(name);
    this.safe = this.#set(name, JSON.stringify(found.draft));
  }

  /** Writes what still waits: the page may be gone in a moment. */
  flush() {
    for (const name of [...this.waiting.keys()]) this.#write(name);
  }

  /** @param {Omit<Draft, "page" | "value" | "base" | "unsure" | "at">} which */
  remove(which) {
    const name = this.#name(/** @type {Draft} */ ({ ...which, page: this.page }));
    window.clearTimeout(this.waiting.get(name)?.timer);
    this.waiting.delete(name);
    this.#drop(name);
    if (this.storage) this.safe = true;
  }

  /** Removes every draft and stamp of every page in this browser: the end of a visit on a shared machine. */
  forget() {
    for (const name of [...this.#names(DRAFT_MARK), ...this.#names(ALIVE_MARK)]) this.#drop(name);
    this.waiting.clear();
  }

  /** @param {string} mark @returns {string[]} */
  #names(mark) {
    try {
      return Object.keys(this.storage ?? {}).filter((name) => name.startsWith(mark));
    } catch {
      return [];
    }
  }

  /** @returns {Promise<Set<string>>} The ids of the pages that live. */
  async #living() {
    const living = new Set([this.page]);
    if (navigator.locks) {
      const { held = [] } = await navigator.locks.query();
      for (const lock of held) if (lock.name?.startsWith(PAGE_LOCK)) living.add(lock.name.slice(PAGE_LOCK.length));
      return living;
    }
    for (const name of this.#names(ALIVE_MARK)) {
      if (Date.now() - Number(this.storage?.getItem(name)) < STAMP_HOLDS_MS) living.add(name.slice(ALIVE_MARK.length));
      else this.#drop(name);
    }
    return living;
  }

  /**
   * Takes over the drafts about a record that nobody keeps any more, the newest for each question; an older
   * one stays until this one is settled, and is offered then.
   * @param {string} workbook @param {string | null} record `null` for every record. @param {number} post Who takes them.
   * @param {(draft: Draft) => boolean} wants Whether that exercise can take this draft now.
   * @param {(post: number) => boolean} kept Whether an exercise of this page still looks after its own.
   * @returns {Promise<Draft[]>}
   */
  async adopt(workbook, record, post, wants, kept) {
    const take = async () => {
      const living = await this.#living();
      const free = this.#names(draftName(workbook, ...(record === null ? [] : [record])) + "|")
        .map((name) => this.#read(name))
        .filter((draft) => draft && (draft.page === this.page ? !kept(draft.post) : !living.has(draft.page)));
      return this.#takeOver(/** @type {Draft[]} */ (free), post, wants);
    };
    // One page at a time: of two that open together only one may take a draft.
    return navigator.locks ? navigator.locks.request("rebound:adopt", take) : take();
  }

  /** @param {string} name @returns {Draft | null} */
  #read(name) {
    try {
      return JSON.parse(this.storage?.getItem(name) ?? "null");
    } catch {
      return null; // torn by a crash while it was written
    }
  }

  /** Lays a draft down again, for whoever else can take it. @param {Draft} draft */
  leave(draft) {
    this.#drop(this.#name(draft));
    const free = { ...draft, post: NOBODY };
    this.safe = this.#set(this.#name(free), JSON.stringify(free));
  }

  /** @param {Draft[]} free @param {number} post @param {(draft: Draft) => boolean} wants */
  #takeOver(free, post, wants) {
    /** @type {Map<string, Draft>} */
    const taken = new Map();
    for (const draft of free.sort((one, other) => other.at - one.at)) {
      const key = `${draft.record}|${draft.question}#${draft.item}`;
      if (taken.has(key) || !wants(draft)) continue;
      this.#drop(this.#name(draft));
      const mine = { ...draft, page: this.page, post };
      this.safe = this.#set(this.#name(mine), JSON.stringify(mine));
      taken.set(key, mine);
    }
    return [...taken.values()];
  }
}
